package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.snapshot.Box;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

/** The signals of the reference model, in a fixed order. Pure and thread-safe. */
public final class Signals {

    /** All signals. */
    public static final List<Signal> ALL = List.of(
            signal("tag", Strategy.ATTRIBUTES, (a, b) -> flag(a.tag().equals(b.tag()))),
            signal(
                    "role",
                    Strategy.ATTRIBUTES,
                    (a, b) -> a.role().isEmpty() || b.role().isEmpty()
                            ? Double.NaN
                            : flag(a.role().equals(b.role()))),
            signal("interactive", Strategy.ATTRIBUTES, (a, b) -> flag(a.acts() == b.acts())),
            signal("type", Strategy.ATTRIBUTES, same(attribute("type"))),
            signal(
                    "has text",
                    Strategy.TEXT,
                    (a, b) -> flag(a.shown().blank() == b.shown().blank())),
            signal("text equal", Strategy.TEXT, same(Traits::text)),
            signal("text edit", Strategy.TEXT, edit(Traits::text)),
            signal("text words", Strategy.TEXT, words(Traits::text)),
            signal("name equal", Strategy.TEXT, same(Traits::shown)),
            signal("name edit", Strategy.TEXT, edit(Traits::shown)),
            signal("name contained", Strategy.TEXT, contained(Traits::shown)),
            signal("label", Strategy.TEXT, edit(Traits::label)),
            signal("meaning", Strategy.SEMANTIC, (a, b) -> Synonyms.meaning(a.shown(), b.shown())),
            signal(
                    "text and kind",
                    Strategy.TEXT,
                    (a, b) -> a.shown().blank() || b.shown().blank()
                            ? Double.NaN
                            : flag(a.shown().folded().equals(b.shown().folded())
                                    && a.tag().equals(b.tag()))),
            signal("only one so called", Strategy.TEXT, Signals::onlyOne),
            signal("test id equal", Strategy.TEST_ID, same(attribute(Fingerprint.TEST_ID))),
            signal("test id edit", Strategy.TEST_ID, edit(attribute(Fingerprint.TEST_ID))),
            signal("test id words", Strategy.TEST_ID, words(attribute(Fingerprint.TEST_ID))),
            signal("id equal", Strategy.ATTRIBUTES, same(attribute("id"))),
            signal("id edit", Strategy.ATTRIBUTES, edit(attribute("id"))),
            signal("id words", Strategy.ATTRIBUTES, words(attribute("id"))),
            signal("name attribute equal", Strategy.ATTRIBUTES, same(attribute("name"))),
            signal("name attribute", Strategy.ATTRIBUTES, edit(attribute("name"))),
            signal("placeholder", Strategy.ATTRIBUTES, edit(attribute("placeholder"))),
            signal("aria-label", Strategy.ATTRIBUTES, edit(attribute("aria-label"))),
            signal("title", Strategy.ATTRIBUTES, edit(attribute("title"))),
            signal("alt", Strategy.ATTRIBUTES, edit(attribute("alt"))),
            signal("value", Strategy.ATTRIBUTES, edit(attribute("value"))),
            signal("href equal", Strategy.ATTRIBUTES, same(attribute("href"))),
            signal("href edit", Strategy.ATTRIBUTES, edit(attribute("href"))),
            signal("href words", Strategy.ATTRIBUTES, contained(attribute("href"))),
            signal("class words", Strategy.ATTRIBUTES, (a, b) -> sets(a.classes(), b.classes())),
            signal("class parts", Strategy.ATTRIBUTES, (a, b) -> sets(a.classParts(), b.classParts())),
            signal("class equal", Strategy.ATTRIBUTES, same(attribute("class"))),
            signal("own words", Strategy.ATTRIBUTES, (a, b) -> rare(a, b, true)),
            signal("own words kept", Strategy.ATTRIBUTES, (a, b) -> rare(a, b, false)),
            signal("css patterns", Strategy.CSS_HIERARCHY, CssPatterns::agreement),
            signal("path", Strategy.CSS_HIERARCHY, (a, b) -> Similarity.sequence(a.path(), b.path())),
            signal("path tags", Strategy.CSS_HIERARCHY, (a, b) -> Similarity.sequence(a.tags(), b.tags())),
            signal("path equal", Strategy.CSS_HIERARCHY, (a, b) -> flag(Arrays.equals(a.path(), b.path()))),
            signal("path tail", Strategy.CSS_HIERARCHY, Signals::tail),
            signal("landmarks", Strategy.ANCHOR, (a, b) -> sets(a.landmarks(), b.landmarks())),
            signal("anchor", Strategy.ANCHOR, Signals::anchor),
            signal("anchors", Strategy.ANCHOR, (a, b) -> sets(a.anchors(), b.anchors())),
            signal("neighbours", Strategy.ANCHOR, (a, b) -> sets(a.near(), b.near())),
            signal(
                    "rank",
                    Strategy.ANCHOR,
                    (a, b) -> 1
                            - Math.abs(a.fingerprint().placement().rank()
                                    - b.fingerprint().placement().rank())),
            signal(
                    "unique",
                    Strategy.TEXT,
                    (a, b) -> twins(a) < 0 || twins(b) < 0 ? Double.NaN : flag((twins(a) == 0) == (twins(b) == 0))),
            signal("overall", Strategy.ATTRIBUTES, Signals::overall),
            signal(
                    "position",
                    Strategy.VISUAL,
                    (a, b) -> position(a.fingerprint().box(), b.fingerprint().box())),
            signal(
                    "size",
                    Strategy.VISUAL,
                    (a, b) -> size(a.fingerprint().box(), b.fingerprint().box())));

