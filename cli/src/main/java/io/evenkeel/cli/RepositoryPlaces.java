package io.evenkeel.cli;

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

/** Finds out where in the repository the files of a summary lie: forges want paths from its root. */
final class RepositoryPlaces {

    private static final int DEPTH = 4;
    private static final int MOST_FOLDERS = 2_000;
    private static final int SAMPLE = 5;

    private RepositoryPlaces() {}

    /**
     * Returns the prefixes of paths.
     *
     * @param project folder the user types the command in
     */
    static Sources of(Path project, RunSummary summary) {
        Path folder = project.toAbsolutePath().normalize();
        try {
            folder = folder.toRealPath();
        } catch (IOException e) {
            return Sources.atRoot();
        }
        Path root = GitContext.of(folder).map(GitContext::workTree).orElse(folder);
        String prefix = prefix(root, folder);
        List<String> files = summary.tests().stream()
                .map(test -> test.name().file())
                .filter(file -> !file.isEmpty())
                .distinct()
                .limit(SAMPLE)
                .toList();
        Path tests = testRoot(folder, files).orElse(folder);
        return new Sources(prefix, prefix(root, tests));
    }

    private static String prefix(Path root, Path folder) {
        String relative =
                folder.startsWith(root) ? root.relativize(folder).toString().replace('\\', '/') : "";
        return relative.isEmpty() ? "" : relative + "/";
    }

    /** Returns the folder, nearest to the project, below which all the files are. */
    private static Optional<Path> testRoot(Path project, List<String> files) {
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
