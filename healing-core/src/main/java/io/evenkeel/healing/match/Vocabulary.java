package io.evenkeel.healing.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The words, path steps and texts of one page: each is taken apart once and known by a number from then on, because the elements of a
 * page repeat them hundreds of times. One thread.
 */
final class Vocabulary {

    private static final Pattern HASHED = Pattern.compile(
            "(?i).*(?:[0-9a-f]{6,}|[a-z]*\\d[a-z\\d]*\\d[a-z\\d]{2,}).*|^(?:css|sc|jsx|svelte|emotion)-.*|.*__[A-Za-z0-9]{5,}$");
    private static final Pattern BUTTON_CLASS = Pattern.compile("(?i)\\b(?:btn|button)");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> words = new ArrayList<>();
    private final Map<String, Phrase> phrases = new HashMap<>();
    private final Map<String, Classes> classes = new HashMap<>();
    private final Map<String, Integer> tags = new HashMap<>();

    /**
     * A class attribute.
     *
     * @param names without those a build tool made up
     * @param parts the words the names consist of
     * @param button whether it looks like that of a button
     */
    record Classes(WordSet names, WordSet parts, boolean button) {}

    int number(String word) {
        Integer known = numbers.get(word);
        if (known == null) {
            known = words.size();
            numbers.put(word, known);
            words.add(word);
        }
        return known;
    }

    String word(int number) {
        return words.get(number);
    }

    /** Returns how many words are known: their numbers are below. */
    int size() {
        return words.size();
    }

    Phrase phrase(String raw) {
        if (raw.isEmpty()) {
            return Phrase.NONE;
        }
        Phrase known = phrases.get(raw);
        if (known == null) {
            known = raw.isBlank() ? Phrase.NONE : phrase(raw, Similarity.words(raw));
            phrases.put(raw, known);
        }
        return known;
    }

    private Phrase phrase(String raw, List<String> list) {
        return new Phrase(raw, list, set(list));
    }

    WordSet set(Iterable<String> list) {
        WordSet.Builder set = new WordSet.Builder();
        for (String word : list) {
            set.add(number(word));
        }
        return set.build();
    }

    Classes classes(String attribute) {
        Classes known = classes.get(attribute);
        if (known == null) {
            known = takenApart(attribute);
            classes.put(attribute, known);
        }
        return known;
    }

    private Classes takenApart(String attribute) {
        WordSet.Builder names = new WordSet.Builder();
        WordSet.Builder parts = new WordSet.Builder();
        for (String token : SPACES.split(attribute)) {
            if (!token.isEmpty() && !HASHED.matcher(token).matches()) {
                names.add(number(token));
                Similarity.words(token).forEach(word -> parts.add(number(word)));
            }
        }
        return new Classes(
                names.build(), parts.build(), BUTTON_CLASS.matcher(attribute).find());
    }

    /** Returns the number of the tag of a step of a path, such as {@code div} of {@code div[2]}. */
    int tag(String step) {
        Integer known = tags.get(step);
        if (known == null) {
            int bracket = step.indexOf('[');
            known = number(bracket < 0 ? step : step.substring(0, bracket));
            tags.put(step, known);
        }
        return known;
    }
}
