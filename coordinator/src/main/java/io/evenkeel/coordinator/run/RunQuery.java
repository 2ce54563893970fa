package io.evenkeel.coordinator.run;

import java.util.OptionalLong;

/**
 * Which runs to list.
 *
 * <p>Immutable.
 *
 * @param projectId only this project's; empty for all
 * @param branch only this branch's; empty text for all
 * @param status a word of {@link RunVerdict}, or empty for all
 * @param before only runs older than this one; empty from the newest
 */
public record RunQuery(OptionalLong projectId, String branch, String status, OptionalLong before) {

    /** Runs on one page. */
    public static final int PAGE = 50;

    public RunQuery {
        if (!status.isEmpty()) {
            try {
                RunVerdict.fromWord(status);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "The status (" + status + ") must be running, passed, flaky, healed, failed or incomplete.", e);
            }
        }
    }
}
