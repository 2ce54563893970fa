package io.evenkeel.coordinator.quarantine;

import io.evenkeel.flaky.quarantine.QuarantineEntry;
import io.evenkeel.flaky.quarantine.ReleaseProgress;
import io.evenkeel.flaky.rate.TestStanding;
import java.time.Instant;
import java.util.Optional;

/**
 * A test that is, was or might be quarantined.
 *
 * <p>Immutable.
 *
 * @param names what it is called
 * @param entry its entry; empty when it was never in
 * @param left when and why it left; empty when it is in or was never in
 * @param standing where it stands after everything that was recorded
 * @param advised what to do with it
 */
public record QuarantinedTest(
        Names names, Optional<QuarantineEntry> entry, Optional<Left> left, TestStanding standing, Advised advised) {

    /** Names of a test; titles are a JSON array. */
    public record Names(String id, String project, String file, String titles) {}

    /** When and why a test left the quarantine. */
    public record Left(Instant at, String why) {}

    /**
     * What to do.
     *
     * @param word {@code leave}, {@code enter}, {@code stay} or {@code release}
     * @param why the sentence that explains it
     * @param progress how far the test is on its way back
     */
    public record Advised(String word, String why, ReleaseProgress progress) {}

    /** Returns whether its failures leave the pipeline green. */
    public boolean active(Instant now) {
        return left.isEmpty() && entry.filter(known -> known.activeAt(now)).isPresent();
    }
}
