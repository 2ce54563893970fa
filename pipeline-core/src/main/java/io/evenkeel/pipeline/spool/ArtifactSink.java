package io.evenkeel.pipeline.spool;

import java.nio.file.Path;

/** Takes the files that failed and flaky attempts leave; called by one thread. */
public interface ArtifactSink {

    /** Returned for a file that was not taken; it stays on the executor. */
    enum Answer {
        STORED,
        NOT_STORED
    }

    /**
     * Hands over one file. Sending a file again is harmless.
     *
     * <p>Implementations bound their own time and answer {@link Answer#NOT_STORED} for what a network can do.
     *
     * @param file readable and complete
     * @param sha256 of its content, in hex
     * @param contentType media type
     */
    Answer store(Path file, String sha256, String contentType);
}
