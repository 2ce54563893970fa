package io.evenkeel.bench.heal;

import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Isotonic regression by pooling adjacent violators (Ayer et al. 1955), over blocks of at least a few cases so that one case cannot
 * make a certainty. Pure.
 */
final class Isotonic {

    private Isotonic() {}

    /**
     * One answer.
     *
     * @param raw what the model said
     * @param right whether it was right
     * @param present whether there was a right answer
     */
    record Answer(double raw, boolean right, boolean present) {}

    /**
     * Fits a calibration.
     *
     * @param smallest cases in a block, at least 1
     */
    static Calibration fit(List<Answer> answers, int smallest) {
        List<Answer> sorted = new ArrayList<>(answers);
        sorted.sort(Comparator.comparingDouble(Answer::raw));
        List<double[]> blocks = new ArrayList<>(); // sum of raw, right, count
        double[] open = new double[3];
        for (Answer answer : sorted) {
            open[0] += answer.raw();
            open[1] += answer.right() ? 1 : 0;
            open[2]++;
            if (open[2] >= smallest) {
                pool(blocks, open);
                open = new double[3];
            }
        }
        if (open[2] > 0) {
            pool(blocks, open);
        }
        List<Calibration.Knot> knots = new ArrayList<>();
        double last = -1;
        for (double[] block : blocks) {
            double raw = Math.round(1e4 * block[0] / block[2]) / 1e4;
            double p = (block[1] + 0.25) / (block[2] + 0.5);
            double share = Math.round(1e4 * p) / 1e4;
            double rising = knots.isEmpty()
                    ? share
                    : Math.max(share, knots.get(knots.size() - 1).calibrated());
            if (raw > last) {
                knots.add(new Calibration.Knot(raw, rising));
                last = raw;
            }
        }
        Calibration calibration = new Calibration(knots, Tier.SUGGESTION_FLOOR);
        return calibration.withFloor(SuggestionFloor.of(calibration, answers));
    }

    private static void pool(List<double[]> blocks, double[] next) {
        blocks.add(next.clone());
        while (blocks.size() > 1) {
            double[] above = blocks.get(blocks.size() - 1);
            double[] below = blocks.get(blocks.size() - 2);
            if (below[1] / below[2] <= above[1] / above[2]) {
                return;
            }
            for (int i = 0; i < 3; i++) {
                below[i] += above[i];
            }
            blocks.remove(blocks.size() - 1);
        }
    }
}
