package io.evenkeel.pipeline.report;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/** Replaces files and folders so that a reader never sees half of one. */
final class Folders {

    private Folders() {}

    /** Writes a file under another name and moves it to its place. */
    static void write(Path file, Writer writer) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        // Not createTempFile: the finished file must be readable by whoever may read the folder.
        Path fresh = target.resolveSibling(
                "." + target.getFileName() + "-" + ProcessHandle.current().pid() + "-" + System.nanoTime());
        try {
            try (var out = new java.io.BufferedOutputStream(Files.newOutputStream(fresh), 1 << 16)) {
                writer.write(out);
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Writes the content of a file. */
    @FunctionalInterface
    interface Writer {
        void write(java.io.OutputStream out) throws IOException;
    }

    /** Puts a folder in the place of another, which is moved away first. */
    static void replace(Path fresh, Path target, Path old) throws IOException {
        if (Files.exists(target)) {
            Files.move(target, old);
        }
        Files.move(fresh, target);
    }

    /** Deletes a folder with all that is in it; links are deleted, not followed. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException error) throws IOException {
                Files.delete(dir);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
