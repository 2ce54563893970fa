package io.evenkeel.pipeline.estimate;

import io.evenkeel.flaky.history.AttemptStatus;
import java.time.Duration;

/**
 * One attempt of one test as a run has seen it.
 *
 * <p>Immutable.
 *
 * @param test the test and its names
 * @param retry from 0
 * @param status how the attempt ended
 * @param duration as reported; negative if a clock went backwards
 */
public record ObservedTest(KnownTest test, int retry, AttemptStatus status, Duration duration) {

    /** Longer than a CI job may run anywhere: a wrong number, not a duration. */
    static final Duration ABSURD = Duration.ofDays(1);

    /** Returns whether the attempt says how long the test takes: the first one, passed, with a believable time. */
    boolean tellsDuration() {
        return retry == 0
                && status == AttemptStatus.PASSED
                && !duration.isNegative()
                && !duration.isZero()
                && duration.compareTo(ABSURD) <= 0;
    }

    /** Returns whether this is a first attempt that ran to an end of its own. */
    boolean isFirstAttempt() {
        return retry == 0 && status != AttemptStatus.SKIPPED && status != AttemptStatus.INTERRUPTED;
    }

    TestTiming.FirstAttempt firstAttempt() {
        return status == AttemptStatus.PASSED ? TestTiming.FirstAttempt.PASSED : TestTiming.FirstAttempt.FAILED;
    }
}
