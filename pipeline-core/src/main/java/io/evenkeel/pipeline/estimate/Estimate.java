package io.evenkeel.pipeline.estimate;

import java.time.Duration;

/**
 * How long a test will probably take, and where that comes from.
 *
 * <p>Immutable.
 *
 * @param duration of one attempt
 * @param source what it was derived from
 */
public record Estimate(Duration duration, Source source) {

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
