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
 */
public record Member(int shard, String executor, String spool, int lanes) {

    public Member {
        if (shard < 0 || lanes < 1) {
            throw new IllegalArgumentException("The shard (" + shard + ") of an agent must not be negative, its lanes ("
                    + lanes + ") at least 1.");
        }
    }
}
