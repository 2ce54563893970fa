package io.evenkeel.pipeline.client;

import io.evenkeel.pipeline.client.Transport.Reply;
import io.evenkeel.pipeline.client.Transport.Reply.Status;

/**
 * Whether the coordinator is there, as its answers tell. That a connection was taken tells nothing: the system of a process that hangs takes it too.
 * Thread-safe.
 */
final class Presence {

    private volatile boolean there;

    /** Returns whether it has answered, and nothing since says that it is gone; it may be slow. */
    boolean isThere() {
        return there;
    }

    /** Takes in what came of a request; silence changes nothing. */
    void learn(Reply reply) {
        there = reply.match(
                status -> status.code() < 500 || there && asksToWait(status),
                lost -> there && lost.sign() == Reply.Sign.SILENCE,
                untrusted -> false);
    }

    private static boolean asksToWait(Status status) {
        return status.retryAfter().isPresent();
    }
}
