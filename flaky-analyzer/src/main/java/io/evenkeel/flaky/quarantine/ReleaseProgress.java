package io.evenkeel.flaky.quarantine;

import io.evenkeel.flaky.rate.TestStanding;

/**
 * How far a quarantined test is on its way back.
 *
 * <p>Immutable.
 *
 * @param cleanRuns runs without a failure since its last one
 * @param neededRuns clean runs that exclude a rate above the tolerance with 95 % confidence
 */
public record ReleaseProgress(int cleanRuns, int neededRuns) {

    /** Returns the progress of a test that stands so. */
    public static ReleaseProgress of(QuarantinePolicy policy, TestStanding standing) {
        return new ReleaseProgress(standing.track().cleanRuns(), policy.cleanRunsNeeded());
    }

    /** Returns whether the test earned its release. */
    public boolean earned() {
        return cleanRuns >= neededRuns;
    }

    /** Returns how often to run it in a burst, for example nightly, to decide now; 0 when it is earned. */
    public int burst() {
        return Math.max(0, neededRuns - cleanRuns);
    }

    /** Returns, for example, {@code 40 of 149 clean runs}. */
    public String describe() {
        return Math.min(cleanRuns, neededRuns) + " of " + neededRuns + " clean runs";
    }
}
