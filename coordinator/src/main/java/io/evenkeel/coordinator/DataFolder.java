package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Secret;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder a coordinator keeps everything in, held by one process at a time.
 *
 * <p>{@code evenkeel.db} and its log, {@code artifacts/}, {@code admin.token} and {@code url.key} (readable by the owner only), {@code
 * coordinator.lock}.
 */
final class DataFolder implements AutoCloseable {

    private static final int KEY_BYTES = 32;

    private final Path folder;
    private final FileChannel lockFile;

    private DataFolder(Path folder, FileChannel lockFile) {
        this.folder = folder;
        this.lockFile = lockFile;
    }

    /**
     * Takes the folder for this process.
     *
     * @throws StartException when it cannot be written, or another coordinator has it
     */
    static DataFolder take(Path folder) {
        create(folder);
        Path lock = folder.resolve("coordinator.lock");
        FileChannel channel = null;
        try {
            channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock held = channel.tryLock();
            if (held == null) {
                channel.close();
                throw taken(folder, new IOException("the lock is held"));
            }
            return new DataFolder(folder, channel);
        } catch (OverlappingFileLockException e) {
            close(channel);
            throw taken(folder, e);
        } catch (IOException e) {
            close(channel);
            throw notWritable(folder, e);
        }
    }

    /** Makes the folder if it is not there; for commands that work beside a running coordinator. */
    static Path create(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("permission denied");
            }
            return folder;
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    static Path database(Path folder) {
        return folder.resolve("evenkeel.db");
    }

    Path database() {
        return database(folder);
    }

    Path artifacts() {
        return folder.resolve("artifacts");
    }

    Path adminTokenFile() {
        return folder.resolve("admin.token");
    }

    /** Returns the administrator's token, made at the first start. */
    Secret adminToken() {
        return new Secret(new String(secret(adminTokenFile(), "eva_"), StandardCharsets.UTF_8).strip());
    }

    /** Returns the key that signs addresses, made at the first start. */
    byte[] urlKey() {
        return secret(folder.resolve("url.key"), "");
    }

    @Override
    public void close() {
        close(lockFile);
    }

    private byte[] secret(Path file, String prefix) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[KEY_BYTES];
                new SecureRandom().nextBytes(random);
                String text = prefix + Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
                Files.createFile(file);
                ownerOnly(file);
                Files.writeString(file, text);
            }
            return Files.readAllBytes(file);
        } catch (FileAlreadyExistsException e) {
            throw new IllegalStateException("The data folder must be held by this process alone.", e);
        } catch (IOException e) {
            throw notWritable(folder, e);
        }
    }

    private static void ownerOnly(Path file) throws IOException {
        if (Set.copyOf(file.getFileSystem().supportedFileAttributeViews()).contains("posix")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    private static void close(@Nullable FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new IllegalStateException("The lock of the data folder could not be released.", e);
            }
        }
    }

    private static StartException taken(Path folder, Exception cause) {
        return new StartException(
                "Another coordinator uses the data folder " + folder
                        + ". Stop it, or choose another folder with --data.",
                cause);
    }

    private static StartException notWritable(Path folder, IOException cause) {
        return new StartException(
                "The data folder " + folder + " cannot be written (" + cause.getMessage()
                        + "). Give this user the right to write there, or choose another with --data.",
                cause);
    }
}
