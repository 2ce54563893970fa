package io.evenkeel.pipeline.summary;

/** Why a test that should have run has no result, best explained first. */
public enum MissingReason {
    /** Somebody stopped the run. */
    INTERRUPTED("the run was interrupted", true),
    /** Playwright's {@code globalTimeout} was reached. */
    TIMED_OUT("the time limit of the whole run was reached", true),
    /** {@code -x} or {@code --max-failures}. */
    STOPPED_EARLY("stopped after the allowed number of failures", true),
    /** A set-up project it depends on failed. */
    SETUP_FAILED("a set-up project failed", true),
    /** The runner ended with an error outside of any test, for example a file that cannot be loaded. */
    RUN_ERROR("an error outside the tests", true),
    /** The executor that held it never said that its run ended. */
    EXECUTOR_LOST("the executor was lost", false),
    /** Its shard has no results at all. */
    NOT_STARTED("no executor took its shard", false),
    /** Its executor ended in the normal way without running it. */
    UNEXPLAINED("no reason is known", false);

    private final String words;
    private final boolean ownWord;

    MissingReason(String words, boolean ownWord) {
        this.words = words;
        this.ownWord = ownWord;
    }

    /** Returns the reason as the end of a sentence. */
    public String words() {
        return words;
    }

    /** Returns whether Playwright itself would have left the test out, so that its own exit code stands. */
    public boolean explainedByPlaywright() {
        return ownWord;
    }
}
