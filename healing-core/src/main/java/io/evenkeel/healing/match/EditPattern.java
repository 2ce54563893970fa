package io.evenkeel.healing.match;

/**
 * One side of an edit distance, prepared so that many texts can be held against it.
 *
 * <p>Bit-parallel after Myers (1999) in Hyyrö's formulation: one machine word per row, so linear in the other text. Immutable.
 */
final class EditPattern {

    static final EditPattern NONE = new EditPattern("");

    private static final int MAX = 64;
    private static final int ASCII = 128;

    private final String whole;
    private final String pattern;
    private final long[] masks = new long[ASCII];

    EditPattern(String text) {
        this.whole = text;
        this.pattern = text.length() > MAX ? text.substring(0, MAX) : text;
        for (int i = 0; i < pattern.length(); i++) {
            if (pattern.charAt(i) < ASCII) {
                masks[pattern.charAt(i)] |= 1L << i;
            }
        }
    }

    /** Returns 1 - Levenshtein distance / longer length, over the first 64 characters of both. */
    double similarity(String other) {
        if (whole.equals(other)) {
            return 1;
        }
        int length = Math.min(MAX, other.length());
        int longer = Math.max(pattern.length(), length);
        return pattern.isEmpty() || length == 0 ? 0 : 1.0 - distance(other, length) / (double) longer;
    }

    private int distance(String text, int length) {
        int m = pattern.length();
        long positive = -1L;
        long negative = 0;
        int score = m;
        long last = 1L << (m - 1);
        for (int j = 0; j < length; j++) {
            char c = text.charAt(j);
            long equal = c < ASCII ? masks[c] : mask(c);
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

    private long mask(char c) {
        long mask = 0;
        for (int i = 0; i < pattern.length(); i++) {
            mask |= pattern.charAt(i) == c ? 1L << i : 0;
        }
        return mask;
    }
}
