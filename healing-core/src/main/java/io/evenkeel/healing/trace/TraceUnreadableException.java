package io.evenkeel.healing.trace;

import java.util.Objects;

/** A trace cannot be used; the message says why and what to do. */
public final class TraceUnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    public TraceUnreadableException(String message) {
        super(message);
    }

    public TraceUnreadableException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns what is wrong and what to do. */
    public String reason() {
        return Objects.requireNonNullElse(getMessage(), "The evidence cannot be read.");
    }
}
