package io.evenkeel.flaky.rate;

/**
 * What is thought of one test at one commit.
 *
 * <p>Immutable.
 *
 * @param belief how probable each kind of regime is there
 * @param rerunPasses probability that one more run of the same commit passes at the first attempt, in [0, 1]: for a failure the answer to "is it a
 *     flake?", because a flake is a failure that does not come again
 */
public record Judgement(RegimeBelief belief, double rerunPasses) {

    static Judgement of(RegimeModel model, double[] weights) {
        double passes = 0;
        double sum = 0;
        for (int k = 0; k < RegimeModel.REGIMES; k++) {
            passes += weights[k] * (1 - model.rate(k));
            sum += weights[k];
        }
        return new Judgement(RegimeBelief.of(weights), passes / sum);
    }

    /** Returns the probability that a failure seen there was a flake: that the test was not broken. */
    public double flake() {
        return 1 - belief.broken();
    }
}
