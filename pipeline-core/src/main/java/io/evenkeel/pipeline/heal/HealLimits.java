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
 */
public record HealLimits(Duration one, Duration total, int redesign) {

    /** Half an hour, five minutes for each, 25 definitions. */
    public static final HealLimits STANDARD = new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 25);

    public HealLimits {
        if (one.isNegative() || one.isZero() || total.isNegative() || total.isZero() || redesign < 0) {
            throw new IllegalArgumentException("The limits (" + one + ", " + total + ", " + redesign
                    + ") of healing must be positive times and a number that is not negative.");
        }
    }

    /** Returns the time for one proof when so much is left for all. */
    Duration forOne(Duration left) {
        return one.compareTo(left) < 0 ? one : left;
    }
}
