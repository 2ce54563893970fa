package io.evenkeel.pipeline.queue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** How the tests of one item have ended so far, as the letters of {@link Journal.StoredItem}. One thread. */
final class ItemResults {

    private static final char NONE = '.';

    private final List<String> tests;
    private final char[] letters;

    /** No test has ended. */
    ItemResults(List<String> tests) {
        this.tests = tests;
        this.letters = String.valueOf(NONE).repeat(tests.size()).toCharArray();
    }

    /**
     * Returns results as they were kept.
     *
     * @param kept one letter for each test
     */
    static ItemResults restore(List<String> tests, String kept) {
        ItemResults results = new ItemResults(tests);
        kept.getChars(0, results.letters.length, results.letters, 0);
        return results;
    }

    /** Notes a result; returns whether it is news. */
    boolean note(Ended ended) {
        int at = tests.indexOf(ended.test());
        boolean news = letters[at] != ended.result().letter();
        letters[at] = ended.result().letter();
        return news;
    }

    boolean isComplete() {
        return count(NONE) == 0;
    }

    /** Returns the tests without a result. */
    List<String> rest() {
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == NONE) {
                rest.add(tests.get(i));
            }
        }
        return rest;
    }

    int count(Ended.Result result) {
        return count(result.letter());
    }

    private int count(char wanted) {
        int count = 0;
        for (char letter : letters) {
            count += letter == wanted ? 1 : 0;
        }
        return count;
    }

    /** Forgets every result. */
    void clear() {
        Arrays.fill(letters, NONE);
    }

    /** Forgets the results of the tests that failed. */
    void clearFailed() {
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == Ended.Result.FAILED.letter()) {
                letters[i] = NONE;
            }
        }
    }

    /** Notes that the tests without a result passed of which a good one has arrived. */
    void passArrived(Predicate<String> hasArrived) {
        for (int i = 0; i < letters.length; i++) {
            if (letters[i] == NONE && hasArrived.test(tests.get(i))) {
                letters[i] = Ended.Result.PASSED.letter();
            }
        }
    }

    /** Returns one letter for each test. */
    String text() {
        return new String(letters);
    }
}
