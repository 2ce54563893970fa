package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The signals of the model without a reference: the words of the locator against everything an element is called by.
 *
 * <p>The old side holds what the locator says ({@code @literal}: all its words, {@code @action}: the operation). Pure and thread-safe.
 */
public final class QuerySignals {

    private static final List<String> IDENTIFIERS = List.of("id", "name", Fingerprint.TEST_ID, "class", "for", "type");
    private static final List<String> WORDINGS = List.of("placeholder", "title", "alt", "aria-label", "value");

    /** All signals. */
    public static final List<Signal> ALL = List.of(
            new Signal("literal edit", Strategy.TEXT, (q, c) -> best(q, c, QuerySignals::edit)),
            new Signal("literal words", Strategy.TEXT, (q, c) -> best(q, c, Similarity::words)),
            new Signal("literal bigrams", Strategy.TEXT, (q, c) -> best(q, c, QuerySignals::bigrams)),
            new Signal("literal covered", Strategy.TEXT, QuerySignals::covered),
            new Signal("meaning", Strategy.SEMANTIC, QuerySignals::meaning),
            new Signal("test id", Strategy.TEST_ID, (q, c) -> sameKind(q, c, Fingerprint.TEST_ID)),
            new Signal("id", Strategy.ATTRIBUTES, (q, c) -> sameKind(q, c, "id")),
            new Signal("name attribute", Strategy.ATTRIBUTES, (q, c) -> sameKind(q, c, "name")),
            new Signal("placeholder", Strategy.ATTRIBUTES, (q, c) -> sameKind(q, c, "placeholder")),
            new Signal(
                    "label",
                    Strategy.TEXT,
                    (q, c) -> pair(q.wording().label(), c.wording().label())),
            new Signal("name", Strategy.TEXT, (q, c) -> pair(q.wording().name(), Signals.shown(c))),
            new Signal(
                    "class",
                    Strategy.CSS_HIERARCHY,
                    (q, c) -> q.attribute("class").isEmpty()
                            ? Double.NaN
                            : Similarity.overlap(Signals.classTokens(q), Signals.classTokens(c))),
            new Signal(
                    "role",
                    Strategy.ATTRIBUTES,
                    (q, c) -> q.nature().role().isEmpty()
                            ? Double.NaN
                            : flag(q.nature().role().equals(c.nature().role()))),
            new Signal(
                    "tag",
                    Strategy.ATTRIBUTES,
                    (q, c) -> q.nature().tag().isEmpty()
                            ? Double.NaN
                            : flag(q.nature().tag().equals(c.nature().tag()))),
            new Signal(
                    "interactive",
                    Strategy.ATTRIBUTES,
                    (q, c) -> flag(Roles.interactive(c.nature().role()))),
            new Signal("fits the action", Strategy.ATTRIBUTES, (q, c) -> flag(fits(q.attribute("@action"), c))));

    private QuerySignals() {}

    private interface Measure {
        double of(String a, String b);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private static double best(Fingerprint query, Fingerprint candidate, Measure measure) {
        String literal = query.attribute("@literal");
        if (literal.isBlank()) {
            return Double.NaN;
        }
        double best = 0;
        for (String called : calledBy(candidate)) {
            best = Math.max(best, measure.of(literal, called));
        }
        return best;
    }

    /** Returns all an element is called by, each as one string. */
    private static List<String> calledBy(Fingerprint f) {
        List<String> all = new ArrayList<>(
                List.of(f.wording().name(), f.wording().text(), f.wording().label()));
        for (String key : IDENTIFIERS) {
            all.add(f.attribute(key));
        }
        for (String key : WORDINGS) {
            all.add(f.attribute(key));
        }
        all.removeIf(s -> s.isBlank() || s.length() > 80);
        return all;
    }

    private static double edit(String a, String b) {
        return Similarity.edit(plain(a), plain(b));
    }

    private static String plain(String text) {
        return String.join(" ", Similarity.words(text));
    }

    private static double bigrams(String a, String b) {
        Set<String> x = grams(plain(a));
        Set<String> y = grams(plain(b));
        if (x.isEmpty() || y.isEmpty()) {
            return 0;
        }
        int common = 0;
        for (String gram : x) {
            common += y.contains(gram) ? 1 : 0;
        }
        return 2.0 * common / (x.size() + y.size());
    }

    private static Set<String> grams(String text) {
        Set<String> grams = new HashSet<>();
        String joined = text.replace(" ", "");
        for (int i = 0; i + 2 <= joined.length(); i++) {
            grams.add(joined.substring(i, i + 2));
        }
        return grams;
    }

    /** Returns the share of the words of the locator that the element has anywhere, a word counting if one begins with the other. */
    private static double covered(Fingerprint query, Fingerprint candidate) {
        List<String> wanted = Similarity.words(query.attribute("@literal"));
        if (wanted.isEmpty()) {
            return Double.NaN;
        }
        Set<String> has = new HashSet<>();
        for (String called : calledBy(candidate)) {
            has.addAll(Similarity.words(called));
        }
        double found = 0;
        for (String word : wanted) {
            boolean whole = has.contains(word);
            boolean part = !whole
                    && word.length() > 3
                    && has.stream()
                            .anyMatch(h ->
                                    h.length() > 3 && (h.startsWith(word) || word.startsWith(h) || word.endsWith(h)));
            found += whole ? 1 : part ? 0.7 : 0;
        }
        return found / wanted.size();
    }

    private static double meaning(Fingerprint query, Fingerprint candidate) {
        double best = Double.NaN;
        for (String called : calledBy(candidate)) {
            double value = Synonyms.meaning(query.attribute("@literal"), called);
            best = Double.isNaN(best) || value > best ? value : best;
        }
        return best;
    }

    private static double sameKind(Fingerprint query, Fingerprint candidate, String key) {
        return pair(query.attribute(key), candidate.attribute(key));
    }

    private static double pair(String wanted, String found) {
        if (wanted.isBlank()) {
            return Double.NaN;
        }
        return found.isBlank()
                ? 0
                : Math.max(Math.max(edit(wanted, found), bigrams(wanted, found)), kept(wanted, found));
    }

    /** Returns the share of the wanted words that are still there: a renamed identifier often keeps the word for the thing. */
    private static double kept(String wanted, String found) {
        Set<String> words = new HashSet<>(Similarity.words(wanted));
        int all = words.size();
        words.retainAll(Similarity.words(found));
        return words.size() / (double) Math.max(1, all);
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
            default -> true;
        };
    }
}
