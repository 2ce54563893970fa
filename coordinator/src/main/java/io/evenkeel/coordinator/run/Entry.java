package io.evenkeel.coordinator.run;

import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.util.Optional;

/**
 * One event of a batch: its number, and either what happened or why it cannot be read.
 *
 * <p>An event that cannot be read still has its place in the spool: it is counted and skipped, otherwise it would hold back
 * everything behind it for ever. Immutable.
 *
 * @param seq number in the spool, from 1
 * @param event empty when it cannot be read
 * @param problem why, empty when it can be read
 */
public record Entry(long seq, Optional<SpoolEvent> event, String problem) {

    /** Returns an entry that was read. */
    public static Entry of(SpoolEvent event) {
        return new Entry(event.seq(), Optional.of(event), "");
    }

    /** Returns an entry that was not. */
    public static Entry unreadable(long seq, String problem) {
        return new Entry(seq, Optional.empty(), problem);
    }
}
