package io.evenkeel.healing.match;

import java.util.List;

/**
 * A monotone map from the probability of the model to the share of cases in which such an answer was right, and from which share on an
 * answer is worth a person's time.
 *
 * <p>Immutable. Between two knots the map is linear; outside of them it is constant.
 *
 * @param knots raw probabilities in strictly rising order, each with its calibrated value in [0, 1], never falling
 * @param suggestionFloor least calibrated confidence of a suggestion, from {@link Tier#SUGGESTION_FLOOR} to {@link Tier#AUTO_FLOOR}
 */
public record Calibration(List<Knot> knots, double suggestionFloor) {

    /** Returns what it is given. */
    public static final Calibration IDENTITY =
            new Calibration(List.of(new Knot(0, 0), new Knot(1, 1)), Tier.SUGGESTION_FLOOR);

    /** One point of the map. */
    public record Knot(double raw, double calibrated) {}

    public Calibration {
        knots = List.copyOf(knots);
        for (int i = 1; i < knots.size(); i++) {
            if (knots.get(i).raw() <= knots.get(i - 1).raw()
                    || knots.get(i).calibrated() < knots.get(i - 1).calibrated()) {
                throw new IllegalArgumentException("The knots (" + knots + ") of a calibration must rise.");
            }
        }
        if (!(suggestionFloor >= Tier.SUGGESTION_FLOOR && suggestionFloor <= Tier.AUTO_FLOOR)) {
            throw new IllegalArgumentException("The floor (" + suggestionFloor + ") of suggestions must be from "
                    + Tier.SUGGESTION_FLOOR + " to " + Tier.AUTO_FLOOR + ".");
        }
    }

    /** Returns this map with another floor. */
    public Calibration withFloor(double floor) {
        return new Calibration(knots, floor);
    }

    /** Returns what may be done with an answer of this calibrated confidence, made with a reference. */
    public Tier tier(double confidence) {
        return Tier.of(confidence, suggestionFloor);
    }

    /** Returns the calibrated probability. */
    public double apply(double raw) {
        if (knots.isEmpty()) {
            return raw;
        }
        Knot below = knots.get(0);
        if (raw <= below.raw()) {
            return below.calibrated();
        }
        for (Knot above : knots) {
            if (raw <= above.raw() && above.raw() > below.raw()) {
                double share = (raw - below.raw()) / (above.raw() - below.raw());
                return below.calibrated() + share * (above.calibrated() - below.calibrated());
            }
            below = above;
        }
        return below.calibrated();
    }
}
