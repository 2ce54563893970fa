package io.evenkeel.bench.overhead;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the verdict of each test from a report of Playwright's JSON reporter. Immutable. */
final class Verdicts {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Verdicts() {}

    /**
     * Returns project, file and titles of each test, with Playwright's word for its outcome: {@code expected}, {@code unexpected},
     * {@code flaky} or {@code skipped}.
     *
     * @throws IOException when the report is not there or no report
     */
    static Map<String, String> of(Path report) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        for (JsonNode suite : JSON.readTree(report.toFile()).path("suites")) {
            collect(suite, List.of(), verdicts);
        }
        return verdicts;
    }

    private static void collect(JsonNode suite, List<String> above, Map<String, String> verdicts) {
        List<String> titles = new ArrayList<>(above);
        titles.add(suite.path("title").asText());
        for (JsonNode inner : suite.path("suites")) {
            collect(inner, titles, verdicts);
        }
        for (JsonNode spec : suite.path("specs")) {
            for (JsonNode test : spec.path("tests")) {
                String name = test.path("projectName").asText() + " › " + String.join(" › ", titles) + " › "
                        + spec.path("title").asText();
                verdicts.put(name, test.path("status").asText());
            }
        }
    }
}
