package io.evenkeel.pipeline.spool;

import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.util.List;

/**
 * Consecutive events of one spool.
 *
 * <p>Immutable.
 *
 * @param spool the spool they come from
 * @param events in rising order of {@code seq} without gaps; 1 to {@link #MAX_EVENTS}, together at most {@link #MAX_BYTES}
 *     unless a single event is larger
 */
public record Batch(SpoolId spool, List<SpoolEvent> events) {

    /** The coordinator takes no more events at once. */
    public static final int MAX_EVENTS = 1_000;

    /** The coordinator takes no larger bodies (8 MiB); one MiB is left for the envelope. */
    public static final int MAX_BYTES = 7 * 1024 * 1024;

    public Batch {
        events = List.copyOf(events);
        if (events.isEmpty() || events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "The events (" + events.size() + ") of a batch must be 1 to " + MAX_EVENTS + ".");
        }
    }

    /** Returns the {@code seq} of the first event. */
    public long first() {
        return events.get(0).seq();
    }

    /** Returns the {@code seq} of the last event. */
    public long last() {
        return events.get(events.size() - 1).seq();
    }
}
