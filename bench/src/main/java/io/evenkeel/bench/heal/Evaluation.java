package io.evenkeel.bench.heal;

import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Matcher;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Signal;
import io.evenkeel.healing.match.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks our ranker, with shipped weights or cross-validated. Deterministic but for the times. */
final class Evaluation {

    /** Folds of a published figure. */
    private static final int FOLDS = 8;

    /** Folds that calibrate shipped weights. */
    private static final int CALIBRATION_FOLDS = 4;

    private static final int LEAST_BLOCK = 8;
    private static final int MOST_BLOCK = 40;

    private Evaluation() {}

    /** Answers every case with one model. */
    static List<Answered> with(Weights weights, List<Signal> signals, List<HealCase> cases) {
        Matcher matcher = new Matcher(signals, weights);
        List<Answered> answers = new ArrayList<>();
        for (HealCase one : cases) {
            long start = CpuClock.nanos();
            Ranking ranking = matcher.rank(one.old(), one.candidates(), one.others());
            long nanos = CpuClock.nanos() - start;
            List<Integer> order =
                    ranking.candidates().stream().map(Candidate::index).toList();
            answers.add(new Answered(
                    one, order, ranking.confidence(), weights.calibration().suggestionFloor(), nanos));
        }
        return answers;
    }

    /**
     * Answers every case with a model that has not seen its group; the calibration of a fold comes from the answers of the other
     * folds.
     *
     * @param background cases of another origin that every model may train on
     */
    static List<Answered> crossValidated(
            List<HealCase> cases, List<HealCase> background, List<Signal> signals, Trainer trainer) {
        return calibrated(uncalibrated(cases, background, new Fitting(signals, trainer, FOLDS)), block(cases));
    }

    /** Returns the answers of each fold, before calibration. */
    static List<List<Answered>> uncalibrated(List<HealCase> cases, List<HealCase> background, Fitting fitting) {
        Map<String, Integer> folds = folds(cases, fitting.folds());
        List<List<Answered>> raw = new ArrayList<>();
        for (int f = 0; f < fitting.folds(); f++) {
            int fold = f;
            List<HealCase> test = cases.stream()
                    .filter(c -> folds.getOrDefault(c.group(), 0) == fold)
                    .toList();
            List<HealCase> rest = cases.stream()
                    .filter(c -> folds.getOrDefault(c.group(), 0) != fold)
                    .toList();
            raw.add(
                    test.isEmpty() || rest.isEmpty()
                            ? List.of()
                            : with(fitting.trainer().fit(rest, background), fitting.signals(), test));
        }
        return raw;
    }

    static List<Answered> calibrated(List<List<Answered>> raw, int smallest) {
        List<Answered> calibrated = new ArrayList<>();
        for (int f = 0; f < raw.size(); f++) {
            List<Isotonic.Answer> others = new ArrayList<>();
            for (int g = 0; g < raw.size(); g++) {
                if (g != f) {
                    others.addAll(answers(raw.get(g)));
                }
            }
            Calibration calibration = Isotonic.fit(others, smallest);
            for (Answered answer : raw.get(f)) {
                calibrated.add(new Answered(
                        answer.of(),
                        answer.order(),
                        calibration.apply(answer.confidence()),
                        calibration.suggestionFloor(),
                        answer.nanos()));
            }
        }
        return calibrated;
    }

    /** Groups in the order of their size, dealt to the folds in turn, so that folds are about equal. */
    private static Map<String, Integer> folds(List<HealCase> cases, int count) {
        Map<String, Integer> sizes = new LinkedHashMap<>();
        cases.forEach(c -> sizes.merge(c.group(), 1, Integer::sum));
        List<String> groups = new ArrayList<>(sizes.keySet());
        groups.sort(java.util.Comparator.comparingInt((String g) -> -sizes.getOrDefault(g, 0))
                .thenComparing(g -> g));
        Map<String, Integer> folds = new LinkedHashMap<>();
        for (int i = 0; i < groups.size(); i++) {
            folds.put(groups.get(i), i % count);
        }
        return folds;
    }

    /** Answers that make one point of a calibration: enough that one of them is no certainty, few enough that points are left. */
    private static int block(List<HealCase> cases) {
        return Math.max(LEAST_BLOCK, Math.min(MOST_BLOCK, cases.size() / 10));
    }

    static List<Isotonic.Answer> answers(List<Answered> answered) {
        List<Isotonic.Answer> answers = new ArrayList<>();
        for (Answered one : answered) {
            answers.add(
                    new Isotonic.Answer(one.confidence(), one.right(), one.of().present()));
        }
        return answers;
    }

    /** Fits weights and calibrates them on answers of models that had not seen the case. */
    static Weights trained(List<HealCase> cases, List<HealCase> background, List<Signal> signals, Trainer trainer) {
        List<Isotonic.Answer> answers = new ArrayList<>();
        uncalibrated(cases, background, new Fitting(signals, trainer, CALIBRATION_FOLDS))
                .forEach(fold -> answers.addAll(answers(fold)));
        return trainer.fit(cases, background).with(Isotonic.fit(answers, block(cases)));
    }

    /** How models are fitted in a cross-validation. */
    record Fitting(List<Signal> signals, Trainer trainer, int folds) {}
}
