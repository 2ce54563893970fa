package io.evenkeel.healing;

import io.evenkeel.healing.match.QuerySignals;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Content;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.Roles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The elements of a page that a locator may have meant: visible, with something to be known by, and fit for the operation.
 *
 * @param elements in document order
 * @param fingerprints of the elements, in the same order
 */
public record CandidateElements(List<Element> elements, List<Fingerprint> fingerprints) {

    private static final int MAX = 25_000;
    private static final Set<String> FRAMEWORK =
            Set.of("html", "head", "body", "meta", "link", "base", "title", "br", "path");

    public CandidateElements {
        elements = List.copyOf(elements);
        fingerprints = List.copyOf(fingerprints);
    }

    /**
     * Selects the candidates.
     *
     * @param inner whether the element of the past was itself inside a button or link; else what lies inside one is left out,
     *     because an action on it reaches the button
     */
    public static CandidateElements of(Accessibility tree, Fingerprints fingerprints, String action, Nesting inner) {
        List<Element> elements = new ArrayList<>();
        List<Fingerprint> taken = new ArrayList<>();
        for (Element element : tree.snapshot().elements()) {
            boolean skipped = FRAMEWORK.contains(element.tag())
                    || tree.hidden(element)
                    || !known(tree, element)
                    || (inner == Nesting.TOP && insideInteractive(tree, element));
            if (!skipped && taken.size() < MAX) {
                Fingerprint fingerprint = fingerprints.of(element);
                if (QuerySignals.fits(action, fingerprint)) {
                    elements.add(element);
                    taken.add(fingerprint);
                }
            }
        }
        return new CandidateElements(elements, taken);
    }

    /** Whether elements inside a button or link are candidates of their own. */
    public enum Nesting {
        /** They are not: an action on them reaches the button. */
        TOP,
        /** They are. */
        INNER
    }

    /** Keeps only the elements below one of the given ones. */
    CandidateElements within(List<Element> scopes) {
        List<Element> kept = new ArrayList<>();
        List<Fingerprint> of = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            Element element = elements.get(i);
            if (scopes.stream().anyMatch(s -> s != element && s.contains(element))) {
                kept.add(element);
                of.add(fingerprints.get(i));
            }
        }
        return new CandidateElements(kept, of);
    }

    /** Keeps only the given elements. */
    CandidateElements only(List<Element> wanted) {
        List<Element> kept = new ArrayList<>();
        List<Fingerprint> of = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (wanted.contains(elements.get(i))) {
                kept.add(elements.get(i));
                of.add(fingerprints.get(i));
            }
        }
        return new CandidateElements(kept, of);
    }

    private static boolean known(Accessibility tree, Element element) {
        if (!tree.role(element).isEmpty() || element.has("id") || element.has("onclick") || element.has("tabindex")) {
            return true;
        }
        for (String name : element.attributes().keySet()) {
            if (name.startsWith("data-") || name.startsWith("aria-") || name.equals("name") || name.equals("title")) {
                return true;
            }
        }
        return element.content().stream()
                .anyMatch(
                        c -> c.match(e -> false, (Content.Text t) -> !t.value().isBlank()));
    }

    private static boolean insideInteractive(Accessibility tree, Element element) {
        for (Optional<Element> at = element.parent();
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().tag().equals("button")
                    || at.get().tag().equals("a")
                    || (Roles.interactive(tree.role(at.get()))
                            && !at.get().tag().equals("select"))) {
                return true;
            }
        }
        return false;
    }
}
