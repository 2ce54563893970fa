package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Twelve CSS selectors one could have written for the element of the past, each a voter: does it still find the candidate?
 *
 * <p>Pure and thread-safe.
 */
final class CssPatterns {

    /** A selector that can be written for some elements; both sides are fingerprints, so no page is needed. */
    private record Pattern(Predicate<Fingerprint> applies, BiPredicate<Fingerprint, Fingerprint> matches) {}

    private static final List<Pattern> PATTERNS = List.of(
            // html > body > … > tag:nth-of-type(n)
            new Pattern(
                    f -> true,
                    (a, b) -> a.placement().path().equals(b.placement().path())),
            // html > body > … > tag
            new Pattern(f -> true, (a, b) -> tags(a).equals(tags(b))),
            // parent > tag:nth-of-type(n), last three steps
            new Pattern(
                    f -> f.placement().path().size() >= 3,
                    (a, b) -> ends(a.placement().path(), b.placement().path(), 3)),
            // grandparent > parent > tag
            new Pattern(f -> f.placement().path().size() >= 3, (a, b) -> ends(tags(a), tags(b), 3)),
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
                    f -> !Signals.classTokens(f).isEmpty(),
                    (a, b) -> sameTag(a, b) && Signals.classTokens(b).containsAll(Signals.classTokens(a))),
            // #ancestor tag
            new Pattern(
                    f -> !ancestorIds(f).isEmpty(),
                    (a, b) -> sameTag(a, b)
                            && b.placement().anchors().contains(ancestorIds(a).get(0))),
            // [data-testid=…]
            attribute(Fingerprint.TEST_ID));

    private CssPatterns() {}

    private static Pattern attribute(String name) {
        return new Pattern(
                f -> !f.attribute(name).isEmpty(),
                (a, b) -> sameTag(a, b) && a.attribute(name).equals(b.attribute(name)));
    }

    private static boolean sameTag(Fingerprint a, Fingerprint b) {
        return a.nature().tag().equals(b.nature().tag());
    }

    private static List<String> ancestorIds(Fingerprint f) {
        return f.placement().anchors().stream().filter(a -> a.startsWith("id:")).toList();
    }

    /** Returns the path without positions. */
    static List<String> tags(Fingerprint f) {
        return f.placement().path().stream()
                .map(step -> step.substring(0, Math.max(step.indexOf('['), 0)))
                .toList();
    }

    private static boolean ends(List<String> a, List<String> b, int steps) {
        return b.size() >= steps && a.subList(a.size() - steps, a.size()).equals(b.subList(b.size() - steps, b.size()));
    }

    /** Returns the share of the selectors of the old element that find the candidate. */
    static double agreement(Fingerprint old, Fingerprint candidate) {
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

    /** Returns how many selectors there are, for the documentation. */
    static int count() {
        return Set.copyOf(PATTERNS).size();
    }
}
