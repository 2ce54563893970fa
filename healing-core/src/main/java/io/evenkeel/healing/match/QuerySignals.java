package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Roles;
import java.util.List;
import java.util.Set;

/**
 * The signals of the model without a reference: the words of the locator against everything an element is called by.
 *
 * <p>The old side holds what the locator says ({@code @literal}: all its words, {@code @action}: the operation). Pure and thread-safe.
 */
public final class QuerySignals {

    /** Nobody clicks these for their own sake. */
    private static final Set<String> CONTAINERS =
            Set.of("form", "fieldset", "table", "thead", "tbody", "ul", "ol", "main", "header", "footer", "nav");

    /** All signals. */
    public static final List<Signal> ALL = List.of(
            new Signal("literal edit", Strategy.TEXT, (q, c) -> best(q, c, QuerySignals::edit)),
            new Signal(
                    "literal words",
                    Strategy.TEXT,
                    (q, c) -> best(q, c, (a, b) -> a.words().overlap(b.words()))),
            new Signal("literal bigrams", Strategy.TEXT, (q, c) -> best(q, c, QuerySignals::bigrams)),
            new Signal("literal covered", Strategy.TEXT, QuerySignals::covered),
            new Signal("rare words covered", Strategy.TEXT, QuerySignals::rarelyCovered),
            new Signal("meaning", Strategy.SEMANTIC, QuerySignals::meaning),
            new Signal(
                    "meaning and role",
                    Strategy.SEMANTIC,
                    (q, c) -> q.role().isEmpty() ? Double.NaN : q.role().equals(c.role()) ? named(q, c) : 0),
            new Signal("test id", Strategy.TEST_ID, (q, c) -> sameKind(q, c, Fingerprint.TEST_ID)),
            new Signal("id", Strategy.ATTRIBUTES, (q, c) -> sameKind(q, c, "id")),
            new Signal("name attribute", Strategy.ATTRIBUTES, (q, c) -> sameKind(q, c, "name")),
            new Signal("placeholder", Strategy.ATTRIBUTES, (q, c) -> sameKind(q, c, "placeholder")),
            new Signal("label", Strategy.TEXT, (q, c) -> pair(q.label(), c.label())),
            new Signal("name", Strategy.TEXT, (q, c) -> pair(q.name(), c.shown())),
            new Signal(
                    "class",
                    Strategy.CSS_HIERARCHY,
                    (q, c) -> q.classes().isEmpty() ? Double.NaN : q.classes().overlap(c.classes())),
            new Signal(
                    "role",
                    Strategy.ATTRIBUTES,
                    (q, c) -> q.role().isEmpty() ? Double.NaN : flag(q.role().equals(c.role()))),
            new Signal(
                    "tag",
                    Strategy.ATTRIBUTES,
                    (q, c) -> q.tag().isEmpty() ? Double.NaN : flag(q.tag().equals(c.tag()))),
            new Signal("interactive", Strategy.ATTRIBUTES, (q, c) -> flag(Roles.interactive(c.role()))),
            new Signal(
                    "fits the action",
                    Strategy.ATTRIBUTES,
                    (q, c) -> flag(fits(q.attribute("@action").raw(), c.fingerprint()))));

    private QuerySignals() {}

    private interface Measure {
        double of(Phrase a, Phrase b);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private static Phrase literal(Traits query) {
        return query.attribute("@literal");
    }

    private static double best(Traits query, Traits candidate, Measure measure) {
        Phrase literal = literal(query);
        if (literal.blank()) {
            return Double.NaN;
        }
        double best = 0;
        for (Phrase called : candidate.called()) {
            best = Synonyms.opposite(literal, called) ? best : Math.max(best, measure.of(literal, called));
        }
        return best;
    }

    private static double edit(Phrase a, Phrase b) {
        return a.plainEdit(b);
    }

    private static double bigrams(Phrase a, Phrase b) {
        WordSet x = a.grams();
        WordSet y = b.grams();
        return x.isEmpty() || y.isEmpty() ? 0 : 2.0 * x.common(y) / (x.size() + y.size());
    }

