package io.evenkeel.healing;

import io.evenkeel.healing.Adviser.Advice;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.reference.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A ranking after an adviser was asked.
 *
 * <p>The adviser is asked only where the ranker is in doubt. It may choose another candidate or none. What it changes is a suggestion
 * at most; where it agrees, the ranker's own confidence stands. Immutable.
 *
 * @param ranking with the chosen candidate first
 * @param cap the best tier that is left
 */
record Advised(Ranking ranking, Tier cap) {

    /** Below it the ranker's candidates are no better than a guess, and so would be a choice among them. */
    static final double FLOOR = 0.3;

    private static final Set<String> SAID =
            Set.of(Fingerprint.TEST_ID, "id", "name", "placeholder", "title", "aria-label", "type");

    /**
     * Asks where the confidence lies in [{@link #FLOOR}, {@link Tier#AUTO_FLOOR}).
     *
     * @param then what the locator found in a passing run
     */
    static Advised of(Ranking ranking, Optional<Fingerprint> then, Asking asking) {
        if (ranking.confidence() < FLOOR || ranking.confidence() >= Tier.AUTO_FLOOR) {
            return new Advised(ranking, Tier.AUTO);
        }
        List<Candidate> best = ranking.candidates().stream()
                .limit(Adviser.MOST_CANDIDATES)
                .filter(candidate -> candidate.probability() > 0)
                .toList();
        Advice advice = asking.adviser()
                .ask(new Adviser.Question(
                        asking.locator(),
                        asking.action(),
                        then.map(Advised::words).orElse(""),
                        best.stream()
                                .map(candidate -> words(candidate.element()))
                                .toList()));
        return advice.match(
                index -> chosen(ranking, index, asking.explanation()),
                () -> {
                    asking.explanation().say("The AI says that none of the elements is meant.");
                    return new Advised(new Ranking(ranking.candidates(), ranking.none(), 0, Tier.NONE), Tier.NONE);
                },
                reason -> {
                    if (!reason.isEmpty()) {
                        asking.explanation().say(reason);
                    }
                    return new Advised(ranking, Tier.AUTO);
                });
    }

    /** Who is asked about what. */
    record Asking(Adviser adviser, String locator, String action, Explanation explanation) {}

    private static Advised chosen(Ranking ranking, int index, Explanation explanation) {
        if (index < 0 || index >= ranking.candidates().size()) {
            return new Advised(ranking, Tier.AUTO);
        }
        if (index == 0 && ranking.tier() != Tier.NONE) {
            explanation.say("The AI chooses the same element.");
            return new Advised(ranking, Tier.AUTO);
        }
        Candidate chosen = ranking.candidates().get(index);
        explanation.say("The AI chooses number " + (index + 1) + ", " + words(chosen.element())
                + ". At most a suggestion: an AI alone lifts nothing higher.");
        List<Candidate> order = new ArrayList<>(ranking.candidates());
        order.remove(chosen);
        order.add(0, chosen);
        return new Advised(new Ranking(order, ranking.none(), Tier.SUGGESTION_FLOOR, Tier.SUGGESTION), Tier.SUGGESTION);
    }

    /** Texts and attributes that tell an element; nothing that was typed is in a fingerprint. */
    private static String words(Fingerprint element) {
        StringBuilder words = new StringBuilder(
                element.nature().role().isEmpty()
                        ? element.nature().tag()
                        : element.nature().role());
        String name = element.wording().name().isEmpty()
                ? element.wording().text()
                : element.wording().name();
        words.append(" \"").append(name).append('"');
        element.attributes().forEach((key, value) -> {
            if (SAID.contains(key)) {
                words.append(' ').append(key).append('=').append(value);
            }
        });
        element.placement().anchors().stream()
                .limit(2)
                .forEach(anchor -> words.append(" in ").append(anchor));
        return words.toString();
    }
}
