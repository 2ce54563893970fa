package io.evenkeel.bench.patch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files of old commits, read with the {@code git} of this machine.
 *
 * @param directory a bare repository or the {@code .git} of a clone
 */
record GitFiles(Path directory) {

    private static final int DEPTH = 3;

    /** Finds the git directory of a repository: below a folder whose name holds both owner and name, or the name alone. */
    static Optional<GitFiles> of(Path folder, String repo) throws IOException {
        String owner = repo.substring(0, repo.indexOf('/'));
        String name = repo.substring(repo.indexOf('/') + 1);
        try (Stream<Path> paths = Files.find(folder, DEPTH, (path, attributes) -> isGit(path))) {
            List<Path> all = paths.sorted().toList();
            Optional<Path> exact = all.stream()
                    .filter(p -> folder.relativize(p).toString().contains(owner + "+" + name)
                            || folder.relativize(p).toString().contains(owner + "/" + name))
                    .findFirst();
            return exact.or(() -> all.stream()
                            .filter(p -> (folder.relativize(p) + "/").matches("(.*/)?" + name + "(\\.git)?/(.*/)?"))
                            .findFirst())
                    .map(GitFiles::new);
        }
    }

    private static boolean isGit(Path path) {
        return Files.isRegularFile(path.resolve("HEAD")) && Files.isDirectory(path.resolve("objects"));
    }

    /** Returns the name a file had before a commit. */
    String before(String commit, String file) throws IOException {
        String names = new String(git("show", "--format=", "--name-status", "-M", commit), StandardCharsets.UTF_8);
        return names.lines()
                .map(line -> line.split("\t", -1))
                .filter(columns -> columns.length == 3 && columns[0].startsWith("R") && columns[2].equals(file))
                .map(columns -> columns[1])
                .findFirst()
                .orElse(file);
    }

    /** Returns a file of a revision, or empty if the revision or the file is not there. */
    Optional<byte[]> read(String revision, String file) throws IOException {
        byte[] bytes = git("show", revision + ":" + file);
        return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
    }

    /** Returns what git prints; nothing if it fails. */
    private byte[] git(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "safe.directory=*", "--git-dir=" + directory));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        byte[] bytes = process.getInputStream().readAllBytes();
        try {
            return process.waitFor() == 0 ? bytes : new byte[0];
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("git was interrupted.", e);
        }
    }

    Optional<String> text(String revision, String file) throws IOException {
        return read(revision, file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
