package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition.Line;

/**
 * The latest results of one test, sorted by commit and inside a commit by kind, equal ones counted together.
 *
 * <p>The order inside a commit is that of the kinds, not of arrival: this makes every answer independent of the order in which the results of a
 * commit come. A commit has at most 32 kinds (15 patterns on two lines, its {@link CommonCause}, whose count is the largest factor, and its {@link Recurrence}s), so {@value #CAPACITY} entries always hold at least one whole
 * commit.
 *
 * <p>Mutable; one thread.
 */
final class ResultRing {

    /** Most entries kept. */
    static final int CAPACITY = 32;

    /** Most equal results of one commit that are told apart by number. */
    static final int MOST_EQUAL = 16_383;

    /** The code that no pattern has: the entry is the common cause of its commit. */
    static final byte COMMON_CAUSE = 1;

    private static final int PULL_REQUEST_BIT = 32;

    /** As {@link #COMMON_CAUSE}, on a pull request: counts the failures there that unrelated pull requests showed before. */
    static final byte RECURRENCE = COMMON_CAUSE | PULL_REQUEST_BIT;

    final long[] ordinals = new long[CAPACITY];
    final byte[] kinds = new byte[CAPACITY];
    final short[] counts = new short[CAPACITY];
    int size;

    static byte kind(AttemptPattern pattern, Line line) {
        return (byte) (pattern.code() | (line == Line.PULL_REQUEST ? PULL_REQUEST_BIT : 0));
    }

    int code(int entry) {
        return kinds[entry] & (PULL_REQUEST_BIT - 1);
    }

    boolean isCause(int entry) {
        return kinds[entry] == COMMON_CAUSE;
    }

    boolean isRecurrence(int entry) {
        return kinds[entry] == RECURRENCE;
    }

    /** Returns whether the entry is a result, and not what others say about one. */
    boolean isResult(int entry) {
        return code(entry) != COMMON_CAUSE;
    }

    /** Returns the factor of the common cause of the commit that ends in front of this entry; 1 when it has none. */
    int causeBefore(int end) {
        for (int i = end - 1; i >= 0 && ordinals[i] == ordinals[end - 1]; i--) {
            if (isCause(i)) {
                return counts[i];
            }
        }
        return 1;
    }

    Line line(int entry) {
        return (kinds[entry] & PULL_REQUEST_BIT) != 0 ? Line.PULL_REQUEST : Line.STABLE_BRANCH;
    }

    long newest() {
        return ordinals[size - 1];
    }

    /** Returns the first entry behind the commit that this entry belongs to. */
    int groupEnd(int entry) {
        int at = entry + 1;
        while (at < size && ordinals[at] == ordinals[entry]) {
            at++;
        }
        return at;
    }

    /** Returns the first entry of the commit that this entry belongs to. */
    int groupBegin(int entry) {
        int at = entry;
        while (at > 0 && ordinals[at - 1] == ordinals[entry]) {
            at--;
        }
        return at;
    }

    /** Returns whether the entry may follow the one before it: for bytes that come from outside. */
    boolean isSound(int entry) {
        boolean known = (kinds[entry] & ~PULL_REQUEST_BIT) >= 0
                && code(entry) < AttemptPattern.CODES
                && (!isCause(entry) || counts[entry] <= CommonCause.MOST);
        boolean rising = entry == 0
                || ordinals[entry] > ordinals[entry - 1]
                || (ordinals[entry] == ordinals[entry - 1] && kinds[entry] > kinds[entry - 1]);
        return known && rising && counts[entry] > 0 && ordinals[entry] >= 0;
    }

    /** Counts one more result, or a common cause of this factor; the caller has made room when {@link #needsRoom} says so. */
    void add(long ordinal, byte kind, int count) {
        int at = position(ordinal, kind);
        if (at < size && ordinals[at] == ordinal && kinds[at] == kind) {
            int together = isCause(at) ? Math.max(counts[at], count) : counts[at] + count;
            counts[at] = (short) Math.min(MOST_EQUAL, together);
            return;
        }
        shift(at, 1);
        ordinals[at] = ordinal;
        kinds[at] = kind;
        counts[at] = (short) count;
    }

    boolean needsRoom(long ordinal, byte kind) {
        if (size < CAPACITY) {
            return false;
        }
        int at = position(ordinal, kind);
        return at == size || ordinals[at] != ordinal || kinds[at] != kind;
    }

    void dropFirst(int count) {
        size -= count;
        System.arraycopy(ordinals, count, ordinals, 0, size);
        System.arraycopy(kinds, count, kinds, 0, size);
        System.arraycopy(counts, count, counts, 0, size);
    }

    private void shift(int at, int by) {
        System.arraycopy(ordinals, at, ordinals, at + by, size - at);
        System.arraycopy(kinds, at, kinds, at + by, size - at);
        System.arraycopy(counts, at, counts, at + by, size - at);
        size += by;
    }

    /** Searches from the end, where nearly every result belongs. */
    private int position(long ordinal, byte kind) {
        int at = size;
        while (at > 0 && (ordinals[at - 1] > ordinal || (ordinals[at - 1] == ordinal && kinds[at - 1] >= kind))) {
            at--;
        }
        return at;
    }
}
