package io.evenkeel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What reports say of each test, one text a test: project, file, titles, verdict. */
final class Reports {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Reports() {}

    static JsonNode read(Path file) throws IOException {
        return MAPPER.readTree(file.toFile());
    }

    /** Reads a report of Playwright's JSON reporter. */
    static List<String> verdicts(Path report) throws IOException {
        List<String> verdicts = new ArrayList<>();
        read(report).path("suites").forEach(suite -> collect(suite, "", verdicts));
        return verdicts;
    }

    private static void collect(JsonNode suite, String above, List<String> verdicts) {
        String titles = above + suite.path("title").asText() + " › ";
        suite.path("suites").forEach(inner -> collect(inner, titles, verdicts));
        for (JsonNode spec : suite.path("specs")) {
            for (JsonNode test : spec.path("tests")) {
                verdicts.add(test.path("projectName").asText() + " › " + titles
                        + spec.path("title").asText() + ": "
                        + test.path("status").asText());
            }
        }
    }
}
