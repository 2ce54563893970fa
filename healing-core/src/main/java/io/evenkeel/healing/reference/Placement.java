package io.evenkeel.healing.reference;

import java.util.List;

/**
 * Where an element stands in its document.
 *
 * @param path steps from the root to the element, such as {@code form#login}, {@code div:2}, {@code button}; see
 *     {@link Fingerprints}
 * @param anchors what surrounds it, nearest first: {@code landmark:}, {@code heading:}, {@code row:}, {@code testid:} of ancestors
 * @param neighbours words of the siblings and of the nearest text around it, at most 300 characters
 * @param twins number of other elements of the page with the same role and the same name or text; -1 if unknown
 * @param rank position among the elements of the same role, from 0 to 1; NaN if unknown
 */
public record Placement(List<String> path, List<String> anchors, String neighbours, int twins, double rank) {

    public Placement {
        path = List.copyOf(path);
        anchors = List.copyOf(anchors);
    }
}
