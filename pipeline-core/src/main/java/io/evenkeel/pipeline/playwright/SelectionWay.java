package io.evenkeel.pipeline.playwright;

/** How Playwright is told which tests to run. */
public enum SelectionWay {
    /** Our reporter leaves out what is not asked for; exact, in the planned order. */
    PREPROCESS,
    /** We write the file of the last run and ask for the failed tests; exact, in Playwright's order. */
    LAST_RUN_FILE,
    /** Anchored titles; exact but for tests whose titles read the same when joined by spaces. */
    GREP
}
