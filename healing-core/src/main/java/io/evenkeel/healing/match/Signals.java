package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Box;
import io.evenkeel.healing.snapshot.Roles;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;
import java.util.regex.Pattern;

/** The signals of the reference model, in a fixed order. Pure and thread-safe. */
public final class Signals {

    private static final Pattern HASHED = Pattern.compile(
            "(?i).*(?:[0-9a-f]{6,}|[a-z]*\\d[a-z\\d]*\\d[a-z\\d]{2,}).*|^(?:css|sc|jsx|svelte|emotion)-.*|.*__[A-Za-z0-9]{5,}$");

    /** All signals. */
    public static final List<Signal> ALL = List.of(
            signal(
                    "tag",
                    Strategy.ATTRIBUTES,
                    (a, b) -> flag(a.nature().tag().equals(b.nature().tag()))),
            signal(
                    "role",
                    Strategy.ATTRIBUTES,
                    (a, b) -> a.nature().role().isEmpty() || b.nature().role().isEmpty()
                            ? Double.NaN
                            : flag(a.nature().role().equals(b.nature().role()))),
            signal("interactive", Strategy.ATTRIBUTES, (a, b) -> flag(acts(a) == acts(b))),
            signal("type", Strategy.ATTRIBUTES, same(attribute("type"))),
            signal("text equal", Strategy.TEXT, same(f -> f.wording().text())),
            signal("text edit", Strategy.TEXT, edit(f -> f.wording().text())),
            signal("text words", Strategy.TEXT, words(f -> f.wording().text())),
            signal("name equal", Strategy.TEXT, same(Signals::shown)),
            signal("name edit", Strategy.TEXT, edit(Signals::shown)),
            signal("label", Strategy.TEXT, edit(f -> f.wording().label())),
            signal("meaning", Strategy.SEMANTIC, (a, b) -> Synonyms.meaning(shown(a), shown(b))),
            signal(
                    "text and kind",
                    Strategy.TEXT,
                    (a, b) -> both(
                            same(Signals::shown).applyAsDouble(a, b),
                            flag(a.nature().tag().equals(b.nature().tag())))),
            signal("test id equal", Strategy.TEST_ID, same(attribute(Fingerprint.TEST_ID))),
            signal("test id edit", Strategy.TEST_ID, edit(attribute(Fingerprint.TEST_ID))),
            signal("test id words", Strategy.TEST_ID, words(attribute(Fingerprint.TEST_ID))),
            signal("id equal", Strategy.ATTRIBUTES, same(attribute("id"))),
            signal("id edit", Strategy.ATTRIBUTES, edit(attribute("id"))),
            signal("id words", Strategy.ATTRIBUTES, words(attribute("id"))),
            signal("name attribute", Strategy.ATTRIBUTES, edit(attribute("name"))),
            signal("placeholder", Strategy.ATTRIBUTES, edit(attribute("placeholder"))),
            signal("aria-label", Strategy.ATTRIBUTES, edit(attribute("aria-label"))),
            signal("title", Strategy.ATTRIBUTES, edit(attribute("title"))),
            signal("alt", Strategy.ATTRIBUTES, edit(attribute("alt"))),
            signal("value", Strategy.ATTRIBUTES, edit(attribute("value"))),
            signal("href equal", Strategy.ATTRIBUTES, same(attribute("href"))),
            signal("href edit", Strategy.ATTRIBUTES, edit(attribute("href"))),
            signal("class words", Strategy.ATTRIBUTES, (a, b) -> classes(a, b)),
            signal("class equal", Strategy.ATTRIBUTES, same(attribute("class"))),
            signal("css patterns", Strategy.CSS_HIERARCHY, CssPatterns::agreement),
            signal(
                    "path",
                    Strategy.CSS_HIERARCHY,
                    (a, b) -> Similarity.sequence(
                            a.placement().path(), b.placement().path())),
            signal(
                    "path tags",
                    Strategy.CSS_HIERARCHY,
                    (a, b) -> Similarity.sequence(CssPatterns.tags(a), CssPatterns.tags(b))),
            signal(
                    "path equal",
                    Strategy.CSS_HIERARCHY,
                    (a, b) -> flag(a.placement().path().equals(b.placement().path()))),
            signal("path tail", Strategy.CSS_HIERARCHY, Signals::tail),
            signal("anchor", Strategy.ANCHOR, Signals::anchor),
            signal(
                    "anchors",
                    Strategy.ANCHOR,
                    (a, b) -> a.placement().anchors().isEmpty()
                                    || b.placement().anchors().isEmpty()
                            ? Double.NaN
                            : Similarity.overlap(
                                    new HashSet<>(a.placement().anchors()),
                                    new HashSet<>(b.placement().anchors()))),
            signal("neighbours", Strategy.ANCHOR, words(f -> f.placement().neighbours())),
            signal(
                    "rank",
                    Strategy.ANCHOR,
                    (a, b) -> 1 - Math.abs(a.placement().rank() - b.placement().rank())),
            signal(
                    "unique",
                    Strategy.TEXT,
                    (a, b) -> a.placement().twins() < 0 || b.placement().twins() < 0
                            ? Double.NaN
                            : flag((a.placement().twins() == 0)
                                    == (b.placement().twins() == 0))),
            signal("position", Strategy.VISUAL, (a, b) -> position(a.box(), b.box())),
            signal("size", Strategy.VISUAL, (a, b) -> size(a.box(), b.box())));

