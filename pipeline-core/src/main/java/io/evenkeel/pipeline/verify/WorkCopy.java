package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A copy of a project that tests can run in and that may be patched; deleted when it is closed. One thread.
 */
final class WorkCopy implements Closeable {

    private final Path root;

    private WorkCopy(Path root) {
        this.root = root;
    }

    /**
     * Copies a project.
     *
     * @param original root of the project, with symbolic links resolved
     * @param parent folder in which the copy is made; not inside the project
     * @param limits how large the project may be, and how long copying may take
     * @throws IOException with a message for people, if it cannot be copied; nothing is left behind
     */
    static WorkCopy of(Path original, Path parent, Limits limits) throws IOException {
        Path home = parent.toRealPath();
        if (home.startsWith(original)) {
            throw new IOException(
                    "The folder for work copies (" + home + ") lies inside the project. Set another one.");
        }
        Path root = Files.createTempDirectory(home, "evenkeel-verify-");
        WorkCopy copy = new WorkCopy(root);
        try {
            Files.walkFileTree(original, new TreeCopier(original, root, limits));
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** Returns the copy's counterpart of the original root. */
    Path root() {
        return root;
    }

    /**
     * Applies patches; either all of them are applied or none.
     *
     * @param project the copy's counterpart of the folder the files of the patches are relative to
     * @throws IOException with a message for people, if a file is not there or not as it was
     */
    void apply(Path project, List<Patch> patches) throws IOException {
        TreeMap<Path, List<Patch>> byFile = new TreeMap<>();
        for (Patch patch : patches) {
            Path file = project.resolve(patch.file());
            if (!Files.exists(file) || !file.toRealPath().startsWith(root)) {
                throw new IOException(patch.file() + " is not a file of the project. Run the tests again.");
            }
            byFile.computeIfAbsent(file.toRealPath(), f -> new java.util.ArrayList<>())
                    .add(patch);
        }
        TreeMap<Path, byte[]> patched = new TreeMap<>();
        for (Path file : byFile.keySet()) {
            byte[] content = Files.readAllBytes(file);
            List<Patch> fromTheEnd = byFile.get(file).stream()
                    .sorted(Comparator.comparingInt(
                                    (Patch patch) -> patch.range().start())
                            .reversed())
                    .collect(Collectors.toList());
            try {
                for (Patch patch : fromTheEnd) {
                    content = patch.applyTo(content);
                }
            } catch (IllegalArgumentException e) {
                throw new IOException(fromTheEnd.get(0).file() + " changed since the run. Run the tests again.", e);
            }
            patched.put(file, content);
        }
        for (Path file : patched.keySet()) {
            file.toFile().setWritable(true); // a read-only checkout is copied with its modes
            Files.write(file, patched.get(file));
        }
    }

    /** Deletes the copy; what it links to stays. */
    @Override
    public void close() {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, java.io.IOException e) throws IOException {
                    Files.deleteIfExists(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.getLogger(WorkCopy.class.getName())
                    .log(System.Logger.Level.WARNING, "a work copy could not be deleted, folder=" + root, e);
        }
    }

    /**
     * What copying may cost.
     *
     * @param files number of files
     * @param bytes their size together
     * @param time wall time
     */
    record Limits(long files, long bytes, Duration time) {

        /** 200,000 files, 4 GiB: what is larger is no test project any more. */
        static Limits within(Duration time) {
            return new Limits(200_000, 4L << 30, time);
        }
    }
}
