package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition.Line;

/**
 * The hidden regimes of a test and what they predict; the derivation of the filter.
 *
 * <p>A test is, at every commit, in one of eight regimes: stable, flaky at one of six rates, broken. Weights w_k are the probabilities
 * of the regimes given everything seen. Two things change them.
 *
 * <p><b>A result</b> (Bayes): w_k becomes proportional to w_k L_k. A first attempt fails with probability p_k; attempts of one run are not
 * independent (an overload lasts), so the retry after a failure fails with q_k = p_k + c (1 - p_k), c = persistence. A run with f failures and
 * a pass has L_k = 1 - p_k for f = 0, else p_k q_k^(f-1) (1 - q_k); one that failed throughout p_k q_k^(f-1). On a pull request the change
 * itself may have broken the test, with probability m: L_k becomes (1 - m) L_k + m L_broken, the same for every regime in its second part. So a
 * pull request that fails throughout teaches almost nothing, and one that passes on retry teaches as much as on the stable branch. Where unrelated pull requests showed the
 * same failure the odds of m are lower, see {@link Recurrence}.
 *
 * <p><b>A new commit</b> (Markov step): only then may the regime change, by the {@link RegimeParameters.Hazards}. A flaky test is fixed because somebody notices it, and one
 * that fails twice a year is not noticed: at rate p the hazard of being fixed is h p / (p + 3 %). Inside one commit the regime cannot change: pass
 * and fail of the same commit therefore exclude "broken" by a factor of 65. This is "no change point inside a position" of LUCI's change point
 * analysis, made incremental.
 *
 * <p>The grid of rates is logarithmic; a posterior between two points shows as weight on both. Rates below 0.3 % are told from "stable" only
 * after hundreds of runs and are not worth a mark earlier.
 *
 * <p>Immutable. Every loop runs in a fixed order, so equal inputs give equal bits.
 */
public final class RegimeModel {

    /** Number of regimes. */
    public static final int REGIMES = 8;

    static final int STABLE = 0;
    static final int FIRST_FLAKY = 1;
    static final int BROKEN = REGIMES - 1;

    private static final double LEAST_WEIGHT = 1e-60;

    /** Equal results of one commit up to which plain multiplication is safe and fast. */
    private static final int FEW = 4;

    /** Flake rate at which a test is fixed half as fast as one that fails nearly always. */
    private static final double HALF_NOTICED = 0.03;

    private static final double[] FLAKY_RATES = {0.003, 0.01, 0.03, 0.1, 0.3, 0.6};

    /** How the rates of flaky tests are spread: maximum marginal likelihood on Apache Ozone's CI, rounded; its median is 1 %. */
    private static final double[] FLAKY_SHARES = {0.30, 0.35, 0.22, 0.08, 0.04, 0.01};

    private final RegimeParameters parameters;
    private final double[] fixed = new double[FLAKY_RATES.length];
    private final double[] rates = new double[REGIMES];
    private final double[][] stableBranch = new double[AttemptPattern.CODES][];
    private final double[][] pullRequest = new double[AttemptPattern.CODES][];
    private final double[][] recurring = new double[AttemptPattern.CODES][];

    /** Prepares the tables for these parameters. */
    public RegimeModel(RegimeParameters parameters) {
        this.parameters = parameters;
        rates[STABLE] = parameters.noise().stableFails();
        System.arraycopy(FLAKY_RATES, 0, rates, FIRST_FLAKY, FLAKY_RATES.length);
        rates[BROKEN] = parameters.noise().brokenFails();
        for (int i = 0; i < FLAKY_RATES.length; i++) {
            fixed[i] = parameters.hazards().isFixed() * FLAKY_RATES[i] / (FLAKY_RATES[i] + HALF_NOTICED);
        }
        double breaks = parameters.noise().pullRequestBreaks();
        double stillBreaks = breaks / (breaks + (1 - breaks) * Recurrence.SAME_FAILURE);
        for (int code = 0; code < AttemptPattern.CODES; code++) {
            if (code == 1) {
                continue;
            }
            AttemptPattern pattern = AttemptPattern.ofCode(code);
            double[] direct = new double[REGIMES];
            for (int k = 0; k < REGIMES; k++) {
                direct[k] = likelihood(rates[k], pattern);
            }
            pullRequest[code] = mixed(direct, breaks);
            recurring[code] = mixed(direct, pattern.failedThroughout() ? stillBreaks : breaks);
            stableBranch[code] = scaled(direct);
        }
    }

