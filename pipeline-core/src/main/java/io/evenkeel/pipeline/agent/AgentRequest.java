package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.spool.SpoolId;
import java.nio.file.Path;
import java.util.List;

/**
 * One share to run on this executor.
 *
 * <p>Immutable.
 *
 * @param command the user's own command, with folder and variables
 * @param options further options for Playwright, for example {@code --workers=2}; they win over the user's
 * @param share which tests
 * @param evenkeelDir the {@code .evenkeel} folder; {@code spool/}, {@code blob/} and {@code adapters/} are made in it
 * @param spool id of the spool
 */
public record AgentRequest(RunCommand command, List<String> options, Share share, Path evenkeelDir, SpoolId spool) {

    public AgentRequest {
        options = List.copyOf(options);
        evenkeelDir = evenkeelDir.toAbsolutePath().normalize();
    }

    /** Returns the folder of spools and acknowledgements. */
    public Path spoolDir() {
        return evenkeelDir.resolve("spool");
    }

    /** Returns the folder of Playwright's blob reports. */
    public Path blobDir() {
        return evenkeelDir.resolve("blob");
    }
}
