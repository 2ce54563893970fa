package io.evenkeel.healing.match;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A text in the forms in which it is compared.
 *
 * @param raw as it was
 * @param folded lower case, white space collapsed
 * @param plain its words, joined by blanks
 * @param list its words in order
 * @param words its words
 * @param grams pairs of neighbouring characters of {@code plain} without blanks
 */
record Phrase(String raw, String folded, String plain, List<String> list, Set<String> words, Set<String> grams) {

    static final Phrase NONE = new Phrase("", "", "", List.of(), Set.of(), Set.of());

    static Phrase of(String raw) {
        if (raw.isBlank()) {
            return NONE;
        }
        List<String> list = Similarity.words(raw);
        String joined = String.join("", list);
        Set<String> grams = new HashSet<>();
        for (int i = 0; i + 2 <= Math.min(joined.length(), 80); i++) {
            grams.add(joined.substring(i, i + 2));
        }
        return new Phrase(raw, Similarity.fold(raw), String.join(" ", list), list, new HashSet<>(list), grams);
    }

    boolean blank() {
        return raw.isEmpty();
    }
}
