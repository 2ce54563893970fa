package io.evenkeel.healing.reference;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What tells one page of the application from another.
 *
 * @param path address without scheme, host, query and fragment, with numbers and hashes replaced by {@code *}; empty if unknown
 * @param title document title
 * @param marks landmarks, headings of the first two levels and test ids, at most 60
 * @param inventory what could be acted on
 */
public record PageFacts(String path, String title, Set<String> marks, Inventory inventory) {

    /** Nothing is known of the page. */
    public static final PageFacts UNKNOWN = new PageFacts("", "", Set.of(), Inventory.UNKNOWN);

    public PageFacts {
        marks = Collections.unmodifiableSet(new TreeSet<>(marks));
    }

    /** Returns these facts with an inventory. */
    public PageFacts with(Inventory stock) {
        return new PageFacts(path, title, marks, stock);
    }
}
