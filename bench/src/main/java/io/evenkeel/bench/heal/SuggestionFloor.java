package io.evenkeel.bench.heal;

import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Tier;
import java.util.List;

/**
 * From which confidence on an answer is suggested: the lowest at which an element that is gone is "found" in at most
 * {@value #RISK} of the cases, in answers of models that had not seen the case.
 *
 * <p>The upper end of Wilson's one-sided 90 % interval must keep the limit (Wilson 1927), not the share itself: that was measured on the
 * same answers, and those of one site resemble each other. Pure.
 */
final class SuggestionFloor {

    private static final double RISK = 0.04;
    private static final double Z = 1.2816;
    private static final int STEPS = 100;

    private SuggestionFloor() {}

    static double of(Calibration calibration, List<Isotonic.Answer> answers) {
        List<Double> absent = answers.stream()
                .filter(a -> !a.present())
                .map(a -> calibration.apply(a.raw()))
                .toList();
        int step = (int) Math.round(STEPS * Tier.SUGGESTION_FLOOR);
        while (step < STEPS * Tier.AUTO_FLOOR) {
            double floor = step / (double) STEPS;
            long healed = absent.stream().filter(c -> c >= floor).count();
            if (absent.isEmpty() || upper(healed, absent.size()) <= RISK) {
                return floor;
            }
            step++;
        }
        return Tier.AUTO_FLOOR;
    }

    /** Returns the upper end of the interval for a share. */
    static double upper(long count, int of) {
        double p = count / (double) of;
        double square = Z * Z / of;
        return (p + square / 2 + Z * Math.sqrt(p * (1 - p) / of + square / (4 * of))) / (1 + square);
    }
}
