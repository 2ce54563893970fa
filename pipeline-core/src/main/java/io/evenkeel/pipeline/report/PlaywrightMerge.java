package io.evenkeel.pipeline.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs {@code playwright merge-reports}.
 *
 * <p>Its exit code says nothing in a way that holds for all versions (since 1.65 it is 1 when a test failed), so what
 * counts are the files. One thread.
 */
final class PlaywrightMerge {

    private static final int SHOWN = 2_000;

    private final MergeRequest request;
    private final Path blobs;

    PlaywrightMerge(MergeRequest request, Path blobs) {
        this.request = request;
        this.blobs = blobs;
    }

    /** Writes the reports into a folder; returns what went wrong, empty when they are all there. */
    Optional<String> into(Path folder, Path log) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(request.command().words());
        words.addAll(List.of("merge-reports", "--reporter=html,junit,json", blobs.toString()));
        Optional<String> problem = run(words, folder, log);
        if (problem.isEmpty()) {
            problem = missing(folder)
                    .map(file -> "Playwright's merge-reports wrote no " + file + ". It said: " + end(log));
        }
        if (problem.isEmpty() && request.command().reporters() == MergeRequest.Reporters.OURS_AND_USERS) {
            List<String> again = new ArrayList<>(request.command().words());
            again.addAll(List.of(
                    "merge-reports", "--config=" + request.project().config().toAbsolutePath(), blobs.toString()));
            return run(again, folder.resolveSibling("unused"), log);
        }
        return problem;
    }

    private Optional<String> run(List<String> words, Path folder, Path log) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(request.project().folder().toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.PIPE)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        boolean ours = words.contains("--reporter=html,junit,json");
        prepare(builder.environment(), ours ? Optional.of(folder) : Optional.empty());
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return Optional.of("Cannot start \"" + String.join(" ", words) + "\" in "
                    + request.project().folder() + ": " + e.getMessage() + ". Install the project's packages first.");
        }
        try {
            process.getOutputStream().close();
            if (!process.waitFor(request.command().limit().toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.of("Playwright's merge-reports did not end within "
                        + request.command().limit().toSeconds() + " s. It said: " + end(log));
            }
            return process.exitValue() <= 1
                    ? Optional.empty()
                    : Optional.of("Playwright's merge-reports ended with exit code " + process.exitValue()
                            + ". It said: " + end(log));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Names of 1.40 beside those of later versions; our own reporter and preload must not run here. */
    private static void prepare(Map<String, String> environment, Optional<Path> folder) {
        environment.remove("PW_TEST_REPORTER");
        String node = environment.getOrDefault("NODE_OPTIONS", "");
        if (node.contains("evenkeel-")) {
            environment.remove("NODE_OPTIONS");
        }
        environment.put("PLAYWRIGHT_HTML_OPEN", "never");
        environment.put("PW_TEST_HTML_REPORT_OPEN", "never");
        folder.ifPresent(f -> {
            String html = f.resolve("html").toString();
            environment.put("PLAYWRIGHT_HTML_REPORT", html);
            environment.put("PLAYWRIGHT_HTML_OUTPUT_DIR", html);
            environment.put(
                    "PLAYWRIGHT_JUNIT_OUTPUT_NAME", f.resolve("junit.xml").toString());
            environment.put(
                    "PLAYWRIGHT_JUNIT_OUTPUT_FILE", f.resolve("junit.xml").toString());
            environment.put(
                    "PLAYWRIGHT_JSON_OUTPUT_NAME", f.resolve("report.json").toString());
            environment.put(
                    "PLAYWRIGHT_JSON_OUTPUT_FILE", f.resolve("report.json").toString());
        });
    }

    private static Optional<String> missing(Path folder) {
        return List.of("html/index.html", "junit.xml", "report.json").stream()
                .filter(name -> !Files.isRegularFile(folder.resolve(name)))
                .findFirst();
    }

    private static String end(Path log) {
        try {
            String text = Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
            return text.length() <= SHOWN
                    ? text.strip()
                    : "…" + text.substring(text.length() - SHOWN).strip();
        } catch (IOException e) {
            return "(its output cannot be read: " + e.getMessage() + ")";
        }
    }
}
