package io.evenkeel.pipeline.protocol;

import java.time.Instant;

/**
 * One line of a spool: its place in the spool and what happened.
 *
 * <p>Immutable.
 *
 * @param seq number of the event in its spool, from 1 without gaps
 * @param at when it was written, by the executor's clock
 * @param event what happened
 * @param json the line as it was read, without the newline; carries fields this version does not know
 */
public record SpoolEvent(long seq, Instant at, RunEvent event, String json) {

    public SpoolEvent {
        if (seq < 1) {
            throw new IllegalArgumentException("The seq (" + seq + ") of a spool event must be at least 1.");
        }
    }
}
