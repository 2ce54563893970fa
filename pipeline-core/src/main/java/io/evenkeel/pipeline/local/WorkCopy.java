package io.evenkeel.pipeline.local;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;

/**
 * A copy of a project in which tests may write without disturbing another executor.
 *
 * <p>Files are copied, ignored ones too, because tests may need what a build has made; {@code node_modules} and {@code .git} are links. What lies
 * around the project in its repository is linked at the same place, so imports of a neighbouring package still resolve. Linking
 * files instead would be cheaper, but a test that writes a file in place would write it for all. Immutable.
 *
 * @param root the copy's folder that stands for the repository
 * @param from the original project folder
 * @param project the copy of the project folder
 */
public record WorkCopy(Path root, Path from, Path project) {

    private static final Set<String> LINKED = Set.of("node_modules", ".git");

    /** What runs leave behind; never an input of a run. */
    private static final Set<String> LEFT_OUT = Set.of("test-results", "playwright-report", "blob-report", ".evenkeel");

    /**
     * Makes a copy.
     *
     * @param project original folder
     * @param target new folder outside of the project
     * @param leftOut folders inside of the project that hold results
     * @throws IOException when something cannot be read or there is no room
     */
    public static WorkCopy make(Path project, Path target, List<Path> leftOut) throws IOException {
        Path from = project.toRealPath();
        Path repository = repositoryOf(from);
        Path root = Files.createDirectories(target).toRealPath();
        if (root.startsWith(from)) {
            throw new IllegalArgumentException("The copy (" + root + ") of " + from + " must lie outside of it.");
        }
        linkNeighbours(repository, from, root);
        Path copy = root.resolve(repository.relativize(from).toString());
        Set<Path> results = Set.copyOf(
                leftOut.stream().map(dir -> dir.toAbsolutePath().normalize()).toList());
        Files.walkFileTree(from, new Copier(from, copy, results));
        return new WorkCopy(root, from, copy);
    }

    /** Returns where a path of the original lies in the copy; a path outside of the project stays as it is. */
    public Path copied(Path original) {
        Path path = original.toAbsolutePath().normalize();
        return path.startsWith(from) ? project.resolve(from.relativize(path).toString()) : path;
    }

    /** Returns what a path in the copy stands for; a path outside of the copy stays as it is. */
    public Path original(Path copied) {
        Path path = copied.toAbsolutePath().normalize();
        return path.startsWith(project) ? from.resolve(project.relativize(path).toString()) : path;
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
                return;
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
    }

    /** Copies one tree. */
    private static final class Copier extends SimpleFileVisitor<Path> {
        private final Path from;
        private final Path to;
        private final Set<Path> results;

        Copier(Path from, Path to, Set<Path> results) {
            this.from = from;
            this.to = to;
            this.results = results;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            String name = String.valueOf(folder.getFileName());
            if (!folder.equals(from) && (LEFT_OUT.contains(name) || results.contains(folder))) {
                return FileVisitResult.SKIP_SUBTREE;
            }
            if (LINKED.contains(name)) {
                Files.createSymbolicLink(target(folder), folder);
                return FileVisitResult.SKIP_SUBTREE;
            }
            Files.createDirectories(target(folder));
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                link(file);
            } else if (attributes.isRegularFile()) {
                Files.copy(file, target(file), StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
            }
            return FileVisitResult.CONTINUE; // sockets and pipes belong to processes
        }

        /** A link inside of the project stays one inside of the copy; others lead where they led. */
        private void link(Path link) throws IOException {
            Path destination = Files.readSymbolicLink(link);
            Path absolute = link.resolveSibling(destination).normalize();
            Files.createSymbolicLink(target(link), absolute.startsWith(from) ? target(absolute) : absolute);
        }

        private Path target(Path original) {
            return to.resolve(from.relativize(original).toString());
        }
    }
}
