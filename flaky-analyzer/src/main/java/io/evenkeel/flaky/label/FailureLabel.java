package io.evenkeel.flaky.label;

/** What a failure in a run is, seen from the history before it. */
public enum FailureLabel {
    /** Nothing known explains it: look at it. */
    NEW("new"),
    /** The test flaked before, and this looks the same. */
    KNOWN_FLAKY("known flaky"),
    /** It already failed on the stable branch: this run did not cause it. */
    RED_ON_MAIN("red on main"),
    /** The test is quarantined: it ran and does not fail the pipeline. */
    QUARANTINED("quarantined"),
    /** The machine, the network or the environment failed, not the test. */
    INFRASTRUCTURE("infrastructure");

    private final String word;

    FailureLabel(String word) {
        this.word = word;
    }

    /** Returns the words for people. */
    public String word() {
        return word;
    }
}
