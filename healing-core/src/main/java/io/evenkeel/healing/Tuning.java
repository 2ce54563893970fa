package io.evenkeel.healing;

import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Matcher;
import io.evenkeel.healing.match.Ranking;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a project's decisions changed in the model: weight that is added to <em>none</em>, for all answers and for those a strategy
 * has the largest share in.
 *
 * <p>It is the difference of the log-odds of two means of a beta distribution: 19 of 20 right, as shipped, and the same with the
 * project's decisions added. Rejections make healing more careful, by {@link #MOST} at most; accepted repairs take that back and
 * never more, so no answer is surer than it is as shipped. Immutable.
 *
 * @param all added to the logit of none for every answer, in [0, {@link #MOST}]
 * @param strategies the same by the words of a strategy
 */
public record Tuning(double all, Map<String, Double> strategies) {

    /** Largest weight; it takes an answer of 95 % to about 72 %. */
    public static final double MOST = 2;

    /** The model as shipped. */
    public static final Tuning NONE = new Tuning(0, Map.of());

    private static final double RIGHT = 19;
    private static final double OF = 20;

    public Tuning {
        strategies = Collections.unmodifiableMap(new TreeMap<>(strategies));
        if (!bounded(all) || !strategies.values().stream().allMatch(Tuning::bounded)) {
            throw new IllegalArgumentException(
                    "The weights (" + all + ", " + strategies + ") of a tuning must lie in 0 to " + MOST + ".");
        }
    }

    private static boolean bounded(double weight) {
        return weight >= 0 && weight <= MOST;
    }

    /** Decisions on repairs: how many were accepted, how many rejected. */
    public record Decided(int accepted, int rejected) {}

    /** Returns the tuning of a project with these decisions by the words of the strategy that had the largest share. */
    public static Tuning of(Map<String, Decided> decided) {
        int accepted = decided.values().stream().mapToInt(Decided::accepted).sum();
        int rejected = decided.values().stream().mapToInt(Decided::rejected).sum();
        Map<String, Double> strategies = new TreeMap<>();
        decided.forEach((strategy, tally) -> strategies.put(strategy, weight(tally)));
        return new Tuning(weight(new Decided(accepted, rejected)), strategies);
    }

    private static double weight(Decided tally) {
        double wrong = OF - RIGHT;
        double odds = (RIGHT + tally.accepted()) / (wrong + tally.rejected());
        return Math.max(0, Math.min(MOST, Math.log(RIGHT / wrong) - Math.log(odds)));
    }

    /**
     * Returns the ranking with the weight added to none: probabilities fall or stay, the order stays.
     *
     * @param calibration that of the model
     */
    Ranking apply(Ranking ranking, Calibration calibration) {
        double weight = weight(ranking);
        if (weight == 0 || ranking.candidates().isEmpty()) {
            return ranking;
        }
        double sum = 1 + ranking.none() * (Math.exp(weight) - 1);
        List<Candidate> candidates = new ArrayList<>();
        for (Candidate candidate : ranking.candidates()) {
            candidates.add(new Candidate(
                    candidate.index(), candidate.element(), candidate.probability() / sum, candidate.shares()));
        }
        double confidence = Math.min(ranking.confidence(), calibration.apply(Matcher.confidence(candidates)));
        return new Ranking(
                candidates, ranking.none() * Math.exp(weight) / sum, confidence, calibration.tier(confidence));
    }

    private double weight(Ranking ranking) {
        double own = ranking.candidates().stream()
                .findFirst()
                .flatMap(best -> best.shares().stream()
                        .filter(share -> share.contribution() > 0)
                        .findFirst())
                .map(share -> strategies.getOrDefault(share.strategy().words(), 0.0))
                .orElse(0.0);
        return Math.max(all, own);
    }
}