    private Signals() {}

    private static Signal signal(String name, Strategy strategy, ToDoubleBiFunction<Traits, Traits> comparison) {
        return new Signal(name, strategy, comparison);
    }

    private static Function<Traits, Phrase> attribute(String name) {
        int slot = Traits.slot(name);
        return f -> f.attribute(slot);
    }

    private static int twins(Traits f) {
        return f.fingerprint().placement().twins();
    }

    private static double flag(boolean value) {
        return value ? 1 : 0;
    }

    private static ToDoubleBiFunction<Traits, Traits> same(Function<Traits, Phrase> of) {
        return (a, b) -> {
            Phrase x = of.apply(a);
            Phrase y = of.apply(b);
            return x.blank() || y.blank() ? Double.NaN : flag(x.folded().equals(y.folded()));
        };
    }

    private static ToDoubleBiFunction<Traits, Traits> edit(Function<Traits, Phrase> of) {
        return (a, b) -> {
            Phrase x = of.apply(a);
            Phrase y = of.apply(b);
            return x.blank() || y.blank() ? Double.NaN : x.edit(y);
        };
    }

    private static ToDoubleBiFunction<Traits, Traits> words(Function<Traits, Phrase> of) {
        return (a, b) -> {
            Phrase x = of.apply(a);
            Phrase y = of.apply(b);
            return x.blank() || y.blank() ? Double.NaN : x.words().overlap(y.words());
        };
    }

    /** Share of the words of the shorter text that the longer one has too: texts are often cut or extended. */
    private static ToDoubleBiFunction<Traits, Traits> contained(Function<Traits, Phrase> of) {
        return (a, b) -> {
            WordSet x = of.apply(a).words();
            WordSet y = of.apply(b).words();
            return x.isEmpty() || y.isEmpty() ? Double.NaN : x.common(y) / (double) Math.min(x.size(), y.size());
        };
    }

    private static double sets(WordSet x, WordSet y) {
        return x.isEmpty() || y.isEmpty() ? Double.NaN : x.overlap(y);
    }

    /** 1 if both pages have exactly one element of that name and it is this one; NaN where the old page had several. */
    private static double onlyOne(Traits a, Traits b) {
        if (a.shown().blank() || twins(a) > 0 || twins(b) < 0) {
            return Double.NaN;
        }
        return flag(twins(b) == 0 && a.shown().folded().equals(b.shown().folded()));
    }

    /** Common words of all attributes and texts, each counting by how rare it is on the page; as a cosine, or as the share kept. */
    private static double rare(Traits a, Traits b, boolean mutual) {
        if (a.own().isEmpty() || b.own().isEmpty()) {
            return Double.NaN;
        }
        double common = b.rarity().ofCommon(a.own(), b.own());
        double then = b.rarity().of(a.own());
        double now = mutual ? b.rarity().of(b.own()) : then;
        return then <= 0 || now <= 0 ? 0 : common / Math.sqrt(then * now);
    }

    /**
     * The properties of Similo weighted as there, divided by the weights of those the old element has (Nass et al., TOSEM 2023): alone no
     * good judge, but its lead over the runner-up says something that no single property says.
     */
    private static double overall(Traits a, Traits b) {
        double[] sum = new double[2];
        add(sum, 1.5, flag(a.tag().equals(b.tag())), true);
        add(sum, 1.5, flag(equal(a, b, "name")), !a.attribute("name").blank());
        add(sum, 1.5, flag(equal(a, b, "id")), !a.attribute("id").blank());
        add(sum, 1.5, a.text().edit(b.text()), !a.text().blank());
        add(sum, 1.5, a.near().overlap(b.near()), !a.near().isEmpty());
        add(sum, 0.5, a.classParts().overlap(b.classParts()), !a.classParts().isEmpty());
        Phrase href = a.attribute("href");
        add(sum, 0.5, href.edit(b.attribute("href")), !href.blank());
        add(sum, 0.5, Similarity.sequence(a.path(), b.path()), true);
        add(sum, 0.5, flag(a.acts() == b.acts()), true);
        return sum[0] / sum[1];
    }

    private static void add(double[] sum, double weight, double similarity, boolean applies) {
        sum[0] += applies ? weight * similarity : 0;
        sum[1] += applies ? weight : 0;
    }

    private static boolean equal(Traits a, Traits b, String attribute) {
        return a.attribute(attribute).folded().equals(b.attribute(attribute).folded());
    }

    private static double tail(Traits a, Traits b) {
        int[] x = a.path();
        int[] y = b.path();
        int same = 0;
        while (same < 5 && same < x.length && same < y.length && x[x.length - 1 - same] == y[y.length - 1 - same]) {
            same++;
        }
        return same / 5.0;
    }

    private static double anchor(Traits a, Traits b) {
        Phrase x = a.firstAnchor();
        Phrase y = b.firstAnchor();
        return x.blank() || y.blank() ? Double.NaN : x.rawEdit(y);
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
