package io.evenkeel.pipeline.summary;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.flaky.history.Verdict;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Collects the attempts of one test. One thread. */
final class TestTally {

    /** Verdicts of set-up tests by how bad they are: an executor whose set-up failed is not helped by another's success. */
    private static final Comparator<Verdict> BY_BADNESS =
            Comparator.comparingInt(v -> v.match(p -> 1, f -> 2, f -> 3, s -> 0));

    private record Ended(int executor, AttemptStatus status, AttemptStatus expected, long millis, int retry) {

        boolean decides() {
            return status != AttemptStatus.INTERRUPTED && status != AttemptStatus.SKIPPED;
        }
    }

    final int index;
    TestName name;
    TestRole role = TestRole.TEST;
    Failure failure = Failure.none();
    Attempts.Healed healed = Attempts.Healed.NO;
    private final List<Ended> ended = new ArrayList<>(1);

    TestTally(int index, TestName name) {
        this.index = index;
        this.name = name;
    }

    void add(int executor, AttemptOutcome outcome, int retry) {
        ended.add(new Ended(
                executor,
                outcome.status(),
                outcome.expected(),
                outcome.duration().toMillis(),
                retry));
    }

    /** Returns whether there is a result: interrupted attempts are none. */
    boolean executed() {
        return ended.stream().anyMatch(e -> e.status() != AttemptStatus.INTERRUPTED);
    }

    boolean failedOn(int executor) {
        return of(ended.stream().filter(e -> e.executor() == executor).toList())
                .match(p -> false, f -> false, f -> true, s -> false);
    }

    /** Returns the executors whose attempts decide something, in the order they were read. */
    int[] decidingExecutors() {
        return ended.stream()
                .filter(Ended::decides)
                .mapToInt(Ended::executor)
                .distinct()
                .toArray();
    }

    /**
     * Returns the verdict of the run. The attempts of an ordinary test are pooled over all executors, so that a test that
     * failed on one and passed on another is flaky; of set-up and teardown the worst executor counts.
     */
    Verdict verdict() {
        if (role == TestRole.TEST) {
            return of(ended);
        }
        return executors()
                .mapToObj(x -> of(ended.stream().filter(e -> e.executor() == x).toList()))
                .max(BY_BADNESS)
                .orElse(new Verdict.Skipped());
    }

    private IntStream executors() {
        return ended.stream().mapToInt(Ended::executor).distinct();
    }

    private static Verdict of(List<Ended> attempts) {
        if (attempts.isEmpty()) {
            return new Verdict.Skipped();
        }
        AttemptStatus expected = attempts.get(attempts.size() - 1).expected();
        return Verdict.of(attempts.stream().map(Ended::status).toList(), expected);
    }

    Attempts attempts(List<String> executorNames) {
        long total = ended.stream().mapToLong(Ended::millis).sum();
        int ran = (int)
                ended.stream().filter(e -> e.status() != AttemptStatus.SKIPPED).count();
        Optional<Duration> firstPassed = ended.stream()
                .filter(e -> e.retry() == 0 && e.decides())
                .findFirst()
                .filter(e -> e.status() == e.expected())
                .map(e -> Duration.ofMillis(e.millis()));
        return new Attempts(
                ran,
                Duration.ofMillis(total),
                firstPassed,
                executors().mapToObj(executorNames::get).toList(),
                healed);
    }
}
