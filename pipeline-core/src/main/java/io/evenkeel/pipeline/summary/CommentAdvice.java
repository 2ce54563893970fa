package io.evenkeel.pipeline.summary;

/** Whether a run is worth a comment under a pull request. */
public enum CommentAdvice {
    /** Something failed, is missing or was healed: write the comment, or update the one that is there. */
    WRITE,
    /** All green: only turn a comment that is there into one green line. */
    ONLY_UPDATE,
    /** There are no results: say so in the check and in the summary, never in a comment. */
    NEVER;

    /** Returns the advice for this run. */
    public static CommentAdvice of(RunSummary summary) {
        boolean nothing =
                summary.tests().isEmpty() && summary.findings().errors().isEmpty();
        if (nothing) {
            return NEVER;
        }
        boolean green = summary.verdict() == RunVerdict.PASSED
                && summary.failures().isEmpty()
                && summary.findings().heals().isEmpty();
        return green ? ONLY_UPDATE : WRITE;
    }
}
