package io.evenkeel.flaky.quarantine;

import io.evenkeel.flaky.history.TestId;
import java.time.Instant;

/**
 * One quarantined test.
 *
 * <p>Immutable.
 *
 * @param test the test
 * @param owner who must repair it, never blank
 * @param reason why it is here, for people
 * @param since when it was quarantined
 * @param until when the entry ends by itself, after {@code since}, at most {@link QuarantinePolicy#LONGEST} later
 */
public record QuarantineEntry(TestId test, String owner, String reason, Instant since, Instant until) {

    public QuarantineEntry {
        if (owner.isBlank()) {
            throw new IllegalArgumentException("The owner of the quarantined test (" + test
                    + ") must be named.\nMaybe nobody feels responsible; then it is better red than forgotten.");
        }
        if (!until.isAfter(since) || until.isAfter(since.plus(QuarantinePolicy.LONGEST))) {
            throw new IllegalArgumentException(
                    "The end (" + until + ") of the quarantine of test (" + test + ") must be after its begin (" + since
                            + ") and at most " + QuarantinePolicy.LONGEST.toDays() + " days later.");
        }
    }

    /** Returns whether the entry still holds. */
    public boolean activeAt(Instant now) {
        return now.isBefore(until);
    }
}