    private Signals() {}

    private static Signal signal(
            String name, Strategy strategy, ToDoubleBiFunction<Fingerprint, Fingerprint> comparison) {
        return new Signal(name, strategy, comparison);
    }

    /** Returns the text a person would call the element by. */
    static String shown(Fingerprint f) {
        for (String text : List.of(
                f.wording().name(),
                f.wording().text(),
                f.attribute("aria-label"),
                f.attribute("alt"),
                f.attribute("title"),
                f.attribute("placeholder"),
                f.attribute("value"))) {
            if (!text.isBlank()) {
                return text;
            }
        }
        return "";
    }

    private static Function<Fingerprint, String> attribute(String name) {
        return f -> f.attribute(name);
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private static double both(double a, double b) {
        return Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : a * b;
    }

    private static boolean acts(Fingerprint f) {
        return Roles.interactive(f.nature().role())
                || f.nature().tag().equals("a")
                || f.attribute("class").toLowerCase(java.util.Locale.ROOT).matches(".*\\b(btn|button).*");
    }

    private static ToDoubleBiFunction<Fingerprint, Fingerprint> same(Function<Fingerprint, String> of) {
        return (a, b) -> {
            String x = of.apply(a);
            String y = of.apply(b);
            return x.isBlank() || y.isBlank()
                    ? Double.NaN
                    : flag(Similarity.fold(x).equals(Similarity.fold(y)));
        };
    }

    private static ToDoubleBiFunction<Fingerprint, Fingerprint> edit(Function<Fingerprint, String> of) {
        return (a, b) -> {
            String x = of.apply(a);
            String y = of.apply(b);
            return x.isBlank() || y.isBlank() ? Double.NaN : Similarity.edit(Similarity.fold(x), Similarity.fold(y));
        };
    }

    private static ToDoubleBiFunction<Fingerprint, Fingerprint> words(Function<Fingerprint, String> of) {
        return (a, b) -> {
            String x = of.apply(a);
            String y = of.apply(b);
            return x.isBlank() || y.isBlank() ? Double.NaN : Similarity.words(x, y);
        };
    }

    private static double classes(Fingerprint a, Fingerprint b) {
        Set<String> x = classTokens(a);
        Set<String> y = classTokens(b);
        return x.isEmpty() || y.isEmpty() ? Double.NaN : Similarity.overlap(x, y);
    }

    static Set<String> classTokens(Fingerprint f) {
        Set<String> tokens = new HashSet<>();
        for (String token : f.attribute("class").split("\\s+")) {
            if (!token.isEmpty() && !HASHED.matcher(token).matches()) {
                tokens.add(token);
            }
        }
        return tokens;
    }

    private static double tail(Fingerprint a, Fingerprint b) {
        List<String> x = a.placement().path();
        List<String> y = b.placement().path();
        int same = 0;
        while (same < 5
                && same < x.size()
                && same < y.size()
                && x.get(x.size() - 1 - same).equals(y.get(y.size() - 1 - same))) {
            same++;
        }
        return same / 5.0;
    }

    private static double anchor(Fingerprint a, Fingerprint b) {
        if (a.placement().anchors().isEmpty() || b.placement().anchors().isEmpty()) {
            return Double.NaN;
        }
        return Similarity.edit(
                a.placement().anchors().get(0), b.placement().anchors().get(0));
    }

    private static double position(Box a, Box b) {
        if (!a.known() || !b.known()) {
            return Double.NaN;
        }
        return Math.exp(-Math.hypot(a.x() - b.x(), a.y() - b.y()) / 200);
    }

    private static double size(Box a, Box b) {
        if (!a.known() || !b.known()) {
            return Double.NaN;
        }
        double common = Math.min(a.width(), b.width()) * Math.min(a.height(), b.height());
        double larger = Math.max(a.width(), b.width()) * Math.max(a.height(), b.height());
        return larger <= 0 ? Double.NaN : common / larger;
    }
}
