package io.evenkeel.pipeline.spool;

import io.evenkeel.pipeline.protocol.SpoolEvent;

/** Completes an event just before it is sent, for example with where its files are stored. One thread. */
@FunctionalInterface
interface EventDresser {

    /** Returns the event to send; the {@code seq} stays. */
    SpoolEvent dress(SpoolEvent event);
}
