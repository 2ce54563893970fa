package io.evenkeel.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Touches a file while this process lives.
 *
 * <p>Who has started the process may lose sight of it: the connection to the machine breaks, and when it is there again nothing says whether the
 * process survived. A number of a process means nothing across containers; a file in a folder both of them see does.
 */
final class SignOfLife {

    private static final long PAUSE_SECONDS = 5;

    private SignOfLife() {}

    /** Touches the file that {@code EVENKEEL_ALIVE} names every five seconds until the process ends; nothing without the variable. */
    static void keep(Settings settings) {
        settings.value("EVENKEEL_ALIVE").ifPresent(file -> {
            ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
                Thread thread = new Thread(task, "evenkeel-alive");
                thread.setDaemon(true);
                return thread;
            });
            heart.scheduleAtFixedRate(() -> touch(file), 0, PAUSE_SECONDS, TimeUnit.SECONDS);
        });
    }

    /** Makes the file or its time new; a sign that cannot be given changes nothing of the work. */
    static void touch(String file) {
        try {
            Path path = Path.of(file);
            try {
                Files.createFile(path);
            } catch (FileAlreadyExistsException e) {
                Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
            }
        } catch (IOException | InvalidPathException e) {
            // The folder may be deleted under us; the tests go on.
        }
    }
}
