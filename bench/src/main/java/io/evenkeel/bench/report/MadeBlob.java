package io.evenkeel.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes the blob report of one shard in the form of Playwright 1.65.1, steps included. One thread. */
final class MadeBlob {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private long now;

    private MadeBlob(Writer out, long begin) {
        this.out = out;
        this.now = begin;
    }

    static void write(Path file, List<MadeTest> tests, Path rootDir, long begin) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                Writer writer = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
            zip.putNextEntry(new ZipEntry("report.jsonl"));
            new MadeBlob(writer, begin).write(tests, rootDir);
        }
    }

    private void write(List<MadeTest> tests, Path rootDir) throws IOException {
        event("onBlobReportMetadata", Map.of("version", 2, "userAgent", "Playwright/1.65.1", "pathSeparator", "/"));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("configFile", "../playwright.config.ts");
        config.put("globalTimeout", 0);
        config.put("maxFailures", 0);
        config.put("metadata", Map.of("actualWorkers", 1));
        config.put("rootDir", rootDir.toString());
        config.put("version", "1.65.1");
        config.put("workers", 1);
        config.put("tags", List.of());
        event("onConfigure", Map.of("config", config));
        event("onProject", Map.of("project", project(tests)));
        out.write("{\"method\":\"onBegin\"}\n");
        for (MadeTest test : tests) {
            for (int retry = 0; retry < test.statuses().size(); retry++) {
                attempt(test, retry);
            }
        }
        event("onEnd", Map.of("result", Map.of("status", "failed", "startTime", now, "duration", 1000)));
    }

    private static Map<String, Object> project(List<MadeTest> tests) {
        Map<String, List<Object>> files = new LinkedHashMap<>();
        for (MadeTest test : tests) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("testId", test.id());
            entry.put("title", test.title());
            entry.put("location", location(test.file(), test.line()));
            entry.put("retries", 1);
            entry.put("tags", List.of());
            entry.put("repeatEachIndex", 0);
            entry.put("annotations", List.of());
            files.computeIfAbsent(test.file(), file -> new ArrayList<>()).add(entry);
        }
        List<Object> suites = new ArrayList<>();
        files.forEach((file, entries) -> suites.add(Map.of(
                "title",
                file,
                "location",
                location(file, 0),
                "entries",
                List.of(Map.of("title", file, "location", location(file, 3), "entries", entries)))));
        Map<String, Object> project = new LinkedHashMap<>();
        project.put("metadata", Map.of());
        project.put("name", MadeTest.PROJECT);
        project.put("outputDir", "../test-results");
        project.put("repeatEach", 1);
        project.put("retries", 1);
        project.put("testDir", "");
        project.put("testIgnore", List.of());
        project.put("testMatch", List.of(Map.of("s", "**/*.spec.ts")));
        project.put("timeout", 20_000);
        project.put("suites", suites);
        project.put("grep", List.of(Map.of("r", Map.of("source", ".*", "flags", ""))));
        project.put("grepInvert", List.of());
        project.put("dependencies", List.of());
        project.put("snapshotDir", "");
        project.put("use", Map.of());
        return project;
    }

    private static Map<String, Object> location(String file, int line) {
        return Map.of("file", file, "line", line, "column", 3);
    }

    private void attempt(MadeTest test, int retry) throws IOException {
        String result = test.id() + retry;
        event(
                "onTestBegin",
                Map.of(
                        "testId",
                        test.id(),
                        "result",
                        Map.of("id", result, "retry", retry, "workerIndex", 0, "parallelIndex", 0, "startTime", now)));
        int step = Math.max(1, test.durationMs() / test.steps().size());
        for (int i = 0; i < test.steps().size(); i++) {
            Map<String, Object> begin = new LinkedHashMap<>();
            begin.put("id", result + i);
            begin.put("title", test.steps().get(i));
            begin.put("category", "pw:api");
            begin.put("startTime", now);
            begin.put("location", location(test.file(), test.line() + i));
            event("onStepBegin", Map.of("testId", test.id(), "resultId", result, "step", begin));
            event(
                    "onStepEnd",
                    Map.of(
                            "testId",
                            test.id(),
                            "resultId",
                            result,
                            "step",
                            Map.of("id", result + i, "duration", step)));
            now += step;
        }
        String status = test.statuses().get(retry);
        String expected = status.equals("skipped") ? "skipped" : "passed";
        event(
                "onTestEnd",
                Map.of(
                        "test",
                        Map.of(
                                "testId",
                                test.id(),
                                "expectedStatus",
                                expected,
                                "timeout",
                                20_000,
                                "annotations",
                                List.of()),
                        "result",
                        Map.of(
                                "id",
                                result,
                                "duration",
                                test.durationMs(),
                                "status",
                                status,
                                "errors",
                                status.equals("failed") ? List.of(Map.of("message", MadeTest.FAILURE)) : List.of())));
    }

    private void event(String method, Map<String, Object> params) throws IOException {
        out.write(JSON.writeValueAsString(Map.of("method", method, "params", params)));
        out.write('\n');
    }
}
