package io.evenkeel.healing.embeddings;

import io.evenkeel.healing.match.Similarity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Texts that say different things in nearly the same words: with words that exclude each other or with a <em>not</em>.
 *
 * <p>Immutable.
 */
final class Opposites {

    /** Words of a line that turn whatever follows into its opposite. */
    private static final String TURNING = "not:";

    private final List<List<Set<List<String>>>> lines;
    private final Set<List<String>> turning;

    private Opposites(List<List<Set<List<String>>>> lines, Set<List<String>> turning) {
        this.lines = List.copyOf(lines);
        this.turning = Set.copyOf(turning);
    }

    /** Returns the shipped English list. */
    static Opposites shipped() {
        try (InputStream list = Opposites.class.getResourceAsStream("opposites.txt")) {
            if (list == null) {
                throw new IllegalStateException("The list of opposites is missing in the jar.");
            }
            return of(new String(list.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The list of opposites cannot be read.", e);
        }
    }

    /**
     * Reads a list: on a line the sides that exclude each other, divided by {@code |}, on a side the words for it, divided by commas. A
     * line that begins with {@code not:} holds words that turn the meaning of a text; {@code #} begins a comment.
     */
    static Opposites of(String text) {
        List<List<Set<List<String>>>> lines = new ArrayList<>();
        Set<List<String>> turning = new HashSet<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(TURNING)) {
                turning.addAll(phrases(line.substring(TURNING.length())));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                lines.add(
                        Arrays.stream(line.split("\\|")).map(Opposites::phrases).toList());
            }
        }
        return new Opposites(lines, turning);
    }

    private static Set<List<String>> phrases(String side) {
        return Arrays.stream(side.split(","))
                .map(Similarity::words)
                .filter(words -> !words.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Returns whether one of the texts excludes that the other one is meant. */
    boolean between(String a, String b) {
        List<String> x = Similarity.words(a);
        List<String> y = Similarity.words(b);
        return says(x, turning) != says(y, turning) || lines.stream().anyMatch(sides -> excluded(x, y, sides));
    }

    /** Two texts are opposites if each is on one side alone and the sides differ; a text on two sides, such as "add or remove", is on none. */
    private static boolean excluded(List<String> x, List<String> y, List<Set<List<String>>> sides) {
        int left = side(x, sides);
        int right = side(y, sides);
        return left >= 0 && right >= 0 && left != right;
    }

    private static int side(List<String> words, List<Set<List<String>>> sides) {
        int found = -1;
        for (int i = 0; i < sides.size(); i++) {
            if (says(words, sides.get(i))) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private static boolean says(List<String> words, Set<List<String>> phrases) {
        for (List<String> phrase : phrases) {
            for (int i = 0; i + phrase.size() <= words.size(); i++) {
                if (words.subList(i, i + phrase.size()).equals(phrase)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Returns whether both texts have numbers, and not the same: a page or a year is another one then, a version or an amount is not. */
    static boolean numbersDiffer(String a, String b) {
        Set<String> left = numbers(Similarity.words(a));
        Set<String> right = numbers(Similarity.words(b));
        return !left.isEmpty() && !right.isEmpty() && !left.equals(right);
    }

    private static Set<String> numbers(List<String> words) {
        return words.stream().filter(word -> word.matches("\\d+")).collect(Collectors.toSet());
    }
}
