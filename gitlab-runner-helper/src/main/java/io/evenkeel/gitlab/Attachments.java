package io.evenkeel.gitlab;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds files of the executors in the checkout of the report job, where the CI has put their artifacts.
 *
 * <p>The executor's folder has another name, so the longest tail of the path that is there counts. Thread-safe.
 *
 * @param project root of the checkout
 */
record Attachments(Path project) {

    /** Returns the path relative to the root of the checkout, with {@code /}; empty when the file is not there. */
    Optional<String> find(String path) {
        String[] names = path.replace('\\', '/').split("/");
        for (int from = 0; from < names.length; from++) {
            String tail = String.join("/", java.util.Arrays.asList(names).subList(from, names.length));
            if (tail.isEmpty() || tail.startsWith("/") || tail.contains("..") || tail.contains("]]")) {
                continue;
            }
            try {
                Path file = project.resolve(tail).normalize();
                if (file.startsWith(project.normalize()) && Files.isRegularFile(file)) {
                    return Optional.of(
                            project.normalize().relativize(file).toString().replace('\\', '/'));
                }
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
