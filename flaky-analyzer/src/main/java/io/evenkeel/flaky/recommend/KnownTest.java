package io.evenkeel.flaky.recommend;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.TestStanding;
import java.time.Duration;
import java.time.Instant;

/**
 * What the recommendations look at for one test.
 *
 * <p>Immutable, but for the durations, which are only read.
 *
 * @param test the test
 * @param standing where it stands
 * @param durations how long it takes
 * @param schedule how often and with what limit it runs
 */
public record KnownTest(TestId test, TestStanding standing, DurationHistory durations, Schedule schedule) {

    /**
     * How a test is run.
     *
     * @param runsPerWeek runs in a week, not negative
     * @param lastRun when it ran last; {@link Instant#MIN} when never
     * @param timeout its time limit; zero when it has none
     */
    public record Schedule(double runsPerWeek, Instant lastRun, Duration timeout) {}
}
