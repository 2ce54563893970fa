package io.evenkeel.coordinator.database;

import java.time.Duration;

/** More writes are waiting than the queue holds; nothing was written, trying again later is safe. */
public final class OverloadedException extends RuntimeException {

    private final Duration retryAfter;

    OverloadedException(String message, Duration retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** Returns how long to wait before the next try. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
