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
 */
public record TestTiming(KnownTest test, List<Duration> recent) {

    /** Enough for a robust value, and small enough for a cache. */
    public static final int MOST = 20;

    public TestTiming {
        recent = List.copyOf(recent.subList(Math.max(0, recent.size() - MOST), recent.size()));
    }
}
