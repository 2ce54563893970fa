package io.evenkeel.flaky.rate;

/**
 * How probable each kind of regime is; the three sum to one.
 *
 * <p>Immutable.
 *
 * @param stable probability that the test fails only by rare accident, in [0, 1]
 * @param flaky probability that it fails at random, in [0, 1]
 * @param broken probability that it fails always, in [0, 1]
 */
public record RegimeBelief(double stable, double flaky, double broken) {

    /** Kind of regime. */
    public enum Regime {
        STABLE,
        FLAKY,
        BROKEN
    }

    public RegimeBelief {
        double sum = stable + flaky + broken;
        if (!(stable >= 0 && flaky >= 0 && broken >= 0 && Math.abs(sum - 1) < 1e-6)) {
            throw new IllegalArgumentException("The probabilities (" + stable + ", " + flaky + ", " + broken
                    + ") of the regimes must not be negative and must sum to 1.");
        }
    }

    static RegimeBelief of(double[] weights) {
        double flaky = 0;
        double sum = 0;
        for (int k = 0; k < RegimeModel.REGIMES; k++) {
            sum += weights[k];
            if (k >= RegimeModel.FIRST_FLAKY && k < RegimeModel.BROKEN) {
                flaky += weights[k];
            }
        }
        return new RegimeBelief(weights[RegimeModel.STABLE] / sum, flaky / sum, weights[RegimeModel.BROKEN] / sum);
    }

    /** Returns the most probable kind of regime. */
    public Regime likeliest() {
        if (broken >= flaky && broken >= stable) {
            return Regime.BROKEN;
        }
        return flaky >= stable ? Regime.FLAKY : Regime.STABLE;
    }

    /** Returns the probability of this kind of regime. */
    public double of(Regime regime) {
        return regime == Regime.STABLE ? stable : regime == Regime.FLAKY ? flaky : broken;
    }
}
