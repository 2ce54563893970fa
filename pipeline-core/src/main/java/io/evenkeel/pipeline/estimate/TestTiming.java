package io.evenkeel.pipeline.estimate;

import java.time.Duration;
import java.util.List;

/**
 * What one test took lately.
 *
 * <p>Immutable.
 *
 * @param test the test and its names when it was recorded
 * @param recent first attempts that passed, oldest first, at most {@link #MOST}; what is older is dropped
 * @param failing share of the latest runs in which the first attempt failed, in [0, 1]; the newest counts most
 */
public record TestTiming(KnownTest test, List<Duration> recent, double failing) {

    /** Weight of the newest run in {@link #failing}: after five green runs a failure has lost two thirds of it. */
    private static final double NEWEST = 0.2;

    /** Enough for a robust value, and small enough for a cache. */
    public static final int MOST = 20;

    public TestTiming {
        recent = List.copyOf(recent.subList(Math.max(0, recent.size() - MOST), recent.size()));
        failing = failing >= 0 ? Math.min(1, failing) : 0; // no number is no knowledge
    }

    /** Returns timings of a test that has not failed. */
    public TestTiming(KnownTest test, List<Duration> recent) {
        this(test, recent, 0);
    }

    /** Returns the share of failing runs after one more run. */
    public static double failing(double before, FirstAttempt now) {
        return before + NEWEST * ((now == FirstAttempt.FAILED ? 1 : 0) - before);
    }

    /** How the first attempt of a run ended. */
    public enum FirstAttempt {
        PASSED,
        FAILED
    }
}
