package io.evenkeel.bench.heal;

import io.evenkeel.healing.match.Tier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Turns answers into the lines of the benchmark. Pure. */
final class Report {

    private static final int BINS = 10;

    private Report() {}

    /** What the lines are about. */
    record Heading(String dataset, String mode, String method) {}

    /** Returns the lines of our own answers: plain ranking, then each tier; for all cases and for the hard ones. */
    static List<Map<String, Object>> ours(Heading heading, List<Answered> answers) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (boolean hard : new boolean[] {false, true}) {
            List<Answered> part =
                    answers.stream().filter(a -> !hard || a.of().hard()).toList();
            if (!part.isEmpty()) {
                lines.add(line(heading, part, a -> 0, "", hard, true));
                lines.add(line(heading, part, Answered::suggestionFloor, "suggestion", hard, true));
                if (heading.mode().equals(HealDataset.REFERENCE)) { // without one there is at most a suggestion
                    lines.add(line(heading, part, a -> Tier.AUTO_FLOOR, "auto", hard, true));
                }
            }
        }
        return lines;
    }

    /** Returns the lines of a method with one threshold of its own. */
    static List<Map<String, Object>> other(Heading heading, List<Answered> answers, double threshold) {
        List<Map<String, Object>> lines = new ArrayList<>();
        for (boolean hard : new boolean[] {false, true}) {
            List<Answered> part =
                    answers.stream().filter(a -> !hard || a.of().hard()).toList();
            if (!part.isEmpty()) {
                lines.add(line(heading, part, a -> threshold, "", hard, false));
            }
        }
        return lines;
    }

    private static Map<String, Object> line(
            Heading heading,
            List<Answered> answers,
            ToDoubleFunction<Answered> threshold,
            String tier,
            boolean hard,
            boolean calibrated) {
        long present = answers.stream().filter(a -> a.of().present()).count();
        long removed = answers.size() - present;
        long top1 = answers.stream().filter(a -> a.of().present() && a.right()).count();
        long top3 =
                answers.stream().filter(a -> a.of().present() && a.within(3)).count();
        long right = 0;
        long wrong = 0;
        long absent = 0;
        for (Answered answer : answers) {
            boolean healed = !answer.order().isEmpty() && answer.confidence() >= threshold.applyAsDouble(answer);
            if (healed && !answer.of().present()) {
                absent++;
            } else if (healed && answer.right()) {
                right++;
            } else if (healed) {
                wrong++;
            }
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("dataset", heading.dataset());
        line.put("mode", heading.mode());
        line.put("method", heading.method());
        line.put("n", present);
        line.put("top1", share(top1, present));
        line.put("top3", share(top3, present));
        line.put("right", share(right, present));
        line.put("wrong", share(wrong, present));
        line.put("absentHealed", removed == 0 ? null : share(absent, removed));
        line.put("tier", tier.isEmpty() ? null : tier);
        line.put("ece", calibrated ? round(calibrationError(answers)) : null);
        line.put("p95Ms", p95(answers));
        line.put("hard", hard);
        return line;
    }

    private static double share(long count, long of) {
        return of == 0 ? 0 : round(count / (double) of);
    }

    private static double round(double value) {
        return Math.round(value * 1e4) / 1e4;
    }

    private static double p95(List<Answered> answers) {
        long[] nanos = answers.stream().mapToLong(Answered::nanos).sorted().toArray();
        return nanos.length == 0 ? 0 : Math.round(nanos[(int) (0.95 * (nanos.length - 1))] / 1e4) / 100.0;
    }

    /** Expected calibration error over equal-width bins, present and removed cases pooled. */
    static double calibrationError(List<Answered> answers) {
        double error = 0;
        for (double[] bin : bins(answers)) {
            error += Math.abs(bin[0] - bin[1]) / answers.size();
        }
        return error;
    }

    /** Returns for each bin the sum of confidences, the right answers and the number of answers. */
    static double[][] bins(List<Answered> answers) {
        double[][] bins = new double[BINS][3];
        for (Answered answer : answers) {
            int bin = Math.min(BINS - 1, (int) (answer.confidence() * BINS));
            bins[bin][0] += answer.confidence();
            bins[bin][1] += answer.right() ? 1 : 0;
            bins[bin][2]++;
        }
        return Arrays.copyOf(bins, BINS);
    }
}
