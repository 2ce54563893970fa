package io.evenkeel.cli;

/** The command was used in a way that cannot work; the message says what to do. Ends in exit code 2. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
