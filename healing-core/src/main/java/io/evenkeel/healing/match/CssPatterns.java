package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Thirteen CSS selectors one could have written for the element of the past, each a voter: does it still find the candidate?
 *
 * <p>Pure and thread-safe.
 */
final class CssPatterns {

    /** A selector that can be written for some elements; both sides are fingerprints, so no page is needed. */
    private record Pattern(Predicate<Traits> applies, BiPredicate<Traits, Traits> matches) {}

    private static final List<Pattern> PATTERNS = List.of(
            // html > body > … > tag:nth-of-type(n)
            new Pattern(f -> true, (a, b) -> path(a).equals(path(b))),
            // html > body > … > tag
            new Pattern(f -> true, (a, b) -> a.tags().equals(b.tags())),
            // parent > tag:nth-of-type(n), last three steps
            new Pattern(f -> path(f).size() >= 3, (a, b) -> ends(path(a), path(b), 3)),
            // grandparent > parent > tag
            new Pattern(f -> path(f).size() >= 3, (a, b) -> ends(a.tags(), b.tags(), 3)),
            // tag#id
            attribute("id"),
            // tag[name=…]
            attribute("name"),
            // tag[type=…]
            attribute("type"),
            // tag[href=…]
            attribute("href"),
            // tag[placeholder=…]
            attribute("placeholder"),
            // tag[aria-label=…]
            attribute("aria-label"),
            // tag.class.class
            new Pattern(
                    f -> !f.classes().isEmpty(),
                    (a, b) -> sameTag(a, b) && b.classes().containsAll(a.classes())),
            // #ancestor tag
            new Pattern(
                    f -> !nearestId(f).isEmpty(),
                    (a, b) -> sameTag(a, b) && b.anchors().contains(nearestId(a))),
            // [data-testid=…]
            attribute(Fingerprint.TEST_ID));

    private CssPatterns() {}

    private static Pattern attribute(String name) {
        return new Pattern(
                f -> !f.attribute(name).blank(),
                (a, b) -> sameTag(a, b)
                        && a.attribute(name).raw().equals(b.attribute(name).raw()));
    }

    private static boolean sameTag(Traits a, Traits b) {
        return a.tag().equals(b.tag());
    }

    private static List<String> path(Traits f) {
        return f.fingerprint().placement().path();
    }

    private static String nearestId(Traits f) {
        for (String anchor : f.fingerprint().placement().anchors()) {
            if (anchor.startsWith("id:")) {
                return anchor;
            }
        }
        return "";
    }

    private static boolean ends(List<String> a, List<String> b, int steps) {
        return b.size() >= steps && a.subList(a.size() - steps, a.size()).equals(b.subList(b.size() - steps, b.size()));
    }

    /** Returns the share of the selectors of the old element that find the candidate. */
    static double agreement(Traits old, Traits candidate) {
        int applicable = 0;
        int found = 0;
        for (Pattern pattern : PATTERNS) {
            if (pattern.applies().test(old)) {
                applicable++;
                found += pattern.matches().test(old, candidate) ? 1 : 0;
            }
        }
        return found / (double) applicable;
    }
}