    /** Returns the numbers this model was made of. */
    public RegimeParameters parameters() {
        return parameters;
    }

    /** Returns the failure probability of a first attempt in regime k. */
    double rate(int regime) {
        return rates[regime];
    }

    /** Returns the weights of a test that was never seen. */
    double[] newTest() {
        double[] weights = new double[REGIMES];
        double flaky = parameters.newTest().flaky();
        weights[BROKEN] = parameters.newTest().broken();
        weights[STABLE] = 1 - flaky - weights[BROKEN];
        for (int i = 0; i < FLAKY_SHARES.length; i++) {
            weights[FIRST_FLAKY + i] = flaky * FLAKY_SHARES[i];
        }
        return weights;
    }

    double[] likelihoods(int code, Line line) {
        return line == Line.STABLE_BRANCH ? stableBranch[code] : pullRequest[code];
    }

    /** As {@link #likelihoods}, of a pull request whose failure unrelated ones showed too. */
    double[] recurring(int code) {
        return recurring[code];
    }

    private double[] likelihoods(ResultRing ring, int entry, boolean recurs) {
        return recurs && ring.line(entry) == Line.PULL_REQUEST
                ? recurring[ring.code(entry)]
                : likelihoods(ring.code(entry), ring.line(entry));
    }

    /** Moves the weights over a change of the commit. */
    void newCommit(double[] w) {
        RegimeParameters.Hazards h = parameters.hazards();
        double stable = w[STABLE];
        double broken = w[BROKEN];
        double flaky = 0;
        double fixes = 0;
        for (int i = 0; i < FLAKY_SHARES.length; i++) {
            flaky += w[FIRST_FLAKY + i];
            fixes += w[FIRST_FLAKY + i] * fixed[i];
        }
        double repairedFlaky = h.isRepaired() * h.repairedFlaky();
        double arriving = stable * h.becomesFlaky() + flaky * h.changesRate() + broken * repairedFlaky;
        double staying = 1 - h.changesRate() - h.breaks();
        w[STABLE] = stable * (1 - h.becomesFlaky() - h.breaks()) + fixes + broken * (h.isRepaired() - repairedFlaky);
        for (int i = 0; i < FLAKY_SHARES.length; i++) {
            w[FIRST_FLAKY + i] = w[FIRST_FLAKY + i] * (staying - fixed[i]) + arriving * FLAKY_SHARES[i];
        }
        w[BROKEN] = broken * (1 - h.isRepaired()) + (stable + flaky) * h.breaks();
    }

    /** The transposed step: turns "probability of the future given the regime after" into "given the regime before". */
    void newCommitBackwards(double[] v) {
        RegimeParameters.Hazards h = parameters.hazards();
        double flakyMean = 0;
        for (int i = 0; i < FLAKY_SHARES.length; i++) {
            flakyMean += FLAKY_SHARES[i] * v[FIRST_FLAKY + i];
        }
        double stable = v[STABLE];
        double broken = v[BROKEN];
        double repairedFlaky = h.isRepaired() * h.repairedFlaky();
        v[STABLE] = stable * (1 - h.becomesFlaky() - h.breaks()) + h.becomesFlaky() * flakyMean + h.breaks() * broken;
        double staying = 1 - h.changesRate() - h.breaks();
        for (int i = 0; i < FLAKY_SHARES.length; i++) {
            int k = FIRST_FLAKY + i;
            v[k] = v[k] * (staying - fixed[i]) + fixed[i] * stable + h.changesRate() * flakyMean + h.breaks() * broken;
        }
        v[BROKEN] =
                broken * (1 - h.isRepaired()) + stable * (h.isRepaired() - repairedFlaky) + repairedFlaky * flakyMean;
    }

