package io.evenkeel.healing.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Texts taken apart, and similarities in [0, 1]; 1 means equal. Pure and thread-safe. */
public final class Similarity {

    private Similarity() {}

    /** Returns the text in lower case with white space collapsed. */
    static String fold(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean clean = true;
        for (int i = 0; i < lower.length() && clean; i++) {
            char c = lower.charAt(i);
            clean = !space(c) || (c == ' ' && i > 0 && lower.charAt(i - 1) != ' ');
        }
        if (clean) {
            return lower.strip();
        }
        StringBuilder folded = new StringBuilder(lower.length());
        for (int i = 0; i < lower.length(); i++) {
            char c = lower.charAt(i);
            if (!space(c)) {
                folded.append(c);
            } else if (i == 0 || !space(lower.charAt(i - 1))) {
                folded.append(' ');
            }
        }
        return folded.toString().strip();
    }

    private static boolean space(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    /** Returns 1 - Levenshtein distance / longer length, over the first 64 characters. */
    public static double edit(String a, String b) {
        return a.equals(b) ? 1 : new EditPattern(a).similarity(b);
    }

    /**
     * Returns the lower-case words of a text or of an identifier in any case style: letters and digits, cut before a capital letter that
     * follows a small one and before a digit that follows a letter.
     */
    public static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        int start = -1;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            int length = Character.charCount(c);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && !Character.isLetter(c)) {
                end(text, start, i, words);
                start = -1;
            } else if (start < 0) {
                start = i;
            } else if (cut(text.charAt(i - 1), c, digit)) {
                end(text, start, i, words);
                start = i;
            }
            i += length;
        }
        end(text, start, text.length(), words);
        return words;
    }

    private static boolean cut(char before, int c, boolean digit) {
        boolean small = before >= 'a' && before <= 'z';
        boolean letter = small || (before >= 'A' && before <= 'Z');
        return digit ? letter : small && c >= 'A' && c <= 'Z';
    }

    private static void end(String text, int start, int end, List<String> words) {
        if (start >= 0 && end > start) {
            words.add(text.substring(start, end).toLowerCase(Locale.ROOT));
        }
    }

    /** Returns the longest common subsequence divided by the longer length. */
    static double sequence(int[] a, int[] b) {
        if (a.length == 0 || b.length == 0) {
            return 0;
        }
        int shorter = Math.min(a.length, b.length);
        int head = 0; // what both begin or end with belongs to a longest common subsequence
        while (head < shorter && a[head] == b[head]) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head && a[a.length - 1 - tail] == b[b.length - 1 - tail]) {
            tail++;
        }
        int common = head + tail + between(a, b, head, tail);
        return common / (double) Math.max(a.length, b.length);
    }

    private static int between(int[] a, int[] b, int head, int tail) {
        int width = b.length - tail - head;
        if (width <= 0 || a.length - tail - head <= 0) {
            return 0;
        }
        int[] row = new int[width + 1];
        for (int i = head; i < a.length - tail; i++) {
            int diagonal = 0;
            for (int j = 0; j < width; j++) {
                int above = row[j + 1];
                row[j + 1] = a[i] == b[head + j] ? diagonal + 1 : Math.max(above, row[j]);
                diagonal = above;
            }
        }
        return row[width];
    }
}
