package io.evenkeel.coordinator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes the lines a reporter would write, with numbers and times that rise by themselves. */
final class SpoolScript {

    private final List<String> lines = new ArrayList<>();
    private long seq;
    private long now;

    SpoolScript(long startMs) {
        this.now = startMs;
    }

    /** A test: its file, titles and project. */
    record Test(String file, List<String> titles, String project) {

        static Test of(String file, String title) {
            return new Test(file, List.of(title), "chromium");
        }

        String id() {
            return half(file) + "-" + half(String.join("\n", titles) + project);
        }

        private static String half(String text) {
            return Hashing.sha1()
                    .hashString(text, StandardCharsets.UTF_8)
                    .toString()
                    .substring(0, 20);
        }
    }

    SpoolScript begin(int workers) {
        ObjectNode event = event("run.begin");
        event.put("playwright", "1.62.0").put("config", "playwright.config.ts").put("rootDir", "/ci/shop");
        event.put("workers", workers);
        event.putArray("projects").addObject().put("name", "setup").put("role", "setup");
        return add(event);
    }

    SpoolScript announce(Test test, int line) {
        ObjectNode event = event("test");
        event.put("id", test.id())
                .put("project", test.project())
                .put("file", test.file())
                .put("line", line);
        test.titles().forEach(event.putArray("titles")::add);
        return add(event);
    }

    SpoolScript start(Test test, int retry) {
        return add(event("attempt.begin").put("id", test.id()).put("retry", retry));
    }

    SpoolScript end(Test test, int retry, String status, long durationMs) {
        return add(attempt(test, retry, status, durationMs));
    }

    /** An attempt that failed with an error, and the files it left. */
    SpoolScript fail(Test test, int retry, String message, String snippet, String... files) {
        ObjectNode event = attempt(test, retry, "failed", 1200);
        ObjectNode error = event.putArray("errors").addObject();
        error.put("message", message)
                .put("stack", message + "\n    at /ci/shop/tests/" + test.file() + ":12:30")
                .put("snippet", snippet);
        error.putObject("location")
                .put("file", "/ci/shop/tests/" + test.file())
                .put("line", 12)
                .put("column", 30);
        ArrayNode attachments = event.putArray("attachments");
        for (int i = 0; i + 2 < files.length; i += 3) {
            attachments
                    .addObject()
                    .put("name", files[i])
                    .put("contentType", files[i + 1])
                    .put("sha256", files[i + 2])
                    .put("size", 100);
        }
        return add(event);
    }

    SpoolScript heal(ObjectNode heal) {
        ObjectNode event = event("heal");
        event.setAll(heal);
        return add(event);
    }

    SpoolScript stop(String status) {
        add(event("run.end").put("status", status).put("durationMs", 9_000));
        return add(event("agent.end")
                .put("exitCode", status.equals("passed") ? 0 : 1)
                .put("runnerExitCode", 0));
    }

    /** Lets time pass. */
    SpoolScript pause(long millis) {
        now += millis;
        return this;
    }

    SpoolScript add(ObjectNode event) {
        lines.add(event.toString());
        return this;
    }

    ObjectNode event(String kind) {
        return Ci.JSON
                .createObjectNode()
                .put("v", 1)
                .put("seq", ++seq)
                .put("t", now)
                .put("ev", kind);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    /** Returns the lines since the last call. */
    List<String> take() {
        List<String> taken = List.copyOf(lines);
        lines.clear();
        return taken;
    }

    private ObjectNode attempt(Test test, int retry, String status, long durationMs) {
        ObjectNode event = event("attempt.end");
        event.put("id", test.id()).put("retry", retry).put("status", status).put("expected", "passed");
        event.put("startedAt", now)
                .put("durationMs", durationMs)
                .put("worker", 0)
                .put("parallel", 0);
        now += durationMs + 40;
        return event.put("t", now);
    }
}
