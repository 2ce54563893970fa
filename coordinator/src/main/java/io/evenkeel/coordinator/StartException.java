package io.evenkeel.coordinator;

/** The coordinator cannot start; the message is one line that says what and what to do. */
public final class StartException extends RuntimeException {

    /** Creates it. */
    public StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
