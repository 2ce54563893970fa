package io.evenkeel.pipeline.host;

import io.evenkeel.pipeline.fix.GitContext;
import io.evenkeel.pipeline.host.Publication.Sources;
import io.evenkeel.pipeline.summary.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds out where in the repository the files of a summary lie: forges want paths from its root.
 *
 * <p>Where there is no git, the project folder counts as the root. Thread-safe.
 */
public final class RepositoryPlaces {

    private static final int DEPTH = 4;
    private static final int MOST_FOLDERS = 2_000;
    private static final int SAMPLE = 5;

    private RepositoryPlaces() {}

    /**
     * Returns the prefixes of paths.
     *
     * @param project folder the user types the command in
     */
    public static Sources of(Path project, RunSummary summary) {
        return real(project)
                .map(folder -> {
                    Path root = root(folder);
                    return new Sources(
                            prefix(root, folder),
                            prefix(root, testRoot(folder, summary).orElse(folder)));
                })
                .orElseGet(Sources::atRoot);
    }

    /**
     * Returns the folder within the repository that the files of the tests are relative to, with {@code /}, without one at the end.
     *
     * @param project folder the user types the command in
     * @return empty text for the root of the repository; nothing when the files are not there
     */
    public static Optional<String> testFolder(Path project, RunSummary summary) {
        return real(project)
                .flatMap(folder -> testRoot(folder, summary).map(tests -> prefix(root(folder), tests)))
                .map(prefix -> prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1));
    }

    private static Optional<Path> real(Path project) {
        try {
            return Optional.of(project.toAbsolutePath().normalize().toRealPath());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Path root(Path folder) {
        return GitContext.of(folder).map(GitContext::workTree).orElse(folder);
    }

    private static String prefix(Path root, Path folder) {
        String relative =
                folder.startsWith(root) ? root.relativize(folder).toString().replace('\\', '/') : "";
        return relative.isEmpty() ? "" : relative + "/";
    }

    /** Returns the folder, nearest to the project, below which all the files are. */
    private static Optional<Path> testRoot(Path project, RunSummary summary) {
        List<String> files = summary.tests().stream()
                .map(test -> test.name().file())
                .filter(file -> !file.isEmpty())
                .distinct()
                .limit(SAMPLE)
                .toList();
        if (files.isEmpty()) {
            return Optional.empty();
        }
        Deque<Path> open = new ArrayDeque<>(List.of(project));
        for (int seen = 0; !open.isEmpty() && seen < MOST_FOLDERS; seen++) {
            Path folder = open.removeFirst();
            if (files.stream().allMatch(file -> isThere(folder, file))) {
                return Optional.of(folder);
            }
            if (project.relativize(folder).getNameCount() < DEPTH) {
                open.addAll(below(folder));
            }
        }
        return Optional.empty();
    }

    private static List<Path> below(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().matches("node_modules|\\..*"))
                    .filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean isThere(Path folder, String file) {
        try {
            return Files.isRegularFile(folder.resolve(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
