package io.evenkeel.pipeline.spool;

/** Takes batches of events; called by one thread, in the order of the spool. */
public interface EventSink {

    /**
     * Hands over a batch. Sending a batch again is harmless.
     *
     * <p>Implementations bound their own time (connect, retries and answer together) and never throw for what a network
     * can do: they answer {@link Acknowledgement.Unavailable}.
     */
    Acknowledgement send(Batch batch);
}
