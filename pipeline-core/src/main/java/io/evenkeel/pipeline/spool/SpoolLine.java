package io.evenkeel.pipeline.spool;

import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.util.function.Function;

/**
 * A complete line of a spool.
 *
 * <p>Immutable.
 */
public sealed interface SpoolLine {

    /** Calls the function for this variant. */
    <T> T match(Function<Event, T> event, Function<Broken, T> broken);

    /** A line that is an event. */
    record Event(SpoolEvent event) implements SpoolLine {
        @Override
        public <T> T match(Function<Event, T> event, Function<Broken, T> broken) {
            return event.apply(this);
        }
    }

    /** A line that is none; {@code line} counts from 1, the reason says what is wrong. */
    record Broken(long line, String reason) implements SpoolLine {
        @Override
        public <T> T match(Function<Event, T> event, Function<Broken, T> broken) {
            return broken.apply(this);
        }
    }
}
