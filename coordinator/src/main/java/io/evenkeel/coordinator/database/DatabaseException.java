package io.evenkeel.coordinator.database;

/** The database refused or failed; the message says what to do. */
public final class DatabaseException extends RuntimeException {

    /** Creates it with what happened and the exception underneath. */
    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Tells of a write that failed. */
    static DatabaseException ofWrite(Exception cause) {
        String text = String.valueOf(cause.getMessage());
        String advice = text.contains("FULL") || text.contains("IOERR")
                ? "Make room on the disk of the data folder; nothing of this request was kept, so send it again."
                : "Nothing of this request was kept; send it again, and look at the coordinator's log when it fails again.";
        return new DatabaseException("The database could not write (" + text + "). " + advice, cause);
    }
}
