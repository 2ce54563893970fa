package io.evenkeel.coordinator.artifact;

import java.io.InputStream;
import java.util.Optional;

/**
 * Where the bytes are.
 *
 * <p>Implementations are thread-safe. What {@link #put} has returned from survives a crash of the process.
 */
public interface ArtifactStore {

    /** Largest file taken. */
    long MOST_BYTES = 100L * 1024 * 1024;

    /**
     * Stores the bytes unless they are there already. Reads the stream to its end and does not close it.
     *
     * @return number of bytes
     * @throws WrongContentException when the bytes have another hash; nothing is kept
     * @throws TooLargeException when there are more than {@link #MOST_BYTES}; nothing is kept
     * @throws StorageException when they cannot be written
     */
    long put(Sha256 hash, InputStream bytes);

    /** Opens the bytes; the caller closes the stream. Empty when nobody has put them. */
    Optional<Stored> get(Sha256 hash);

    /** Stored bytes. */
    record Stored(InputStream bytes, long size) {}

    /** The content has another hash than its name says. */
    final class WrongContentException extends RuntimeException {
        WrongContentException(Sha256 wanted, String got) {
            super("The content has the hash " + got + ", not " + wanted.hex()
                    + ". Maybe the file changed while it was sent: compute the hash again and repeat.");
        }
    }

    /** The content is larger than {@link #MOST_BYTES}. */
    final class TooLargeException extends RuntimeException {
        TooLargeException() {
            super("An artifact may have at most " + MOST_BYTES / (1024 * 1024)
                    + " MiB. Leave it with the artifacts of the CI job.");
        }
    }

    /** The content cannot be written or read. */
    final class StorageException extends RuntimeException {
        StorageException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
