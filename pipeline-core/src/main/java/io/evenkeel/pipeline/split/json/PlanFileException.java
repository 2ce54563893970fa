package io.evenkeel.pipeline.split.json;

/** A plan file cannot be read or written; the message names the file and says what to do. */
public final class PlanFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlanFileException(String message) {
        super(message);
    }

    PlanFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
