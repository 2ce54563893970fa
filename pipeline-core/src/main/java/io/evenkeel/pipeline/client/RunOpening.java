package io.evenkeel.pipeline.client;

/**
 * What is known of a run when it begins.
 *
 * <p>Immutable.
 *
 * @param suite configuration file, relative to the repository
 * @param origin where the run comes from
 * @param discovered tests that must run, 0 when not known yet
 * @param executors machines that take part, 0 when not known
 */
public record RunOpening(String suite, Origin origin, int discovered, int executors) {

    public RunOpening {
        if (discovered < 0 || executors < 0) {
            throw new IllegalArgumentException("The discovered tests (" + discovered + ") and the executors ("
                    + executors + ") of a run must not be negative.");
        }
    }

    /**
     * Where a run comes from; each part is empty when it is not known.
     *
     * @param branch name without {@code refs/heads/}
     * @param commit full hash
     * @param ciUrl page of the CI job
     * @param pullRequest its number
     */
    public record Origin(String branch, String commit, String ciUrl, String pullRequest) {

        /** Nothing is known. */
        public static final Origin UNKNOWN = new Origin("", "", "", "");
    }
}
