package io.evenkeel.pipeline.spool;

import java.util.regex.Pattern;

/**
 * Names a spool over all executors of a run.
 *
 * <p>Immutable.
 *
 * @param name letters, digits, {@code -}, {@code _} and {@code .}; the file is {@code <name>.ndjson}
 * @param shard number of the share of the plan, from 1; 0 when there is no plan
 * @param executor name of the machine or job that runs it, for people
 */
public record SpoolId(String name, int shard, String executor) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    public SpoolId {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name (" + name
                            + ") of a spool must be 1 to 128 letters, digits, \"-\", \"_\" and \".\", and not begin with \".\".");
        }
        if (shard < 0) {
            throw new IllegalArgumentException("The shard (" + shard + ") of spool " + name + " must not be negative.");
        }
    }

    /** Returns the id of a further spool of the same share, when one run has to be made of several. */
    public SpoolId part(int number) {
        return number <= 1 ? this : new SpoolId(name + "." + number, shard, executor);
    }
}
