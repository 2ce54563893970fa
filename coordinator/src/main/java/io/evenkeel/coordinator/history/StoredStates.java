package io.evenkeel.coordinator.history;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestState;
import org.jspecify.annotations.Nullable;

/** Reads the compact forms of the flaky-analyzer; what another version has written starts anew, because judging must never fail a run. */
public final class StoredStates {

    private StoredStates() {}

    /** Returns the counters of a suite. */
    public static ProjectCounters counters(byte[] bytes) {
        try {
            return ProjectCounters.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            return new ProjectCounters();
        }
    }

    /** Returns the state of a test. */
    public static TestState state(RegimeModel model, byte[] bytes) {
        try {
            return TestState.fromBytes(model, bytes);
        } catch (IllegalArgumentException e) {
            return new TestState(model);
        }
    }

    /** Returns the durations of a test; none where nothing is stored. */
    public static DurationHistory durations(byte @Nullable [] bytes) {
        try {
            return bytes == null ? new DurationHistory() : DurationHistory.fromBytes(bytes);
        } catch (IllegalArgumentException e) {
            return new DurationHistory();
        }
    }
}
