package io.evenkeel.jenkins.steps;

import hudson.AbortException;
import hudson.EnvVars;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Which share of how many, printed {@code 2/8}. Immutable; no record, because it is stored with running builds. */
final class Shard implements Serializable {

    private static final long serialVersionUID = 1L;

    /** More cannot be meant: every share needs an executor. */
    static final int MOST = 500;

    private final int index;
    private final int total;

    private Shard(int index, int total) {
        this.index = index;
        this.total = total;
    }

    /** Returns share {@code index} of {@code total}, both from 1. */
    static Shard of(int index, int total) {
        return new Shard(index, total);
    }

    /**
     * Reads the step's own value, else the environment's; the whole suite where neither says anything.
     *
     * @throws AbortException when the value is no share
     */
    static Shard read(@Nullable String own, EnvVars environment) throws AbortException {
        String text = own == null || own.isBlank() ? environment.get("EVENKEEL_SHARD", "1/1") : own;
        if (!text.strip().matches("\\d{1,3}\\s*/\\s*\\d{1,3}")) {
            throw new AbortException("Evenkeel: the shard (" + text + ") must look like 2/8.");
        }
        String[] parts = text.strip().split("\\s*/\\s*");
        Shard shard = new Shard(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        if (shard.index < 1 || shard.index > shard.total || shard.total > MOST) {
            throw new AbortException("Evenkeel: the shard (" + text
                    + ") must be between 1 and the number of shards, at most " + MOST + ". Shards are counted from 1.");
        }
        return shard;
    }

    int index() {
        return index;
    }

    int total() {
        return total;
    }

    @Override
    public String toString() {
        return index + "/" + total;
    }
}