    /** Multiplies by the likelihoods of all results of one commit, in the order of the ring. */
    void multiply(double[] w, ResultRing ring, int begin, int end) {
        boolean many = false;
        boolean recurs = false;
        for (int i = begin; i < end; i++) {
            many |= ring.counts[i] > FEW && ring.isResult(i);
            recurs |= ring.isRecurrence(i);
        }
        if (many) {
            multiplyMany(w, ring, begin, end, recurs);
        } else {
            multiplyFew(w, ring, begin, end, recurs);
        }
        int cause = ring.causeBefore(end);
        if (cause > 1) {
            multiplyBroken(w, cause);
        }
    }

    private void multiplyFew(double[] w, ResultRing ring, int begin, int end, boolean recurs) {
        for (int i = begin; i < end; i++) {
            if (!ring.isResult(i)) {
                continue;
            }
            double[] likelihoods = likelihoods(ring, i, recurs);
            for (int count = ring.counts[i]; count > 0; count--) {
                multiply(w, likelihoods);
            }
        }
    }

    /**
     * Multiplies by the likelihoods of one result and normalises: eight multiplications.
     *
     * <p>No weight falls below {@value #LEAST_WEIGHT}, so no later result meets only zeros.
     */
    static void multiply(double[] w, double[] likelihoods) {
        double sum = 0;
        for (int k = 0; k < REGIMES; k++) {
            w[k] *= likelihoods[k];
            sum += w[k];
        }
        double scale = 1 / sum;
        for (int k = 0; k < REGIMES; k++) {
            w[k] = Math.max(LEAST_WEIGHT, w[k] * scale);
        }
    }

    /** Multiplies "broken" by a factor and normalises; see {@link CommonCause}. */
    static void multiplyBroken(double[] w, double factor) {
        w[BROKEN] *= factor;
        double sum = 0;
        for (double one : w) {
            sum += one;
        }
        double scale = 1 / sum;
        for (int k = 0; k < REGIMES; k++) {
            w[k] = Math.max(LEAST_WEIGHT, w[k] * scale);
        }
    }

    /** Hundreds of results of one commit would meet the least weight one after the other; their logarithms add up safely. */
    private void multiplyMany(double[] w, ResultRing ring, int begin, int end, boolean recurs) {
        double[] logs = new double[REGIMES];
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < REGIMES; k++) {
            logs[k] = StrictMath.log(w[k]);
            for (int i = begin; i < end; i++) {
                if (ring.isResult(i)) {
                    logs[k] += ring.counts[i] * StrictMath.log(likelihoods(ring, i, recurs)[k]);
                }
            }
            largest = Math.max(largest, logs[k]);
        }
        double sum = 0;
        for (int k = 0; k < REGIMES; k++) {
            w[k] = StrictMath.exp(logs[k] - largest);
            sum += w[k];
        }
        for (int k = 0; k < REGIMES; k++) {
            w[k] = Math.max(LEAST_WEIGHT, w[k] / sum);
        }
    }

    private static double[] mixed(double[] direct, double breaks) {
        double[] mixed = new double[REGIMES];
        for (int k = 0; k < REGIMES; k++) {
            mixed[k] = (1 - breaks) * direct[k] + breaks * direct[BROKEN];
        }
        return scaled(mixed);
    }

    private static double[] scaled(double[] likelihoods) {
        double largest = 0;
        for (double one : likelihoods) {
            largest = Math.max(largest, one);
        }
        for (int k = 0; k < REGIMES; k++) {
            likelihoods[k] /= largest;
        }
        return likelihoods;
    }

    private double likelihood(double p, AttemptPattern pattern) {
        int failures = pattern.failures();
        if (failures == 0) {
            return 1 - p;
        }
        double retryFails = p + parameters.noise().persists() * (1 - p);
        double all = p;
        for (int i = 1; i < failures; i++) {
            all *= retryFails;
        }
        return pattern.failedThroughout() ? all : all * (1 - retryFails);
    }
}
