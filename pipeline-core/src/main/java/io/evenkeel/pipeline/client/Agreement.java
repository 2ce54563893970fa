package io.evenkeel.pipeline.client;

/**
 * The plan an executor would follow if it were the first of its run.
 *
 * <p>Immutable.
 *
 * @param digest of the suite's test ids
 * @param machines shards of the plan
 * @param workers lanes of each
 * @param plan text of a {@code plan.json}; empty to ask only
 */
public record Agreement(String digest, int machines, int workers, String plan) {

    Agreement asked() {
        return new Agreement(digest, machines, workers, "");
    }
}
