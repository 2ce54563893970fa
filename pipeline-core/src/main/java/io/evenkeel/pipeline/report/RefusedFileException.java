package io.evenkeel.pipeline.report;

/** A delivered file that is not what it should be, or is made to do harm; the message says what is wrong with it. */
public final class RefusedFileException extends RuntimeException {

    /** Creates one without a cause. */
    public RefusedFileException(String message) {
        super(message);
    }

    /** Creates one with what was found out while reading. */
    public RefusedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
