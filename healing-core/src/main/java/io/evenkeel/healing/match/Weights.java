package io.evenkeel.healing.match;

import java.util.Arrays;
import java.util.List;

/**
 * A trained linear model with an explicit <em>none</em>, and its calibration.
 *
 * <p>Immutable; the arrays are copied.
 */
public final class Weights {

    private final double[] candidate;
    private final double[] none;
    private final Calibration calibration;

    /**
     * Makes a model.
     *
     * @param candidate weights of the row of a candidate, three for each signal: value, missing, lead
     * @param none weights of the row of <em>none</em>: constant, then best value and all missing for each signal
     */
    public Weights(double[] candidate, double[] none, Calibration calibration) {
        if (candidate.length % Features.COLUMNS != 0 || none.length != 1 + 2 * (candidate.length / Features.COLUMNS)) {
            throw new IllegalArgumentException("The weights (" + candidate.length + " of a candidate, " + none.length
                    + " of none) must belong to the same signals.\nMaybe the file was trained with another version.");
        }
        this.candidate = candidate.clone();
        this.none = none.clone();
        this.calibration = calibration;
    }

    /** Returns the weights of a candidate. */
    public double[] candidate() {
        return candidate.clone();
    }

    /** Returns the weights of <em>none</em>. */
    public double[] none() {
        return none.clone();
    }

    /** Returns the calibration. */
    public Calibration calibration() {
        return calibration;
    }

    /** Returns this model with another calibration. */
    public Weights with(Calibration other) {
        return new Weights(candidate, none, other);
    }

    /** Returns the softmax over all candidates, with the probability of <em>none</em> last. */
    public double[] probabilities(Features features) {
        int n = features.size();
        double[] logits = new double[n + 1];
        for (int i = 0; i < n; i++) {
            logits[i] = dot(candidate, features.candidate(i));
        }
        logits[n] = dot(none, features.none());
        double max = Arrays.stream(logits).max().orElse(0);
        double sum = 0;
        for (int i = 0; i <= n; i++) {
            logits[i] = Math.exp(logits[i] - max);
            sum += logits[i];
        }
        for (int i = 0; i <= n; i++) {
            logits[i] /= sum;
        }
        return logits;
    }

    /** Returns what each signal adds to the logit of a candidate. */
    double[] shares(Features features, int i, List<Signal> signals) {
        double[] shares = new double[signals.size()];
        double[] row = features.candidate(i);
        for (int s = 0; s < shares.length; s++) {
            for (int c = 0; c < Features.COLUMNS; c++) {
                shares[s] += candidate[Features.COLUMNS * s + c] * row[Features.COLUMNS * s + c];
            }
        }
        return shares;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
