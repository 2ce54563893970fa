package io.evenkeel.healing.match;

import java.util.Arrays;

/**
 * A set of numbers of a {@link Vocabulary}, sorted, so that two of them are compared without hashing and without garbage.
 *
 * <p>Immutable.
 */
final class WordSet {

    static final WordSet EMPTY = new WordSet(new int[0]);

    private final int[] sorted;

    private WordSet(int[] sorted) {
        this.sorted = sorted;
    }

    int size() {
        return sorted.length;
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    /** Returns the number at a place, from 0, in rising order. */
    int at(int place) {
        return sorted[place];
    }

    boolean contains(int number) {
        return Arrays.binarySearch(sorted, number) >= 0;
    }

    /** Returns how many numbers two sets have in common. */
    int common(WordSet other) {
        int[] a = sorted;
        int[] b = other.sorted;
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                common++;
                i++;
                j++;
            } else if (a[i] < b[j]) {
                i++;
            } else {
                j++;
            }
        }
        return common;
    }

    boolean containsAll(WordSet other) {
        return common(other) == other.size();
    }

    /** Returns the Jaccard overlap; 0 if either is empty. */
    double overlap(WordSet other) {
        if (isEmpty() || other.isEmpty()) {
            return 0;
        }
        int common = common(other);
        return common / (double) (size() + other.size() - common);
    }

    /** Collects numbers in any order, with repetitions. One thread. */
    static final class Builder {

        private int[] numbers = new int[16];
        private int size;

        Builder add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            numbers[size++] = number;
            return this;
        }

        Builder add(WordSet all) {
            for (int number : all.sorted) {
                add(number);
            }
            return this;
        }

        WordSet build() {
            if (size == 0) {
                return EMPTY;
            }
            int[] sorted = Arrays.copyOf(numbers, size);
            Arrays.sort(sorted);
            int distinct = 1;
            for (int i = 1; i < size; i++) {
                if (sorted[i] != sorted[i - 1]) {
                    sorted[distinct++] = sorted[i];
                }
            }
            return new WordSet(distinct == size ? sorted : Arrays.copyOf(sorted, distinct));
        }
    }
}
