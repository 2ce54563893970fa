package io.evenkeel.pipeline.estimate.json;

/** A timings file cannot be read or written; the message names the file and says what to do. */
public final class TimingsFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TimingsFileException(String message) {
        super(message);
    }

    TimingsFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
