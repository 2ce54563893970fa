package io.evenkeel.flaky.history;

import java.util.List;
import java.util.function.Function;

/**
 * What one run says about one test, over all attempts, as Playwright's own {@code outcome()} does.
 *
 * <p>Immutable. Interrupted attempts decide nothing unless there is no other attempt.
 */
public sealed interface Verdict {

    /** Returns the result of the function of this variant. */
    <T> T match(
            Function<Passed, T> passed,
            Function<Flaky, T> flaky,
            Function<Failed, T> failed,
            Function<Skipped, T> skipped);

    /** Every attempt ended as expected. */
    record Passed() implements Verdict {
        @Override
        public <T> T match(
                Function<Passed, T> passed,
                Function<Flaky, T> flaky,
                Function<Failed, T> failed,
                Function<Skipped, T> skipped) {
            return passed.apply(this);
        }
    }

    /**
     * A retry ended as expected after an attempt that did not.
     *
     * @param unexpectedAttempts attempts that did not end as expected, at least 1
     */
    record Flaky(int unexpectedAttempts) implements Verdict {
        @Override
        public <T> T match(
                Function<Passed, T> passed,
                Function<Flaky, T> flaky,
                Function<Failed, T> failed,
                Function<Skipped, T> skipped) {
            return flaky.apply(this);
        }
    }

    /**
     * No attempt ended as expected.
     *
     * @param attempts number of attempts, at least 1
     */
    record Failed(int attempts) implements Verdict {
        @Override
        public <T> T match(
                Function<Passed, T> passed,
                Function<Flaky, T> flaky,
                Function<Failed, T> failed,
                Function<Skipped, T> skipped) {
            return failed.apply(this);
        }
    }

    /** The test did not run, by the will of its author. */
    record Skipped() implements Verdict {
        @Override
        public <T> T match(
                Function<Passed, T> passed,
                Function<Flaky, T> flaky,
                Function<Failed, T> failed,
                Function<Skipped, T> skipped) {
            return skipped.apply(this);
        }
    }

    /** Returns the lower-case word for this verdict: {@code passed}, {@code flaky}, {@code failed} or {@code skipped}. */
    default String word() {
        return match(p -> "passed", f -> "flaky", f -> "failed", s -> "skipped");
    }

    /**
     * Judges the attempts of one test in one run.
     *
     * @param statuses the statuses in the order of the attempts; empty means the test never started
     * @param expected the status the author expects ({@code test.fail()} expects {@link AttemptStatus#FAILED})
     * @return the verdict by Playwright's own rule: skipped attempts never count, one unexpected and one expected attempt
     *     make it flaky
     */
    static Verdict of(List<AttemptStatus> statuses, AttemptStatus expected) {
        int expectedOnes = 0;
        int unexpected = 0;
        int interrupted = 0;
        for (AttemptStatus status : statuses) {
            if (status == AttemptStatus.INTERRUPTED) {
                interrupted++;
            } else if (status == expected && status != AttemptStatus.SKIPPED) {
                expectedOnes++;
            } else if (status != AttemptStatus.SKIPPED) {
                unexpected++;
            }
        }
        if (expectedOnes == 0 && unexpected == 0) {
            return interrupted > 0 ? new Failed(interrupted) : new Skipped();
        }
        if (unexpected == 0) {
            return new Passed();
        }
        return expectedOnes == 0 ? new Failed(unexpected) : new Flaky(unexpected);
    }
}
