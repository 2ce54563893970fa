package io.evenkeel.flaky.rate;

/** What is decided about a test. */
public enum Mark {
    /** Nothing speaks against it. */
    HEALTHY("healthy"),
    /** It failed and it is not clear why; a rerun decides. */
    SUSPECT("suspect"),
    /** It fails at random: probability of 0.9 or more and at least two flakes. */
    FLAKY("flaky"),
    /** It fails always: probability of 0.8 or more, or every attempt failed on two commits in a row. */
    BROKEN("broken");

    private final String word;

    Mark(String word) {
        this.word = word;
    }

    /** Returns the word for people. */
    public String word() {
        return word;
    }
}
