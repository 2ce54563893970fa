package io.evenkeel.pipeline.queue;

/**
 * Who takes part.
 *
 * <p>Immutable.
 *
 * @param shard index of the CI job, from 1; 0 when it has none
 * @param executor machine or job, for people
 * @param spool name of the spool its results are written to
 * @param lanes Playwright's workers, at least 1
 * @param again what it takes over of an earlier agent of its shard
 */
public record Member(int shard, String executor, String spool, int lanes, Again again) {

    /** What a CI job that is started again has to run. */
    public enum Again {
        /** What did not pass: the results of the rest are still at hand. */
        REST,
        /** All of its list: the files of the first try are gone, and so are its results for the report job. */
        ALL
    }

    public Member {
        if (shard < 0 || lanes < 1) {
            throw new IllegalArgumentException("The shard (" + shard + ") of an agent must not be negative, its lanes ("
                    + lanes + ") at least 1.");
        }
    }
}
