package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.history.SuiteTimings;
import io.evenkeel.coordinator.history.TestHistoryReader;
import io.evenkeel.flaky.duration.DurationSketch;
import java.time.Duration;
import java.util.Optional;

/** The JSON of histories; {@code timings.json} is that of docs/reference/files.md. */
final class HistoryJson {

    private HistoryJson() {}

    static ObjectNode timings(String suite, SuiteTimings.Known known) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        json.put("suite", suite);
        json.put("fixedPerUnitMs", known.perUnitMs());
        json.put("fixedPerMachineMs", known.perMachineMs());
        ObjectNode tests = json.putObject("tests");
        for (SuiteTimings.Timing timing : known.tests()) {
            ObjectNode one = tests.putObject(timing.id());
            one.put("project", timing.project());
            one.put("file", timing.file());
            one.set("titles", array(timing.titles()));
            timing.recentMs().forEach(one.putArray("recentMs")::add);
        }
        return json;
    }

    static ObjectNode test(TestHistoryReader.Known test, TestHistoryReader reader) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("id", test.names().id());
        json.put("suite", test.names().suite());
        json.put("project", test.names().project());
        json.put("file", test.names().file());
        json.set("titles", array(test.names().titles()));
        reader.durations(test.key()).ifPresent(durations -> {
            DurationSketch sketch = durations.sketch();
            quantile(json, "p50Ms", sketch.p50());
            quantile(json, "p95Ms", sketch.p95());
            quantile(json, "p99Ms", sketch.p99());
        });
        ArrayNode days = json.putArray("days");
        for (TestHistoryReader.Day day : reader.days(test.key())) {
            days.addObject()
                    .put("day", day.day().toString())
                    .put("passed", day.passed())
                    .put("flaky", day.flaky())
                    .put("failed", day.failed())
                    .put("skipped", day.skipped());
        }
        ArrayNode runs = json.putArray("runs");
        for (TestHistoryReader.InRun run : reader.runs(test.key(), TestHistoryReader.MOST_RUNS)) {
            ObjectNode one = runs.addObject();
            one.put("runId", String.valueOf(run.runId()));
            one.put("branch", run.origin().branch());
            one.put("commit", run.origin().commit());
            one.put("at", run.origin().at().toString());
            one.put("verdict", run.verdict());
            run.statuses().forEach(one.putArray("attempts")::add);
            one.put("durationMs", run.duration().toMillis());
        }
        return json;
    }

    private static void quantile(ObjectNode json, String name, Optional<Duration> value) {
        value.ifPresent(duration -> json.put(name, duration.toMillis()));
    }

    static JsonNode array(String json) {
        try {
            return Body.JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of titles in the database is no JSON array: " + json, e);
        }
    }
}
