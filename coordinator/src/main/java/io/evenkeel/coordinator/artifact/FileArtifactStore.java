package io.evenkeel.coordinator.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * One file for each content, {@code ab/abcdef…}, written under another name, synced and moved: a reader never sees half of one.
 *
 * <p>Thread-safe, also for two who put the same content at once.
 */
public final class FileArtifactStore implements ArtifactStore {

    private static final int BUFFER = 64 * 1024;

    private final Path folder;
    private final Path incoming;

    /**
     * Uses this folder and removes what a crash left half written.
     *
     * @throws StorageException when the folder cannot be made
     */
    public FileArtifactStore(Path folder) {
        this.folder = folder;
        this.incoming = folder.resolve("incoming");
        try {
            Files.createDirectories(incoming);
            sweep();
        } catch (IOException e) {
            throw new StorageException("The artifact folder " + folder + " cannot be written: " + e.getMessage(), e);
        }
    }

    @Override
    public long put(Sha256 hash, InputStream bytes) {
        Path temporary = incoming.resolve(UUID.randomUUID().toString());
        try {
            MessageDigest digest = Sha256.digest();
            long size = write(bytes, temporary, digest);
            String got = HexFormat.of().formatHex(digest.digest());
            if (!got.equals(hash.hex())) {
                throw new WrongContentException(hash, got);
            }
            Path place = place(hash);
            Files.createDirectories(place.getParent());
            Files.move(temporary, place, StandardCopyOption.ATOMIC_MOVE);
            return size;
        } catch (IOException e) {
            throw new StorageException(
                    "The artifact could not be stored (" + e.getMessage()
                            + "). Make room on the disk of the data folder and send it again.",
                    e);
        } finally {
            delete(temporary);
        }
    }

    @Override
    public Optional<Stored> get(Sha256 hash) {
        Path place = place(hash);
        try {
            return Optional.of(new Stored(Files.newInputStream(place), Files.size(place)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StorageException("The artifact " + hash.hex() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static long write(InputStream bytes, Path file, MessageDigest digest) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long size = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            int read;
            while ((read = bytes.read(buffer)) >= 0) {
                size += read;
                if (size > MOST_BYTES) {
                    throw new TooLargeException();
                }
                digest.update(buffer, 0, read);
                ByteBuffer part = ByteBuffer.wrap(buffer, 0, read);
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
            channel.force(true);
        }
        return size;
    }

    private Path place(Sha256 hash) {
        return folder.resolve(hash.hex().substring(0, 2)).resolve(hash.hex());
    }

    private void sweep() throws IOException {
        try (Stream<Path> left = Files.list(incoming)) {
            left.forEach(FileArtifactStore::delete);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("A temporary file could not be removed: " + file, e);
        }
    }
}
