package io.evenkeel.healing.reference;

import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The elements of a page that could be acted on when a test passed, each as a short key.
 *
 * <p>An element that stood beside the target then, and stands there unchanged now, is not what became of the target. Most wrong heals of
 * removed elements are such neighbours. A key is 40 bits of an FNV-1a hash over role, name, test id, id, address and the list item or row
 * it stands in, so a page takes about 2 KB and nothing can be read out of it. Immutable.
 *
 * @param keys at most {@value #MAX}, in order, only of elements whose key no other element of the page had; empty if unknown
 */
public record Inventory(Set<String> keys) {

    /** Nothing is known of the page. */
    public static final Inventory UNKNOWN = new Inventory(Set.of());

    private static final int MAX = 250;
    private static final int LONG = 80;

    public Inventory {
        keys = Collections.unmodifiableSet(new TreeSet<>(keys));
    }

    /** Takes stock of the elements of a page, in document order. */
    public static Inventory of(List<Fingerprint> elements) {
        Map<String, Integer> counts = counts(elements);
        Set<String> once = new HashSet<>();
        for (Fingerprint element : elements) {
            String key = key(element);
            if (once.size() < MAX && counts.getOrDefault(key, 0) == 1) {
                once.add(key);
            }
        }
        return new Inventory(once);
    }

    /**
     * Returns the indices of the candidates that surely were other elements of this page: the same key, which was and is unique, and not
     * that of the target.
     */
    public Set<Integer> others(Fingerprint target, List<Fingerprint> candidates) {
        Set<Integer> others = new HashSet<>();
        if (!keys.isEmpty()) {
            String own = key(target);
            Map<String, Integer> counts = counts(candidates);
            for (int i = 0; i < candidates.size(); i++) {
                String key = key(candidates.get(i));
                if (keys.contains(key) && !key.equals(own) && counts.getOrDefault(key, 0) == 1) {
                    others.add(i);
                }
            }
        }
        return others;
    }

    private static Map<String, Integer> counts(List<Fingerprint> elements) {
        Map<String, Integer> counts = new HashMap<>();
        for (Fingerprint element : elements) {
            String key = key(element);
            if (!key.isEmpty()) {
                counts.merge(key, 1, Integer::sum);
            }
        }
        return counts;
    }

    /** Returns the key; empty for an element without anything of its own. */
    private static String key(Fingerprint element) {
        String name = element.wording().name().isEmpty()
                ? element.wording().text()
                : element.wording().name();
        String testId = element.attribute(Fingerprint.TEST_ID);
        if (name.isEmpty() && testId.isEmpty() && element.attribute("id").isEmpty()) {
            return "";
        }
        String item = element.placement().anchors().stream()
                .filter(anchor -> anchor.startsWith("item:"))
                .findFirst()
                .orElse("");
        String kind = element.nature().role().isEmpty()
                ? element.nature().tag()
                : element.nature().role();
        return hash(List.of(
                kind,
                name.length() > LONG ? name.substring(0, LONG) : name,
                testId,
                element.attribute("id"),
                element.attribute("href"),
                item));
    }

    private static String hash(List<String> parts) {
        long hash = 0xcbf29ce484222325L;
        for (String part : parts) {
            for (int i = 0; i <= part.length(); i++) {
                hash ^= i == part.length() ? 0xffff : part.charAt(i);
                hash *= 0x100000001b3L;
            }
        }
        return Long.toString(hash >>> 24, 36);
    }
}
