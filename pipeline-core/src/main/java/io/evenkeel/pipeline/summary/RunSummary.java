package io.evenkeel.pipeline.summary;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a whole run says, over all executors.
 *
 * <p>Immutable.
 *
 * @param facts which run
 * @param coverage whether every discovered test ran
 * @param tests every test with a result, set-up and teardown included, in the order of the suite
 * @param executors in the order they were read
 * @param findings errors outside of tests, heals, duplicates
 */
public record RunSummary(
        RunFacts facts,
        Coverage coverage,
        List<TestSummary> tests,
        List<ExecutorSummary> executors,
        Findings findings) {

    /** Tests by verdict; set-up and teardown are not counted. */
    public record Counts(int passed, int flaky, int failed, int skipped) {}

    public RunSummary {
        tests = List.copyOf(tests);
        executors = List.copyOf(executors);
    }

    /** Returns how many tests passed, were flaky, failed and were skipped; they sum up to the executed ones. */
    public Counts counts() {
        int[] counts = new int[4];
        for (TestSummary test : tests) {
            if (test.counts()) {
                counts[test.verdict().match(p -> 0, f -> 1, f -> 2, s -> 3)]++;
            }
        }
        return new Counts(counts[0], counts[1], counts[2], counts[3]);
    }

    /** Returns the failed tests, set-up included, those a developer should look at first in front. */
    public List<TestSummary> failures() {
        return tests.stream()
                .filter(TestSummary::failed)
                .sorted(Comparator.comparing(TestSummary::counts)
                        .thenComparing(TestSummary::kind)
                        .thenComparing(TestSummary::name, TestName.BY_PLACE))
                .toList();
    }

    /** Returns the tests a retry saved, in the order of the suite. */
    public List<TestSummary> flaky() {
        return tests.stream().filter(TestSummary::flaky).toList();
    }

    /** Returns the tests that took longest over all attempts, longest first. */
    public List<TestSummary> slowest(int limit) {
        return tests.stream()
                .filter(t -> !t.attempts().total().isZero())
                .sorted(Comparator.comparing((TestSummary t) -> t.attempts().total())
                        .reversed()
                        .thenComparing(TestSummary::name, TestName.BY_PLACE))
                .limit(limit)
                .toList();
    }

    /** Returns the tests that passed only because a broken locator was replaced while they ran; not those that failed in spite of it. */
    public List<TestSummary> healed() {
        return tests.stream()
                .filter(t -> t.attempts().healed() == Attempts.Healed.DURING_THE_RUN && !t.failed())
                .toList();
    }

    /**
     * Estimates how much longer one executor would have taken: the lanes' busy time of all executors and one start-up,
     * less the time of the slowest executor.
     *
     * @return zero for one executor, never negative
     */
    public Duration timeSaved() {
        List<ExecutorSummary.Load> loads =
                executors.stream().map(ExecutorSummary::load).toList();
        Duration lanes = loads.stream().map(ExecutorSummary.Load::lane).reduce(Duration.ZERO, Duration::plus);
        Duration startUp = loads.stream()
                .flatMap(l -> Stream.of(l.wall().minus(l.lane())))
                .filter(d -> !d.isNegative())
                .min(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        Duration saved = lanes.plus(startUp).minus(facts.wall());
        return executors.size() < 2 || saved.isNegative() ? Duration.ZERO : saved;
    }

    /** Returns what the run amounts to. */
    public RunVerdict verdict() {
        return RunVerdict.of(this);
    }

    /** Returns the verdict in one sentence, for example {@code 2 of 62 tests failed: 1 new, 1 known flaky.} */
    public String sentence() {
        return Sentence.of(this);
    }
}
