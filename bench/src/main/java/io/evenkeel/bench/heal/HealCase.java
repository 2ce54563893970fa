package io.evenkeel.bench.heal;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.List;
import java.util.Set;

/**
 * One broken locator with its answer.
 *
 * @param group what is held out together in cross-validation: a site, an app, a page
 * @param old the element of the past, or what the locator says
 * @param candidates the elements of the newer page
 * @param right indices of the right candidate and of its direct parent and children; empty if the element is gone
 * @param hard whether the page has candidates that are nobody's truth
 * @param others indices of candidates that the inventory of the older page names as other elements; empty where it is not known
 */
record HealCase(
        String group,
        Fingerprint old,
        List<Fingerprint> candidates,
        Set<Integer> right,
        boolean hard,
        Set<Integer> others) {

    HealCase(String group, Fingerprint old, List<Fingerprint> candidates, Set<Integer> right, boolean hard) {
        this(group, old, candidates, right, hard, Set.of());
    }

    HealCase {
        candidates = List.copyOf(candidates);
        right = Set.copyOf(right);
        others = Set.copyOf(others);
    }

    boolean present() {
        return !right.isEmpty();
    }

    /** Returns this case with some candidates gone, among them all right ones; no inventory is known of it. */
    HealCase without(Set<Integer> removed) {
        List<Fingerprint> left = new java.util.ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            if (!removed.contains(i)) {
                left.add(candidates.get(i));
            }
        }
        return new HealCase(group, old, left, Set.of(), hard);
    }
}
