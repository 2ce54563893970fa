package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.Arrays;
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
            new Pattern(f -> true, (a, b) -> Arrays.equals(a.path(), b.path())),
            // html > body > … > tag
            new Pattern(f -> true, (a, b) -> Arrays.equals(a.tags(), b.tags())),
            // parent > tag:nth-of-type(n), last three steps
            new Pattern(f -> f.path().length >= 3, (a, b) -> ends(a.path(), b.path(), 3)),
            // grandparent > parent > tag
            new Pattern(f -> f.path().length >= 3, (a, b) -> ends(a.tags(), b.tags(), 3)),
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
                    f -> f.nearestId() >= 0,
                    (a, b) -> sameTag(a, b) && b.anchors().contains(a.nearestId())),
            // [data-testid=…]
            attribute(Fingerprint.TEST_ID));

    private CssPatterns() {}

    private static Pattern attribute(String name) {
        int slot = Traits.slot(name);
        return new Pattern(
                f -> !f.attribute(slot).blank(),
                (a, b) -> sameTag(a, b)
                        && a.attribute(slot).raw().equals(b.attribute(slot).raw()));
    }

    private static boolean sameTag(Traits a, Traits b) {
        return a.tag().equals(b.tag());
    }

    private static boolean ends(int[] a, int[] b, int steps) {
        return b.length >= steps && Arrays.equals(a, a.length - steps, a.length, b, b.length - steps, b.length);
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
