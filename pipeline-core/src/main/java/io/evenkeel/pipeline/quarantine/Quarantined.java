package io.evenkeel.pipeline.quarantine;

import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One quarantined test.
 *
 * <p>Immutable.
 *
 * @param id Playwright's own id
 * @param name what people call it; may be empty
 * @param owner who must repair it, never blank
 * @param reason why it is here; may be empty
 * @param until when the entry ends by itself
 * @param failing commits in a row, up to the newest run seen here, on which every attempt failed; two mean that it is broken
 */
public record Quarantined(String id, String name, String owner, String reason, Instant until, List<String> failing) {

    /** Commits in a row that make a test broken. */
    private static final int BROKEN = 2;

    public Quarantined {
        if (id.isBlank() || owner.isBlank()) {
            throw new IllegalArgumentException(
                    "The id (" + id + ") and the owner (" + owner + ") of a quarantined test must not be blank.");
        }
        failing = List.copyOf(failing);
    }

    /**
     * Returns a new entry.
     *
     * @param days how long, 1 to 30
     * @throws IllegalArgumentException when owner or duration break the rules
     */
    public static Quarantined of(String id, String owner, String reason, Instant now, int days) {
        long most = QuarantinePolicy.LONGEST.toDays();
        if (days < 1 || days > most) {
            throw new IllegalArgumentException("The days (" + days + ") of a quarantine must be 1 to " + most
                    + ".\nMaybe it should not end; but a quarantine without end hides a test for good.");
        }
        return new Quarantined(id, "", owner, reason, now.plusSeconds(days * 86_400L), List.of());
    }

    /** Returns whether a failure on this commit leaves the pipeline green: not after the end, not when the test is broken. */
    public boolean excuses(String commit, Instant now) {
        return now.isBefore(until) && failingWith(commit).size() < BROKEN;
    }

    /** Returns whether it failed throughout on two commits in a row. */
    public boolean broken() {
        return failing.size() >= BROKEN;
    }

    /** Returns this entry after a run in which every attempt failed. */
    Quarantined failedOn(String commit) {
        return new Quarantined(id, name, owner, reason, until, failingWith(commit));
    }

    /** Returns this entry after a run in which it passed. */
    Quarantined passed() {
        return failing.isEmpty() ? this : new Quarantined(id, name, owner, reason, until, List.of());
    }

    Quarantined named(String known) {
        return known.isEmpty() ? this : new Quarantined(id, known, owner, reason, until, failing);
    }

    private List<String> failingWith(String commit) {
        if (failing.contains(commit) || failing.size() >= BROKEN) {
            return failing;
        }
        List<String> more = new ArrayList<>(failing);
        more.add(commit);
        return more;
    }
}
