package io.evenkeel.healing.reference;

import io.evenkeel.healing.source.CallSite;
import java.util.ArrayList;
import java.util.List;

/**
 * References of many call sites, newest last.
 *
 * <p>Immutable.
 *
 * @param references in the order learned
 */
public record ReferenceBook(List<Reference> references) {

    /** Versions kept of one locator at one call site. */
    public static final int VERSIONS = 5;

    /** Nothing was learned. */
    public static final ReferenceBook EMPTY = new ReferenceBook(List.of());

    public ReferenceBook {
        references = List.copyOf(references);
    }

    /**
     * Returns what a locator resolved to, newest first: at its call site, else at another line of the same file (the test was
     * edited since), else empty.
     */
    public List<Reference> find(CallSite site, String locator) {
        List<Reference> here = new ArrayList<>();
        List<Reference> sameFile = new ArrayList<>();
        for (int i = references.size() - 1; i >= 0; i--) {
            Reference reference = references.get(i);
            if (reference.locator().equals(locator) && reference.site().sameFileAs(site)) {
                boolean exact = reference.site().line() == site.line()
                        && reference.site().column() == site.column();
                (exact ? here : sameFile).add(reference);
            }
        }
        return here.isEmpty() ? sameFile : here;
    }

    /** Returns this book with newer references added; of each locator at each call site the newest {@link #VERSIONS} stay. */
    public ReferenceBook with(List<Reference> newer) {
        List<Reference> all = new ArrayList<>(references);
        for (Reference reference : newer) {
            all.remove(reference);
            all.add(reference);
        }
        java.util.Map<String, Integer> seen = new java.util.HashMap<>();
        List<Reference> kept = new ArrayList<>();
        for (int i = all.size() - 1; i >= 0; i--) {
            Reference reference = all.get(i);
            int count = seen.merge(reference.site() + " " + reference.locator(), 1, Integer::sum);
            if (count <= VERSIONS) {
                kept.add(0, reference);
            }
        }
        return new ReferenceBook(kept);
    }
}
