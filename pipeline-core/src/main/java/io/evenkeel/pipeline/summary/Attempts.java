package io.evenkeel.pipeline.summary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The attempts of one test in one run, over all executors.
 *
 * <p>Immutable.
 *
 * @param count number of attempts that ran, 0 when the test was only skipped
 * @param total time of all attempts
 * @param firstPassed duration of the first attempt when it ended as expected; what the next plan learns from
 * @param executors spool ids of the executors that ran it, in the order they were read
 * @param healed whether an attempt was kept going by a heal
 */
public record Attempts(
        int count, Duration total, Optional<Duration> firstPassed, List<String> executors, Healed healed) {

    /** Whether an attempt passed with its own locators only. */
    public enum Healed {
        /** The locators of the source were found. */
        NO,
        /** A broken locator was replaced while the test ran; the pass is not a plain one. */
        DURING_THE_RUN
    }

    public Attempts {
        executors = List.copyOf(executors);
    }
}
