package io.evenkeel.pipeline.estimate.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.estimate.Timings.FixedCost;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes {@code timings.json}.
 *
 * <p>The same timings give the same bytes, so a cache that did not change stays the same. Thread-safe.
 */
public final class TimingsJson {

    private static final int VERSION = 1;
    private static final long LONGEST_MS = Duration.ofDays(7).toMillis();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TimingsJson() {}

    /** Returns the text of the file; one test a line, in the order of their ids. */
    public static String write(Timings timings) {
        StringBuilder text = new StringBuilder();
        text.append("{\"v\":").append(VERSION);
        text.append(",\"suite\":").append(quoted(timings.suite()));
        text.append(",\"fixedPerUnitMs\":").append(timings.fixed().perUnit().toMillis());
        text.append(",\"fixedPerMachineMs\":").append(timings.fixed().perMachine().toMillis());
        text.append(",\"tests\":{");
        String separator = "\n";
        for (TestTiming timing : timings.sorted()) {
            text.append(separator).append(quoted(timing.test().id())).append(':').append(test(timing));
            separator = ",\n";
        }
        return text.append("\n}}\n").toString();
    }

    private static String quoted(String text) {
        return MAPPER.getNodeFactory().textNode(text).toString();
    }

    private static String test(TestTiming timing) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("project", timing.test().project());
        json.put("file", timing.test().file());
        timing.test().titles().forEach(json.putArray("titles")::add);
        ArrayNode recent = json.putArray("recentMs");
        timing.recent().forEach(duration -> recent.add(duration.toMillis()));
        return json.toString();
    }

    /**
     * Reads the file. Numbers that no test can take (negative, more than a week) are left out, as are entries of another shape.
     *
     * @throws IllegalArgumentException when the text is no such file; the message says what to do
     */
    public static Timings read(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "timings.json is no JSON (" + e.getOriginalMessage() + "). Delete it; the next run makes a new one.", e);
        }
        if (json == null || !json.isObject() || json.path("v").asInt() != VERSION) {
            throw new IllegalArgumentException(
                    "timings.json is of another version. Delete it; the next run makes a new one.");
        }
        Map<String, TestTiming> tests = new HashMap<>();
        json.path("tests").properties().forEach(entry -> {
            JsonNode test = entry.getValue();
            List<String> titles = new ArrayList<>();
            test.path("titles").forEach(title -> titles.add(title.asText()));
            List<Duration> recent = new ArrayList<>();
            for (JsonNode value : test.path("recentMs")) {
                if (value.isNumber() && value.asLong() >= 0 && value.asLong() <= LONGEST_MS) {
                    recent.add(Duration.ofMillis(value.asLong()));
                }
            }
            if (!entry.getKey().isBlank() && !recent.isEmpty()) {
                KnownTest known = new KnownTest(
                        entry.getKey(), test.path("project").asText(""), test.path("file").asText(""), titles);
                tests.put(entry.getKey(), new TestTiming(known, recent));
            }
        });
        FixedCost fixed = new FixedCost(millis(json, "fixedPerUnitMs"), millis(json, "fixedPerMachineMs"));
        return new Timings(json.path("suite").asText(""), fixed, tests);
    }

    private static Duration millis(JsonNode json, String name) {
        return Duration.ofMillis(Math.max(0, Math.min(LONGEST_MS, json.path(name).asLong(0))));
    }
}
