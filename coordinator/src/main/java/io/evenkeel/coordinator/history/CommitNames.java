package io.evenkeel.coordinator.history;

import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Commits are ordered by the first run that had them; people know them by their hash. */
public final class CommitNames {

    /** Finds the hash of the commit of a run by the key of the run. */
    public static final String OF_RUN = "select commit_sha from run where id = ?";

    private static final Pattern COMMIT = Pattern.compile("commit #(\\d{1,18})");
    private static final int SHORT_COMMIT = 8;

    private CommitNames() {}

    /** Returns the hash of the commit of a run, empty when it is not known. */
    static String hash(Handle handle, long run) {
        return handle.createQuery(OF_RUN)
                .bind(0, run)
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    /** Returns the run behind the first {@code commit #n} of a sentence. */
    static OptionalLong first(String evidence) {
        Matcher matcher = COMMIT.matcher(evidence);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

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
