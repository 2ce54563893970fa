package io.evenkeel.healing.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Similarities of strings in [0, 1]; 1 means equal. Pure and thread-safe. */
public final class Similarity {

    private static final int MAX = 64;
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\\d)|[^\\p{L}\\d]+");

    private static final Pattern SPACES = Pattern.compile("\\s+");

    private Similarity() {}

    /** Returns the text in lower case with white space collapsed. */
    static String fold(String text) {
        return SPACES.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    /**
     * Returns 1 - Levenshtein distance / longer length, over the first 64 characters.
     *
     * <p>Bit-parallel after Myers (1999) in Hyyrö's formulation: one machine word per row, so linear in the longer string.
     */
    public static double edit(String a, String b) {
        if (a.equals(b)) {
            return 1;
        }
        String x = a.length() > MAX ? a.substring(0, MAX) : a;
        String y = b.length() > MAX ? b.substring(0, MAX) : b;
        int longer = Math.max(x.length(), y.length());
        return x.isEmpty() || y.isEmpty() ? 0 : 1.0 - distance(x, y) / (double) longer;
    }

    private static int distance(String pattern, String text) {
        int m = pattern.length();
        long positive = -1L;
        long negative = 0;
        int score = m;
        long last = 1L << (m - 1);
        long[] ascii = new long[128];
        for (int i = 0; i < m; i++) {
            if (pattern.charAt(i) < 128) {
                ascii[pattern.charAt(i)] |= 1L << i;
            }
        }
        for (int j = 0; j < text.length(); j++) {
            char c = text.charAt(j);
            long equal = c < 128 ? ascii[c] : mask(pattern, c);
            long xv = equal | negative;
            long xh = (((equal & positive) + positive) ^ positive) | equal;
            long ph = negative | ~(xh | positive);
            long mh = positive & xh;
            score += (ph & last) != 0 ? 1 : (mh & last) != 0 ? -1 : 0;
            ph = (ph << 1) | 1;
            mh <<= 1;
            positive = mh | ~(xv | ph);
            negative = ph & xv;
        }
        return score;
    }

    private static long mask(String pattern, char c) {
        long mask = 0;
        for (int i = 0; i < pattern.length(); i++) {
            mask |= pattern.charAt(i) == c ? 1L << i : 0;
        }
        return mask;
    }

    /** Returns the lower-case words of a text or of an identifier in any case style. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        for (String word : CAMEL.split(text)) {
            if (!word.isEmpty()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words;
    }

    /** Returns the Jaccard overlap of two sets; 0 if either is empty. */
    static double overlap(Set<String> a, Set<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        int common = common(a, b);
        return common / (double) (a.size() + b.size() - common);
    }

    /** Returns how many elements two sets have in common. */
    static int common(Set<String> a, Set<String> b) {
        Set<String> smaller = a.size() < b.size() ? a : b;
        Set<String> larger = a.size() < b.size() ? b : a;
        int common = 0;
        for (String one : smaller) {
            common += larger.contains(one) ? 1 : 0;
        }
        return common;
    }

    /** Returns the longest common subsequence divided by the longer length. */
    static double sequence(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        int[] row = new int[b.size() + 1];
        for (String one : a) {
            int diagonal = 0;
            for (int j = 0; j < b.size(); j++) {
                int above = row[j + 1];
                row[j + 1] = one.equals(b.get(j)) ? diagonal + 1 : Math.max(above, row[j]);
                diagonal = above;
            }
        }
        return row[b.size()] / (double) Math.max(a.size(), b.size());
    }
}
