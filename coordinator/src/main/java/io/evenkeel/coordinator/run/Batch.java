package io.evenkeel.coordinator.run;

import java.util.List;

/**
 * Events of one spool as they came in.
 *
 * <p>Immutable.
 *
 * @param spool id of the spool, unique in its run
 * @param shard from 1, 0 when there is no plan
 * @param executor name of the machine
 * @param entries in the order of the spool
 */
public record Batch(String spool, int shard, String executor, List<Entry> entries) {

    /** Events one request may carry. */
    public static final int MOST = 1_000;

    private static final String NAME = "[A-Za-z0-9_.-]{1,128}";

    public Batch {
        if (!spool.matches(NAME)) {
            throw new IllegalArgumentException(
                    "The spool (" + cut(spool) + ") of a batch must be 1 to 128 letters, digits, -, _ or dots.");
        }
        if (shard < 0 || shard > 100_000) {
            throw new IllegalArgumentException("The shard (" + shard + ") of a batch must be between 0 and 100,000.");
        }
        executor = cut(executor);
        entries = List.copyOf(entries);
    }

    private static String cut(String text) {
        return text.length() <= 200 ? text : text.substring(0, 200);
    }
}
