package io.evenkeel.pipeline.verify;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** Finds how much of the file system belongs to a project, so that a copy of it still finds what it imports. */
public final class ProjectRoot {

    private ProjectRoot() {}

    /**
     * Returns the folder to copy: the root of the git work tree around the project; without one, the topmost folder around it with a
     * {@code package.json}; else the project itself.
     *
     * @param project an existing folder, with symbolic links resolved
     */
    public static Path around(Path project) {
        Path topmost = project;
        for (Path folder = project; folder != null; folder = folder.getParent()) {
            if (Files.exists(folder.resolve(".git"), LinkOption.NOFOLLOW_LINKS)) {
                return folder;
            }
            if (Files.isRegularFile(folder.resolve("package.json"))) {
                topmost = folder;
            }
        }
        return topmost;
    }
}
