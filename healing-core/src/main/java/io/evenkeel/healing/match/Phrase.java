package io.evenkeel.healing.match;

import java.util.List;
import java.util.Set;

/**
 * A text in the forms in which it is compared, each made when it is first needed.
 *
 * <p>Made by a {@link Vocabulary}, which makes one for each distinct text. One thread; {@link #NONE} never changes.
 */
final class Phrase {

    static final Phrase NONE = new Phrase("", List.of(), WordSet.EMPTY);

    private static final int GRAMS = 80;

    private final String raw;
    private final String folded;
    private final List<String> list;
    private final WordSet words;
    private String plain = "";
    private WordSet grams = WordSet.EMPTY;
    private Set<String> concepts = Set.of();
    private EditPattern foldedPattern = EditPattern.NONE;
    private EditPattern rawPattern = EditPattern.NONE;
    private EditPattern plainPattern = EditPattern.NONE;

    Phrase(String raw, List<String> list, WordSet words) {
        this.raw = raw;
        this.folded = Similarity.fold(raw);
        this.list = list;
        this.words = words;
    }

    boolean blank() {
        return raw.isEmpty();
    }

    /** Returns the text as it was. */
    String raw() {
        return raw;
    }

    /** Returns the text in lower case, white space collapsed. */
    String folded() {
        return folded;
    }

    /** Returns its words in order. */
    List<String> list() {
        return list;
    }

    /** Returns its words. */
    WordSet words() {
        return words;
    }

    /** Returns its words, joined by blanks. */
    String plain() {
        if (plain.isEmpty() && !list.isEmpty()) {
            plain = String.join(" ", list);
        }
        return plain;
    }

    /** Returns the pairs of neighbouring characters of its words without blanks, over the first 80. */
    WordSet grams() {
        if (grams.isEmpty() && !list.isEmpty()) {
            String joined = String.join("", list);
            WordSet.Builder pairs = new WordSet.Builder();
            for (int i = 0; i + 2 <= Math.min(joined.length(), GRAMS); i++) {
                pairs.add(joined.charAt(i) << Character.SIZE | joined.charAt(i + 1));
            }
            grams = pairs.build();
        }
        return grams;
    }

    /** Returns what its words mean; for short texts only, see {@link Synonyms}. */
    Set<String> concepts() {
        if (concepts.isEmpty() && !list.isEmpty()) {
            concepts = Synonyms.concepts(list);
        }
        return concepts;
    }

    /** Returns the similarity by edit distance to another text, both folded. */
    double edit(Phrase other) {
        if (blank()) {
            return other.blank() ? 1 : 0;
        }
        if (foldedPattern == EditPattern.NONE) {
            foldedPattern = new EditPattern(folded);
        }
        return foldedPattern.similarity(other.folded);
    }

    /** Returns the similarity by edit distance to another text, both as they were. */
    double rawEdit(Phrase other) {
        if (blank()) {
            return other.blank() ? 1 : 0;
        }
        if (rawPattern == EditPattern.NONE) {
            rawPattern = new EditPattern(raw);
        }
        return rawPattern.similarity(other.raw);
    }

    /** Returns the similarity by edit distance to another text, words only. */
    double plainEdit(Phrase other) {
        if (list.isEmpty()) {
            return other.list.isEmpty() ? 1 : 0;
        }
        if (plainPattern == EditPattern.NONE) {
            plainPattern = new EditPattern(plain());
        }
        return plainPattern.similarity(other.plain());
    }
}