    /** Returns the share of the words of the locator that the element has anywhere, a word counting if one begins with the other. */
    private static double covered(Traits query, Traits candidate) {
        WordSet wanted = literal(query).words();
        if (wanted.isEmpty()) {
            return Double.NaN;
        }
        double found = 0;
        for (int i = 0; i < wanted.size(); i++) {
            found += has(candidate, wanted.at(i));
        }
        return found / wanted.size();
    }

    /** The same, each word counting by how rare it is on the page. */
    private static double rarelyCovered(Traits query, Traits candidate) {
        WordSet wanted = literal(query).words();
        if (wanted.isEmpty()) {
            return Double.NaN;
        }
        double found = 0;
        double all = 0;
        for (int i = 0; i < wanted.size(); i++) {
            double rarity = candidate.rarity().of(wanted.at(i));
            all += rarity;
            found += rarity * has(candidate, wanted.at(i));
        }
        return all <= 0 ? 0 : found / all;
    }

    private static double has(Traits candidate, int number) {
        WordSet own = candidate.own();
        if (own.contains(number)) {
            return 1;
        }
        String word = candidate.word(number);
        for (int i = 0; word.length() > 3 && i < own.size(); i++) {
            String other = candidate.word(own.at(i));
            if (other.length() > 3 && (other.startsWith(word) || word.startsWith(other) || word.endsWith(other))) {
                return 0.7;
            }
        }
        return 0;
    }

    private static double meaning(Traits query, Traits candidate) {
        double best = Double.NaN;
        for (Phrase called : candidate.called()) {
            double value = Synonyms.meaning(literal(query), called);
            best = Double.isNaN(best) || value > best ? value : best;
        }
        return best;
    }

    /** How far the name of the locator and that of the candidate mean the same. */
    private static double named(Traits query, Traits candidate) {
        return Synonyms.meaning(query.name(), candidate.shown());
    }

    private static double sameKind(Traits query, Traits candidate, String key) {
        return pair(query.attribute(key), candidate.attribute(key));
    }

    private static double pair(Phrase wanted, Phrase found) {
        if (wanted.blank()) {
            return Double.NaN;
        }
        if (found.blank() || Synonyms.opposite(wanted, found)) {
            return 0; // "first name" looks much like "last name"
        }
        double meaning = Synonyms.meaning(wanted, found);
        double looks = Math.max(Math.max(edit(wanted, found), bigrams(wanted, found)), kept(wanted, found));
        return Double.isNaN(meaning) ? looks : Math.max(looks, meaning);
    }

    /** Returns the share of the wanted words that are still there: a renamed identifier often keeps the word for the thing. */
    private static double kept(Phrase wanted, Phrase found) {
        return wanted.words().common(found.words())
                / (double) Math.max(1, wanted.words().size());
    }

    /** Returns whether it is a part of the page that nobody clicks for its own sake. */
    public static boolean container(Fingerprint candidate) {
        return CONTAINERS.contains(candidate.nature().tag());
    }

    /** Returns whether the operation can be done with the element at all. */
    public static boolean fits(String action, Fingerprint candidate) {
        String role = candidate.nature().role();
        String tag = candidate.nature().tag();
        String type = candidate.attribute("type").toLowerCase(java.util.Locale.ROOT);
        return switch (action) {
            case "fill", "type", "pressSequentially", "clear" -> Roles.editable(role) && !tag.equals("select");
            case "check", "uncheck", "setChecked" ->
                Set.of("checkbox", "radio", "switch", "menuitemcheckbox", "menuitemradio")
                        .contains(role);
            case "selectOption" -> tag.equals("select") || tag.equals("label");
            case "setInputFiles" -> type.equals("file") || tag.equals("label");
            case "click", "dblclick", "tap" -> Roles.interactive(role) || !container(candidate);
            default -> true;
        };
    }
}
