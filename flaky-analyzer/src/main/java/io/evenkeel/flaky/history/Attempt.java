package io.evenkeel.flaky.history;

import java.time.Duration;
import java.time.Instant;

/**
 * One execution of one test.
 *
 * <p>Immutable.
 *
 * @param test the test that was executed
 * @param retry 0 for the first attempt of the run, 1 for the first retry, and so on
 * @param status how the attempt ended
 * @param startedAt when it began, by the clock of the executor
 * @param duration how long it took, never negative
 */
public record Attempt(TestId test, int retry, AttemptStatus status, Instant startedAt, Duration duration) {

    public Attempt {
        if (retry < 0) {
            throw new IllegalArgumentException(
                    "The retry (" + retry + ") of test (" + test + ") must not be negative.");
        }
        if (duration.isNegative()) {
            throw new IllegalArgumentException(
                    "The duration (" + duration + ") of test (" + test + ") must not be negative.\n"
                            + "Maybe the clock of the executor went backwards; clamp to zero where the event is read.");
        }
    }
}
