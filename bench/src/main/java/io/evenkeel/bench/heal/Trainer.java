package io.evenkeel.bench.heal;

import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Features;
import io.evenkeel.healing.match.Signal;
import io.evenkeel.healing.match.Weights;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Fits the listwise softmax with <em>none</em>.
 *
 * <p>Loss: mean over the cases of {@code -log(probability of the right answers)}, present and removed cases with equal total weight, plus
 * {@code l2 / 2 * |w|²}. Full-batch Adam (Kingma and Ba 2015) from zero: no random numbers, so the same data give the same weights.
 */
final class Trainer {

    /** Weight of all background cases together, that of all cases being 1. */
    private static final double BACKGROUND = 1;

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;

    private final List<Signal> signals;
    private final double l2;
    private final int epochs;
    private final Map<HealCase, Example> known = new IdentityHashMap<>();

    Trainer(List<Signal> signals, double l2, int epochs) {
        this.signals = signals;
        this.l2 = l2;
        this.epochs = epochs;
    }

    /** Candidates of one case that are worth the time: the most similar by a plain sum of all signals. */
    private static final int KEPT = 30;

    /**
     * A case with its features and weight.
     *
     * @param rows the rows that are looked at: the kept candidates, then <em>none</em>
     * @param right whether each row is a right answer
     */
    private record Example(List<Row> rows, List<Boolean> right, double weight) {}

    /** The columns of a row that are not zero: most are, so skipping them halves the time. */
    private record Row(int[] columns, double[] values) {

        static Row of(double[] dense) {
            int count = 0;
            for (double value : dense) {
                count += value == 0 ? 0 : 1;
            }
            Row row = new Row(new int[count], new double[count]);
            int at = 0;
            for (int i = 0; i < dense.length; i++) {
                if (dense[i] != 0) {
                    row.columns[at] = i;
                    row.values[at++] = dense[i];
                }
            }
            return row;
        }
    }

    /** Returns uncalibrated weights. */
    Weights fit(List<HealCase> cases) {
        return fit(cases, List.of());
    }

    /**
     * Returns uncalibrated weights.
     *
     * @param background cases of another origin that together weigh {@link #BACKGROUND} as much as the cases
     */
    Weights fit(List<HealCase> cases, List<HealCase> background) {
        List<Example> examples = examples(cases, 1);
        examples.addAll(examples(background, BACKGROUND));
        int width = 3 * signals.size();
        double[] w = new double[width + 1 + 2 * signals.size()];
        double[] m = new double[w.length];
        double[] v = new double[w.length];
        for (int epoch = 1; epoch <= epochs; epoch++) {
            double[] gradient = new double[w.length];
            for (Example example : examples) {
                accumulate(example, w, width, gradient);
            }
            double rate = 0.08 * (epoch < epochs / 2 ? 1 : 2.0 * (epochs - epoch) / epochs + 0.02);
            for (int i = 0; i < w.length; i++) {
                double g = gradient[i] + l2 * w[i];
                m[i] = BETA1 * m[i] + (1 - BETA1) * g;
                v[i] = BETA2 * v[i] + (1 - BETA2) * g * g;
                double mean = m[i] / (1 - Math.pow(BETA1, epoch));
                double spread = Math.sqrt(v[i] / (1 - Math.pow(BETA2, epoch))) + 1e-9;
                w[i] -= rate * mean / spread;
            }
        }
        double[] candidate = java.util.Arrays.copyOfRange(w, 0, width);
        double[] none = java.util.Arrays.copyOfRange(w, width, w.length);
        return new Weights(candidate, none, Calibration.IDENTITY);
    }

    private List<Example> examples(List<HealCase> cases, double total) {
        long present = cases.stream().filter(HealCase::present).count();
        long removed = cases.size() - present;
        List<Example> examples = new ArrayList<>();
        for (HealCase one : cases) {
            double weight = 0.5 * total / Math.max(1, one.present() ? present : removed);
            Example example = known.computeIfAbsent(one, this::example);
            examples.add(new Example(example.rows(), example.right(), weight));
        }
        return examples;
    }

    /** Rows are the same in every fold, so they are made once. */
    private Example example(HealCase one) {
        Features features = Features.of(signals, one.old(), one.candidates());
        List<Integer> order = new ArrayList<>();
        double[] sums = new double[features.size()];
        for (int i = 0; i < features.size(); i++) {
            order.add(i);
            for (int s = 0; s < signals.size(); s++) {
                double value = features.value(i, s);
                sums[i] += Double.isNaN(value) ? 0 : value;
            }
        }
        order.sort(Comparator.comparingDouble((Integer i) -> -sums[i]));
        List<Row> rows = new ArrayList<>();
        List<Boolean> right = new ArrayList<>();
        for (int place = 0; place < order.size(); place++) {
            int i = order.get(place);
            if (place < KEPT || one.right().contains(i)) {
                rows.add(Row.of(features.candidate(i)));
                right.add(one.right().contains(i));
            }
        }
        rows.add(Row.of(features.none()));
        right.add(!one.present());
        return new Example(rows, right, 0);
    }

    private static void accumulate(Example example, double[] w, int width, double[] gradient) {
        int none = example.rows().size() - 1;
        double[] p = new double[none + 1];
        double max = Double.NEGATIVE_INFINITY;
        for (int i = 0; i <= none; i++) {
            p[i] = dot(w, i < none ? 0 : width, example.rows().get(i));
            max = Math.max(max, p[i]);
        }
        double sum = 0;
        for (int i = 0; i <= none; i++) {
            p[i] = Math.exp(p[i] - max);
            sum += p[i];
        }
        double right = 0;
        for (int i = 0; i <= none; i++) {
            p[i] /= sum;
            right += example.right().get(i) ? p[i] : 0;
        }
        for (int i = 0; i <= none; i++) {
            double wanted = example.right().get(i) ? p[i] / Math.max(right, 1e-300) : 0;
            double slope = example.weight() * (p[i] - wanted);
            if (Math.abs(slope) > 1e-9) {
                Row row = example.rows().get(i);
                int offset = i < none ? 0 : width;
                for (int k = 0; k < row.columns.length; k++) {
                    gradient[offset + row.columns[k]] += slope * row.values[k];
                }
            }
        }
    }

    private static double dot(double[] w, int offset, Row row) {
        double sum = 0;
        for (int k = 0; k < row.columns.length; k++) {
            sum += w[offset + row.columns[k]] * row.values[k];
        }
        return sum;
    }
}
