package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.source.SourceFiles;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The test sources of a project on disk.
 *
 * <p>Never leaves the project folder, follows no link out of it, reads no file above 2 MiB and lists at most 20,000 files. The list is
 * taken once. Thread-safe.
 */
public final class ProjectSources implements SourceFiles {

    private static final long LARGEST = 2L << 20;
    private static final int MOST = 20_000;
    private static final Set<String> EXTENSIONS =
            Set.of("ts", "tsx", "mts", "cts", "js", "jsx", "mjs", "cjs", "java", "py");
    private static final Set<String> SKIPPED = Set.of(
            "node_modules",
            ".git",
            ".evenkeel",
            "test-results",
            "playwright-report",
            "blob-report",
            "dist",
            "target",
            "venv",
            ".venv",
            "__pycache__");

    private final Path root;
    private final List<String> files;

    private ProjectSources(Path root, List<String> files) {
        this.root = root;
        this.files = List.copyOf(files);
    }

    /**
     * Lists the sources below a folder.
     *
     * @throws IOException when the folder cannot be read
     */
    public static ProjectSources in(Path folder) throws IOException {
        Path root = folder.toRealPath();
        List<String> files = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                boolean skipped = !directory.equals(root) && SKIPPED.contains(String.valueOf(directory.getFileName()));
                return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && EXTENSIONS.contains(extension(file))) {
                    files.add(root.relativize(file).toString().replace('\\', '/'));
                }
                return files.size() < MOST ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                return FileVisitResult.CONTINUE;
            }
        });
        Collections.sort(files);
        return new ProjectSources(root, files);
    }

    private static String extension(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** Returns the real path of the project folder. */
    public Path root() {
        return root;
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            Path file = root.resolve(path).toRealPath();
            if (!file.startsWith(root) || !Files.isRegularFile(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            return Optional.of(Files.readAllBytes(file));
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return Optional.empty();
        }
    }

    @Override
    public String canonical(String path) {
        try {
            Path file = root.resolve(path).toRealPath();
            return file.startsWith(root) ? root.relativize(file).toString().replace('\\', '/') : path;
        } catch (IOException | java.nio.file.InvalidPathException e) {
            return path; // there is no such file; reading it says so
        }
    }

    @Override
    public List<String> list() {
        return files;
    }
}
