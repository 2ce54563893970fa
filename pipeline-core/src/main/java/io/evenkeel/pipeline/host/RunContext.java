package io.evenkeel.pipeline.host;

import java.util.Optional;

/**
 * The run this process belongs to, as the CI tells it.
 *
 * <p>Immutable.
 *
 * @param ci name of the CI for people, for example {@code GitLab CI}; {@code this machine} outside of any
 * @param runKey what makes the parts of one run one: the CI's build id and attempt; letters, digits, {@code - _ .} only
 * @param revision what is tested
 * @param url page of the build in the CI, empty where there is none
 * @param shard which share this job runs, empty where the CI does not say
 */
public record RunContext(
        String ci, String runKey, Revision revision, Optional<String> url, Optional<ShardIndex> shard) {

    public RunContext {
        if (!runKey.matches("[A-Za-z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "The run key (" + runKey
                            + ") must be 1 to 200 letters, digits, dots, dashes or underscores.\nMaybe EVENKEEL_RUN holds something else.");
        }
    }

    /**
     * The revision under test.
     *
     * @param branch branch name, empty where the CI checked out a commit
     * @param commit commit hash
     * @param pullRequest number of the pull or merge request, empty for a branch build
     */
    public record Revision(Optional<String> branch, Optional<String> commit, Optional<String> pullRequest) {

        /** Nothing known. */
        public static Revision unknown() {
            return new Revision(Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
