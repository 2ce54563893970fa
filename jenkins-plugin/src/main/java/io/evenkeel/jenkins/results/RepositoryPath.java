package io.evenkeel.jenkins.results;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths as a forge wants them: from the root of the repository, with slashes, without dots. Pure. */
final class RepositoryPath {

    private RepositoryPath() {}

    /**
     * Returns the path of a file.
     *
     * @param folder within the repository, empty for its root
     * @param file relative to the folder
     * @return empty when the file lies outside of the repository
     */
    static Optional<String> of(String folder, String file) {
        String path = file.replace('\\', '/');
        if (path.isEmpty() || path.startsWith("/") || path.matches("[A-Za-z]:.*")) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : (folder + "/" + path).split("/")) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("/", parts));
    }
}
