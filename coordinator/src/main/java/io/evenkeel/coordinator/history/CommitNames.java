package io.evenkeel.coordinator.history;

import java.util.function.LongFunction;
import java.util.regex.Pattern;

/** Commits are ordered by the first run that had them; people know them by their hash. */
public final class CommitNames {

    /** Finds the hash of the commit of a run by the key of the run. */
    public static final String OF_RUN = "select commit_sha from run where id = ?";

    private static final Pattern COMMIT = Pattern.compile("commit #(\\d{1,18})");
    private static final int SHORT_COMMIT = 8;

    private CommitNames() {}

    /**
     * Replaces each {@code commit #n} of a sentence by hash and run.
     *
     * @param commits returns the hash of the commit of a run, empty when it is not known
     */
    public static String named(String evidence, LongFunction<String> commits) {
        return COMMIT.matcher(evidence).replaceAll(match -> {
            long run = Long.parseLong(match.group(1));
            String commit = commits.apply(run);
            String hash =
                    commit.substring(0, Math.min(SHORT_COMMIT, commit.length())).replaceAll("[^A-Za-z0-9]", "");
            return hash.isEmpty() ? "run " + run : "commit " + hash + " (run " + run + ")";
        });
    }
}
