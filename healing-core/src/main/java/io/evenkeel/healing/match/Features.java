package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.List;

/**
 * The numbers the model sees for one broken locator: a row for each candidate and one for <em>none</em>.
 *
 * <p>A candidate has three columns for each signal: its value (0 where missing), 1 where it is missing, and its lead: how much larger
 * the value is than that of the best other candidate. Direct parents and children are no rivals, because an action on one reaches the
 * other. The row of <em>none</em> holds a constant, and for each signal the best value of any candidate and whether all miss it.
 *
 * <p>Immutable once made; callers must not change the arrays.
 */
public final class Features {

    /** Columns for each signal in the row of a candidate. */
    static final int COLUMNS = 3;

    private final double[][] candidates;
    private final double[] none;
    private final double[][] values;

    private Features(double[][] candidates, double[] none, double[][] values) {
        this.candidates = candidates;
        this.none = none;
        this.values = values;
    }

    /** Compares an element of the past with all candidates. */
    public static Features of(List<Signal> signals, Fingerprint old, List<Fingerprint> candidates) {
        int n = candidates.size();
        int width = signals.size();
        double[][] values = new double[n][width];
        List<Traits> traits = Traits.of(old, candidates);
        Traits past = traits.get(0);
        for (int s = 0; s < width; s++) {
            Signal signal = signals.get(s);
            for (int i = 0; i < n; i++) {
                values[i][s] = signal.compare(past, traits.get(i + 1));
            }
        }
        double[][] rows = new double[n][width * COLUMNS];
        double[] none = new double[1 + 2 * width];
        none[0] = 1;
        for (int s = 0; s < width; s++) {
            column(values, rows, none, s, traits);
        }
        return new Features(rows, none, values);
    }

    private static void column(double[][] values, double[][] rows, double[] none, int s, List<Traits> traits) {
        int best = -1;
        boolean present = false;
        for (int i = 0; i < values.length; i++) {
            double value = values[i][s];
            present |= !Double.isNaN(value);
            best = best < 0 || at(values, i, s) > at(values, best, s) ? i : best;
        }
        none[1 + 2 * s] = present ? at(values, best, s) : 0;
        none[2 + 2 * s] = present ? 0 : 1;
        for (int i = 0; i < values.length; i++) {
            double value = values[i][s];
            boolean missing = Double.isNaN(value);
            rows[i][COLUMNS * s] = missing ? 0 : value;
            rows[i][COLUMNS * s + 1] = missing ? 1 : 0;
            rows[i][COLUMNS * s + 2] = missing ? 0 : value - rival(values, i, s, best, traits);
        }
    }

    private static double rival(double[][] values, int i, int s, int best, List<Traits> traits) {
        if (best != i
                && at(values, best, s) > at(values, i, s)
                && !traits.get(i + 1).related(traits.get(best + 1))) {
            return at(values, best, s);
        }
        if (at(values, best, s) <= 0) {
            return 0;
        }
        double rival = 0;
        for (int j = 0; j < values.length; j++) {
            double value = at(values, j, s);
            if (j != i && value > rival && !traits.get(i + 1).related(traits.get(j + 1))) {
                rival = value;
                if (rival >= at(values, best, s)) {
                    break;
                }
            }
        }
        return rival;
    }

    private static double at(double[][] values, int i, int s) {
        return Double.isNaN(values[i][s]) ? 0 : values[i][s];
    }

    /** Returns whether one is the direct parent of the other. */
    public static boolean related(Fingerprint a, Fingerprint b) {
        List<String> x = a.placement().path();
        List<String> y = b.placement().path();
        List<String> shorter = x.size() < y.size() ? x : y;
        List<String> longer = x.size() < y.size() ? y : x;
        if (longer.size() - shorter.size() != 1) {
            return false;
        }
        for (int i = shorter.size() - 1; i >= 0; i--) {
            if (!shorter.get(i).equals(longer.get(i))) {
                return false;
            }
        }
        return !shorter.isEmpty();
    }

    /** Returns the number of candidates. */
    public int size() {
        return candidates.length;
    }

    /** Returns the row of a candidate. */
    public double[] candidate(int i) {
        return candidates[i];
    }

    /** Returns the row of <em>none</em>. */
    public double[] none() {
        return none;
    }

    /** Returns the value of a signal for a candidate; NaN if missing. */
    public double value(int candidate, int signal) {
        return values[candidate][signal];
    }
}
