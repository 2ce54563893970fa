package io.evenkeel.pipeline.workcopy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A copy of a folder that tests can run in and write to; deleted when it is closed. One thread.
 *
 * <p>Files are copied, ignored ones too, because tests may need what a build has made. Linking files instead would be cheaper, but a test
 * that writes a file in place would write it for all.
 */
public final class WorkCopy implements Closeable {

    /** Places that are tried in order before one is made up. */
    private static final int MOST_PLACES = 1_000;

    private final Path root;
    private final Path from;
    private final Path folder;

    private WorkCopy(Path root, Path from, Path folder) {
        this.root = root;
        this.from = from;
        this.folder = folder;
    }

    /**
     * Copies a whole tree, so that any file of it may be patched. Git's own data is not copied.
     *
     * @param original the tree
     * @param parent folder in which the copy is made; not inside the tree
     * @param limits how large the tree may be, and how long copying may take
     * @throws IOException with a message for people, if it cannot be copied; nothing is left behind
     */
    public static WorkCopy ofTree(Path original, Path parent, Limits limits) throws IOException {
        Path from = original.toRealPath();
        Path root = newFolder(from, parent);
        return filled(new WorkCopy(root, from, root), Set.of(), limits);
    }

    /**
     * Copies a project and links what lies around it in its repository, {@code .git} too, at the same place, so that imports of a
     * neighbouring package still resolve and tests that ask git get its answer.
     *
     * @param project the project
     * @param parent folder in which the copy is made; not inside the project
     * @param leftOut folders inside of the project that hold results
     * @param limits how large the project may be, and how long copying may take
     * @throws IOException with a message for people, if it cannot be copied; nothing is left behind
     */
    public static WorkCopy ofProject(Path project, Path parent, List<Path> leftOut, Limits limits) throws IOException {
        Path from = project.toRealPath();
        Path repository = repositoryOf(from);
        Path root = newFolder(from, parent);
        WorkCopy copy = new WorkCopy(
                root, from, root.resolve(repository.relativize(from).toString()));
        try {
            linkNeighbours(repository, from, root);
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
        Set<Path> results =
                leftOut.stream().map(dir -> dir.toAbsolutePath().normalize()).collect(Collectors.toSet());
        return filled(copy, results, limits);
    }

    private static Path newFolder(Path from, Path parent) throws IOException {
        Path home = parent.toRealPath();
        if (home.startsWith(from)) {
            throw new IOException(
                    "The folder for work copies (" + home + ") lies inside the project. Set another one.");
        }
        return free(home, "evenkeel-copy-" + Integer.toHexString(from.toString().hashCode()) + "-")
                .toRealPath();
    }

    /**
     * Makes the folder with the lowest free number. A copy that comes back at the place of an earlier one finds what Playwright has compiled for
     * that place; at a new place each time, its cache would only grow.
     */
    private static Path free(Path home, String name) throws IOException {
        for (int number = 1; number <= MOST_PLACES; number++) {
            try {
                return Files.createDirectory(home.resolve(name + number), ownerOnly(home));
            } catch (FileAlreadyExistsException e) {
                // another copy, or what a killed process has left: the next number is as good
            }
        }
        return Files.createTempDirectory(home, name);
    }

    private static FileAttribute<?>[] ownerOnly(Path home) {
        boolean posix = home.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    private static WorkCopy filled(WorkCopy copy, Set<Path> leftOut, Limits limits) throws IOException {
        try {
            Files.walkFileTree(copy.from, new TreeCopier(copy.from, copy.folder, leftOut, limits));
            return copy;
        } catch (IOException | RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    /** The folder that holds {@code .git}, or the project itself. */
    private static Path repositoryOf(Path project) {
        for (Path at = project; at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(".git"))) {
                return at;
            }
        }
        return project;
    }

    private static void linkNeighbours(Path repository, Path project, Path root) throws IOException {
        Path original = repository;
        Path copy = root;
        for (Path step : repository.relativize(project)) {
            if (step.toString().isEmpty()) {
                break;
            }
            try (var entries = Files.newDirectoryStream(original)) {
                for (Path entry : entries) {
                    if (!entry.getFileName().equals(step)) {
                        Files.createSymbolicLink(copy.resolve(entry.getFileName()), entry);
                    }
                }
            }
            original = original.resolve(step);
            copy = Files.createDirectories(copy.resolve(step));
        }
        if (project.equals(repository) && Files.exists(repository.resolve(".git"))) {
            Files.createSymbolicLink(root.resolve(".git"), repository.resolve(".git"));
        }
    }

    /** Returns the copy's counterpart of the folder that was named. */
    public Path folder() {
        return folder;
    }

    /** Returns the folder that was copied, with symbolic links resolved. */
    public Path from() {
        return from;
    }

    /** Returns where a path of the original lies in the copy; a path outside of what was copied stays as it is. */
    public Path copied(Path original) {
        return moved(original, from, folder);
    }

    /** Returns what a path in the copy stands for; a path outside of the copy stays as it is. */
    public Path original(Path copied) {
        return moved(copied, folder, from);
    }

    private static Path moved(Path path, Path from, Path to) {
        Path absolute = path.toAbsolutePath().normalize();
        return absolute.startsWith(from) ? to.resolve(from.relativize(absolute).toString()) : absolute;
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
    public record Limits(long files, long bytes, Duration time) {

        /** 200,000 files, 4 GiB: what is larger is no test project any more. */
        public static Limits within(Duration time) {
            return new Limits(200_000, 4L << 30, time);
        }
    }
}
