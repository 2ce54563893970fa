package io.evenkeel.pipeline.fix;

import java.io.IOException;
import java.util.List;

/** Makes commits through the API of a forge, which then signs them. One thread. */
public interface ForgeCommits {

    /** Whether this forge asks for signed commits on a branch; a refused push may be the first sign of it. */
    boolean wantedFor(String branch);

    /**
     * Makes a branch of one commit; one that is there already is moved to it.
     *
     * @param branch name without {@code refs/heads/}
     * @param base what it begins at; the forge must have it
     * @param message message of the commit
     * @param files new content of files that are there already
     * @return full hash of the commit
     * @throws IOException when the forge refuses or cannot be reached
     */
    String commit(String branch, Base base, String message, List<Content> files) throws IOException;

    /** A commit and its tree, both as full hashes. */
    record Base(String commit, String tree) {}

    /** Whether a file can be run. */
    enum Mode {
        PLAIN,
        EXECUTABLE
    }

    /**
     * A file as it is to be.
     *
     * <p>A class and not a record, because arrays have no value equality.
     */
    final class Content {

        private final String path;
        private final byte[] bytes;
        private final Mode mode;

        public Content(String path, byte[] bytes, Mode mode) {
            this.path = path;
            this.bytes = bytes.clone();
            this.mode = mode;
        }

        /** Returns the path in the repository, with {@code /}. */
        public String path() {
            return path;
        }

        public byte[] bytes() {
            return bytes.clone();
        }

        public Mode mode() {
            return mode;
        }
    }
}
