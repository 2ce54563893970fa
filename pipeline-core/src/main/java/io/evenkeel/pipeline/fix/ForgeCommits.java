package io.evenkeel.pipeline.fix;

import java.io.IOException;
import java.util.Map;

/** Makes commits through the API of a forge, for branches that take signed commits only. One thread. */
public interface ForgeCommits {

    /**
     * Makes a branch of one commit, or moves one that holds our commit only.
     *
     * @param branch name without {@code refs/heads/}
     * @param base full hash of the commit it begins at; the forge must have it
     * @param message message of the commit
     * @param files new content of files that are there already, by path in the repository; modes stay
     * @return full hash of the commit
     * @throws IOException when the forge refuses or cannot be reached
     */
    String commit(String branch, String base, String message, Map<String, byte[]> files) throws IOException;
}
