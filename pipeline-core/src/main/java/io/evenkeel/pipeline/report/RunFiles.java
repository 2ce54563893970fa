package io.evenkeel.pipeline.report;

import io.evenkeel.pipeline.summary.CtrfReport;
import io.evenkeel.pipeline.summary.JsonSummary;
import io.evenkeel.pipeline.summary.MarkdownOptions;
import io.evenkeel.pipeline.summary.MarkdownSummary;
import io.evenkeel.pipeline.summary.RunSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/** Writes the summary files of a run into {@code .evenkeel}; a reader never sees half of one. Thread-safe. */
public final class RunFiles {

    private RunFiles() {}

    /**
     * Writes {@code summary.json} and {@code summary.md}.
     *
     * @param testFolder within the repository, as {@link JsonSummary#write} has it
     * @throws IOException when the folder cannot be written
     */
    public static void writeSummary(
            Path evenkeelDir, RunSummary summary, Optional<String> testFolder, MarkdownOptions options)
            throws IOException {
        Folders.write(evenkeelDir.resolve("summary.json"), out -> JsonSummary.write(summary, testFolder, out));
        Folders.write(
                evenkeelDir.resolve("summary.md"),
                out -> out.write(MarkdownSummary.of(summary, options).getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes the run in the Common Test Report Format, usually to {@code report/ctrf.json}.
     *
     * @param stop when the run ended
     * @throws IOException when the file cannot be written
     */
    public static void writeCtrf(Path file, RunSummary summary, Instant stop) throws IOException {
        Folders.write(file, out -> CtrfReport.write(summary, stop, out));
    }
}
