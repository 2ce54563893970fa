package io.evenkeel.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the events of one shard as docs/reference/spool-events.md has them. One thread. */
final class MadeSpool {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Writer out;
    private long now;
    private int seq;

    MadeSpool(Writer out, long begin) {
        this.out = out;
        this.now = begin;
    }

    void write(List<MadeTest> tests, Path rootDir) throws IOException {
        event(
                "run.begin",
                Map.of(
                        "playwright",
                        "1.65.1",
                        "config",
                        "playwright.config.ts",
                        "rootDir",
                        rootDir.toString(),
                        "workers",
                        1,
                        "projects",
                        List.of(Map.of(
                                "name",
                                MadeTest.PROJECT,
                                "testDir",
                                "",
                                "retries",
                                1,
                                "dependencies",
                                List.of(),
                                "role",
                                "test")),
                        "selected",
                        tests.size()));
        for (MadeTest test : tests) {
            event("test", test(test));
        }
        for (MadeTest test : tests) {
            for (int retry = 0; retry < test.statuses().size(); retry++) {
                event("attempt.begin", attempt(test, retry));
                now += test.durationMs();
                event("attempt.end", end(test, retry));
            }
        }
        event("run.end", Map.of("status", "failed", "durationMs", 1));
        event("agent.end", Map.of("exitCode", 1, "runnerExitCode", 1, "notRun", List.of()));
    }

    private static Map<String, Object> test(MadeTest test) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", test.id());
        fields.put("project", MadeTest.PROJECT);
        fields.put("file", test.file());
        fields.put("titles", List.of(test.file(), test.title()));
        fields.put("line", test.line());
        fields.put("column", 3);
        fields.put("tags", List.of());
        fields.put("mode", "default");
        fields.put("expected", expected(test));
        fields.put("group", MadeTest.PROJECT + "\u001e" + test.file());
        return fields;
    }

    private static String expected(MadeTest test) {
        return test.statuses().get(0).equals("skipped") ? "skipped" : "passed";
    }

    private static Map<String, Object> attempt(MadeTest test, int retry) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", test.id());
        fields.put("retry", retry);
        fields.put("worker", 0);
        fields.put("parallel", 0);
        return fields;
    }

    private Map<String, Object> end(MadeTest test, int retry) {
        Map<String, Object> fields = attempt(test, retry);
        String status = test.statuses().get(retry);
        fields.put("status", status);
        fields.put("expected", expected(test));
        fields.put("startedAt", now - test.durationMs());
        fields.put("durationMs", test.durationMs());
        fields.put(
                "errors",
                status.equals("failed")
                        ? List.of(Map.of(
                                "message",
                                MadeTest.FAILURE,
                                "location",
                                Map.of("file", test.file(), "line", test.line() + 4, "column", 7)))
                        : List.of());
        fields.put("attachments", List.of());
        fields.put("annotations", List.of());
        return fields;
    }

    private void event(String kind, Map<String, Object> fields) throws IOException {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("v", 1);
        event.put("seq", ++seq);
        event.put("t", now);
        event.put("ev", kind);
        event.putAll(fields);
        out.write(JSON.writeValueAsString(event));
        out.write('\n');
    }
}
