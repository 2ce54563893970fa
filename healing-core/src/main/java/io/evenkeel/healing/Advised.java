package io.evenkeel.healing;

import io.evenkeel.healing.Adviser.Described;
import io.evenkeel.healing.Adviser.Question;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.reference.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A ranking after the advisers were asked.
 *
 * <p>They are asked only where the ranker is in doubt, one after the other until one says something. An adviser may choose another
 * candidate or none. What it changes is a suggestion at most; where it agrees, the ranker's own confidence stands. Immutable.
 *
 * @param ranking with the chosen candidate first
 * @param cap the best tier that is left
 * @param said what was said, for people
 */
public record Advised(Ranking ranking, Tier cap, List<String> said) {

    /** Below it the ranker's candidates are no better than a guess, and so would be a choice among them. */
    static final double FLOOR = 0.3;

    private static final Set<String> SAID =
            Set.of(Fingerprint.TEST_ID, "id", "name", "placeholder", "title", "aria-label", "type");

    /** By what a person calls an element that shows no text, the best first. */
    private static final List<String> SHOWN = List.of("aria-label", "placeholder", "title", "alt", "value");

    public Advised {
        said = List.copyOf(said);
    }

    /**
     * What is looked for.
     *
     * @param locator the broken locator
     * @param action what the test did with it
     * @param then what it found in a passing run; of one that was never seen only the texts in the locator are known
     */
    public record Sought(String locator, String action, Described then) {}

    /** Returns what a locator says of an element that was never seen: texts and labels, not identifiers, which nobody reads. */
    public static Described unseen(Fingerprint wording) {
        return new Described("", described(wording).text());
    }

    /** Asks where the confidence lies in [{@link #FLOOR}, {@link Tier#AUTO_FLOOR}). */
    public static Advised of(Ranking ranking, Sought sought, List<Adviser> advisers) {
        List<String> said = new ArrayList<>();
        if (ranking.confidence() >= FLOOR && ranking.confidence() < Tier.AUTO_FLOOR) {
            List<Described> best = ranking.candidates().stream()
                    .limit(Adviser.MOST_CANDIDATES)
                    .filter(candidate -> candidate.probability() > 0)
                    .map(candidate -> described(candidate.element()))
                    .toList();
            Question question = new Question(sought.locator(), sought.action(), sought.then(), best, ranking.tier());
            for (Adviser adviser : advisers) {
                Optional<Advised> advised = asked(ranking, question, adviser, said);
                if (advised.isPresent()) {
                    return advised.get();
                }
            }
        }
        return new Advised(ranking, Tier.AUTO, said);
    }

    /** Returns an element of a page in words; nothing that was typed is in a fingerprint. */
    public static Described described(Fingerprint element) {
        String name = element.wording().name().isEmpty()
                ? element.wording().text()
                : element.wording().name();
        StringBuilder words = new StringBuilder(
                element.nature().role().isEmpty()
                        ? element.nature().tag()
                        : element.nature().role());
        words.append(" \"").append(name).append('"');
        element.attributes().forEach((key, value) -> {
            if (SAID.contains(key)) {
                words.append(' ').append(key).append('=').append(value);
            }
        });
        element.placement().anchors().stream()
                .limit(2)
                .forEach(anchor -> words.append(" in ").append(anchor));
        return new Described(words.toString(), name.isEmpty() ? otherwise(element) : name);
    }

    private static String otherwise(Fingerprint element) {
        return element.wording().label().isEmpty()
                ? SHOWN.stream()
                        .map(element::attribute)
                        .filter(value -> !value.isEmpty())
                        .findFirst()
                        .orElse("")
                : element.wording().label();
    }

    /** Returns what came of asking one adviser; empty if it said nothing of use. */
    private static Optional<Advised> asked(Ranking ranking, Question question, Adviser adviser, List<String> said) {
        return adviser.ask(question)
                .match(
                        index -> index >= 0 && index < question.candidates().size()
                                ? Optional.of(chosen(ranking, index, adviser, said))
                                : Optional.empty(),
                        () -> {
                            said.add(adviser.name() + " says that none of the elements is meant.");
                            Ranking none = new Ranking(ranking.candidates(), ranking.none(), 0, Tier.NONE);
                            return Optional.of(new Advised(none, Tier.NONE, said));
                        },
                        reason -> {
                            if (!reason.isEmpty()) {
                                said.add(reason);
                            }
                            return Optional.empty();
                        });
    }

    private static Advised chosen(Ranking ranking, int index, Adviser adviser, List<String> said) {
        if (index == 0 && ranking.tier() != Tier.NONE) {
            said.add(adviser.name() + " chooses the same element.");
            return new Advised(ranking, Tier.SUGGESTION, said);
        }
        Candidate chosen = ranking.candidates().get(index);
        said.add(adviser.name() + " chooses number " + (index + 1) + ", "
                + described(chosen.element()).all() + ". At most a suggestion: advice alone lifts nothing higher.");
        List<Candidate> order = new ArrayList<>(ranking.candidates());
        order.remove(index);
        order.add(0, chosen);
        Ranking changed = new Ranking(order, ranking.none(), Tier.SUGGESTION_FLOOR, Tier.SUGGESTION);
        return new Advised(changed, Tier.SUGGESTION, said);
    }
}
