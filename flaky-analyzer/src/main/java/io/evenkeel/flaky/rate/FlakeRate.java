package io.evenkeel.flaky.rate;

/**
 * How often a test fails at random, per run, with what is known about it.
 *
 * <p>Beta posterior: with x flakes in n runs and the prior Beta(a, b) of flaky tests, the rate is distributed as Beta(a + x, b + n - x). The interval
 * holds the true rate with probability 90 %, 5 % lie on each side. Immutable.
 *
 * @param mean expected rate in [0, 1]
 * @param low lower end of the 90 % interval
 * @param high upper end of the 90 % interval
 * @param flakes runs in which it flaked, in the sample
 * @param runs size of the sample: runs since the regime last changed, at most about 2,000, older ones fading
 */
public record FlakeRate(double mean, double low, double high, double flakes, double runs) {

    /** Prior of the rate of a flaky test: the beta distribution of greatest likelihood for the 441 known rates of FlakeFlagger. */
    private static final double PRIOR_FLAKES = 0.25;

    private static final double PRIOR_PASSES = 1.45;

    /**
     * Computes the posterior.
     *
     * @param flakes runs in which the test flaked, not negative
     * @param runs all runs, at least as many
     */
    public static FlakeRate of(double flakes, double runs) {
        Beta posterior = posterior(flakes, runs);
        return new FlakeRate(posterior.mean(), posterior.quantile(0.05), posterior.quantile(0.95), flakes, runs);
    }

    /** Returns the probability that the rate is at least this high. */
    public double atLeast(double rate) {
        return 1 - posterior(flakes, runs).below(rate);
    }

    private static Beta posterior(double flakes, double runs) {
        if (!(flakes >= 0 && runs >= flakes)) {
            throw new IllegalArgumentException(
                    "The flakes (" + flakes + ") must be between 0 and the number of runs (" + runs + ").");
        }
        return new Beta(PRIOR_FLAKES + flakes, PRIOR_PASSES + runs - flakes);
    }
}
