package io.evenkeel.coordinator.page;

import java.util.List;

/**
 * The page of a run.
 *
 * <p>Immutable.
 *
 * @param head verdict, origin, numbers
 * @param trouble what went wrong
 * @param tests all tests by file
 * @param executors how the work was spread
 * @param slowest the slowest tests
 */
public record RunView(RunLine head, Trouble trouble, Tests tests, ExecutorsView executors, List<Slow> slowest) {

    public RunView {
        slowest = List.copyOf(slowest);
    }

    /**
     * What went wrong.
     *
     * @param failed tests that failed, by cause
     * @param flaky tests that needed a retry
     * @param heals healing events
     * @param errors errors outside of tests
     * @param missing tests that never ran, at most 50 ids
     */
    public record Trouble(
            List<CauseGroup> failed,
            List<CauseGroup> flaky,
            List<HealCard> heals,
            List<TestCard.ErrorCard> errors,
            List<String> missing) {

        public Trouble {
            failed = List.copyOf(failed);
            flaky = List.copyOf(flaky);
            heals = List.copyOf(heals);
            errors = List.copyOf(errors);
            missing = List.copyOf(missing);
        }

        /** Returns the number of failed tests that are shown. */
        public int failedTests() {
            return failed.stream().mapToInt(group -> group.tests().size()).sum();
        }

        /** Returns the number of flaky tests that are shown. */
        public int flakyTests() {
            return flaky.stream().mapToInt(group -> group.tests().size()).sum();
        }
    }

    /**
     * All tests by file.
     *
     * @param files worst first
     * @param filter what is asked for
     * @param shown number of tests that fit the filter
     */
    public record Tests(List<FileGroup> files, TestFilter filter, int shown) {

        public Tests {
            files = List.copyOf(files);
        }
    }

    /** One of the slowest tests. */
    public record Slow(String title, String project, String duration, Bar bar) {}
}
