package io.evenkeel.pipeline.estimate;

import java.time.Duration;

/**
 * How long a test will probably take, and where that comes from.
 *
 * <p>Immutable.
 *
 * @param duration of one attempt
 * @param source what it was derived from
 * @param failing share of the latest runs in which the first attempt failed, in [0, 1]
 */
public record Estimate(Duration duration, Source source, double failing) {

    /** Returns the estimate of a test that is not known to fail. */
    public Estimate(Duration duration, Source source) {
        this(duration, source, 0);
    }

    /**
     * Returns the time with its retries: each attempt is followed by another one when it fails.
     *
     * @param retries at most so many, from 0
     */
    public Duration withRetries(int retries) {
        double factor = 1;
        double chance = 1;
        for (int retry = 0; retry < Math.min(retries, 10); retry++) {
            chance *= failing;
            factor += chance;
        }
        return Duration.ofNanos(Math.round(duration.toNanos() * factor));
    }

    /** From the best to the weakest. */
    public enum Source {
        /** The test's own recent durations. */
        HISTORY,
        /** The durations of a test that is gone and was the same under another title, file or project. */
        RENAMED,
        /** The tests of the same file. */
        FILE,
        /** The tests of the same folder, or of the nearest one above with history. */
        DIRECTORY,
        /** All tests of the suite. */
        SUITE,
        /** Nothing is known of this suite: all tests weigh the same. */
        DEFAULT
    }
}
