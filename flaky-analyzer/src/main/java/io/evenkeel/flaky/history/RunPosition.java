package io.evenkeel.flaky.history;

/**
 * Where a run stands in the history of the stable branch.
 *
 * <p>Immutable. Results count in the order of commits, not of arrival: a late run of an old commit changes the past, not the present.
 *
 * @param run number of the run, unique in the project; only shown as evidence
 * @param commitOrdinal position of the commit on the stable branch, rising with every commit, never negative; for a pull request that of
 *     the commit it branched from (or of the newest one when it ran)
 * @param line where the run's code comes from
 */
public record RunPosition(long run, long commitOrdinal, Line line) {

    /** Where the code of a run comes from. */
    public enum Line {
        STABLE_BRANCH,
        PULL_REQUEST
    }

    public RunPosition {
        if (commitOrdinal < 0) {
            throw new IllegalArgumentException(
                    "The commit ordinal (" + commitOrdinal + ") of run (" + run
                            + ") must not be negative.\nMaybe the commit is unknown; give each such run an ordinal of its own.");
        }
    }
}
