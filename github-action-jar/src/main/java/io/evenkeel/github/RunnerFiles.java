package io.evenkeel.github;

import io.evenkeel.pipeline.host.Remark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/**
 * What a step tells its runner without any token: outputs, summary, annotations. One thread.
 *
 * <p>Source of the limits: GitHub Docs, "Workflow commands for GitHub Actions" (1 MiB of summary for each step, 10 annotations of each
 * level).
 */
final class RunnerFiles {

    /** Annotations of one level that GitHub keeps for a step. */
    static final int MOST_OF_EACH_LEVEL = 10;

    private static final int LARGEST_SUMMARY = 1 << 20;

    private final GithubEnvironment.StepFiles files;
    private final Consumer<String> log;

    RunnerFiles(GithubEnvironment.StepFiles files, Consumer<String> log) {
        this.files = files;
        this.log = log;
    }

    /**
     * Adds outputs for later steps and jobs.
     *
     * @return false outside of a step
     */
    boolean outputs(Map<String, String> values) throws IOException {
        if (files.output().isEmpty()) {
            return false;
        }
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) -> text.append(name)
                .append('=')
                .append(value.replaceAll("[\\r\\n]+", " "))
                .append('\n'));
        append(files.output().get(), text.toString());
        return true;
    }

    /**
     * Adds a page to the summary of the step.
     *
     * @param page gives a page of at most so many bytes
     * @return false outside of a step, and when the summary is full
     */
    boolean summary(IntFunction<String> page) throws IOException {
        if (files.summary().isEmpty()) {
            return false;
        }
        Path file = files.summary().get();
        long used = Files.exists(file) ? Files.size(file) : 0;
        long room = LARGEST_SUMMARY - used - 1;
        if (room < 2_000) {
            return false;
        }
        append(file, page.apply((int) room) + "\n");
        return true;
    }

    private static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** Shows remarks beside the source, through the log. */
    void annotate(List<Remark> remarks) {
        for (Remark remark : remarks) {
            String command = remark.level() == Remark.Level.ERROR ? "error" : "warning";
            log.accept("::" + command + " file=" + property(remark.path()) + ",line=" + remark.line() + ",title="
                    + property(remark.title()) + "::" + data(remark.message()));
        }
    }

    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
