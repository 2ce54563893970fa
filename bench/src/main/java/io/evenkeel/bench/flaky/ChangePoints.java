package io.evenkeel.bench.flaky;

import java.util.ArrayList;
import java.util.List;

/**
 * Bayesian change points in the way of LUCI Analysis (luci-go, {@code analysis/internal/changepoints/bayesian}): a history is split where two segments
 * with their own failure rates explain it better than one, only at a transition and never inside a commit. Prior of a rate Beta(0.3, 0.5), of a
 * change point 1e-4 per position. The second likelihood (after retries) is left out. Static functions.
 */
final class ChangePoints {

    private static final double A = 0.3;
    private static final double B = 0.5;
    private static final double LOG_CHANGE = Math.log(1e-4);
    private static final double[] LOG_GAMMA_A = table(A);
    private static final double[] LOG_GAMMA_B = table(B);
    private static final double[] LOG_GAMMA_AB = table(A + B);

    private ChangePoints() {}

    /** Returns the failure rate of the newest segment. */
    static double lastRate(Past past, int window) {
        int[] last = segments(past, window).get(0);
        return (double) last[1] / last[0];
    }

    /** Returns 1 when the newest segment has both outcomes and at least two failures. */
    static double flaky(Past past) {
        int[] last = segments(past, 500).get(0);
        return last[1] >= 2 && last[1] < last[0] ? 1 : 0;
    }

    /** Returns (runs, failures) of each segment, newest first. */
    private static List<int[]> segments(Past past, int window) {
        int size = Math.min(window, past.size());
        int[] failures = new int[size + 1];
        for (int i = 0; i < size; i++) {
            failures[i + 1] = failures[i] + (past.failed(i) ? 1 : 0);
        }
        List<int[]> found = new ArrayList<>();
        split(past, failures, 0, size, found);
        return found;
    }

    private static void split(Past past, int[] failures, int from, int to, List<int[]> found) {
        int all = failures[to] - failures[from];
        double whole = likelihood(to - from, all);
        double best = whole;
        int at = -1;
        for (int i = from + 1; i < to; i++) {
            boolean transition = past.failed(i) != past.failed(i - 1) && past.commit(i) != past.commit(i - 1);
            if (transition) {
                int newer = failures[i] - failures[from];
                double both = likelihood(i - from, newer) + likelihood(to - i, all - newer) + LOG_CHANGE;
                if (both > best) {
                    best = both;
                    at = i;
                }
            }
        }
        if (at < 0) {
            found.add(new int[] {to - from, all});
        } else {
            split(past, failures, from, at, found);
            split(past, failures, at, to, found);
        }
    }

    /** Logarithm of the beta-binomial evidence. */
    private static double likelihood(int runs, int failures) {
        return LOG_GAMMA_A[failures] + LOG_GAMMA_B[runs - failures] - LOG_GAMMA_AB[runs];
    }

    /** log G(x + n) - log G(x) for n = 0 .. 500. */
    private static double[] table(double x) {
        double[] table = new double[502];
        for (int n = 1; n < table.length; n++) {
            table[n] = table[n - 1] + Math.log(x + n - 1);
        }
        return table;
    }
}
