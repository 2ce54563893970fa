package io.evenkeel.pipeline.heal;

import java.time.Duration;

/**
 * What one job of healing may do.
 *
 * <p>Immutable.
 *
 * @param one how long the proof of one repair may take; positive
 * @param total how long the proofs of all repairs may take together; what is left over then stays a suggestion; positive
 * @param redesign more broken definitions than this are a redesign: all of them are reported, none is proven; 0 repairs nothing
 * @param atOnce how many proofs run at the same time, each in a copy of its own; at least 1
 */
public record HealLimits(Duration one, Duration total, int redesign, int atOnce) {

    /** Half an hour, five minutes for each, 25 definitions, one after the other. */
    public static final HealLimits STANDARD = new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 25, 1);

    public HealLimits {
        if (one.isNegative() || one.isZero() || total.isNegative() || total.isZero() || redesign < 0 || atOnce < 1) {
            throw new IllegalArgumentException("The limits (" + one + ", " + total + ", " + redesign + ", " + atOnce
                    + ") of healing must be positive times, a number that is not negative and one that is at least 1.");
        }
    }

    /** The same, one proof after the other: for a project of which only one copy can run. */
    public HealLimits oneByOne() {
        return new HealLimits(one, total, redesign, 1);
    }

    /** Returns the time for one proof when so much is left for all. */
    Duration forOne(Duration left) {
        return one.compareTo(left) < 0 ? one : left;
    }
}
