package io.evenkeel.healing.snapshot;

import java.util.Objects;

/** Evidence of a page could not be read or would cost too much; the message says what and what to do. */
public final class SnapshotRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public SnapshotRefusedException(String message) {
        super(message);
    }

    public SnapshotRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns what is wrong and what to do. */
    public String reason() {
        return Objects.requireNonNullElse(getMessage(), "The evidence cannot be read.");
    }
}
