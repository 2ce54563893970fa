package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the coordinator's answers say of runs, as in docs/reference/http-api.md. */
final class RunAnswers {

    private RunAnswers() {}

    /** Reads the answer to the end of a run; empty when it says no verdict. */
    static Optional<RunFinished> finished(JsonNode json) {
        if (!json.hasNonNull("verdict")) {
            return Optional.empty();
        }
        Map<String, RunFinished.Label> labels = new HashMap<>();
        json.path("labels")
                .properties()
                .forEach(entry -> labels.put(
                        entry.getKey(),
                        new RunFinished.Label(
                                entry.getValue().path("label").asText(""),
                                entry.getValue().path("evidence").asText(""))));
        return Optional.of(new RunFinished(json.path("verdict").asText(), labels));
    }

    /** Reads the results of a run; tests that are still expected and those of set-up projects are left out. */
    static List<KnownResult> results(JsonNode run) {
        List<KnownResult> results = new ArrayList<>();
        for (JsonNode file : run.path("files")) {
            for (JsonNode test : file.path("tests")) {
                String verdict = test.path("verdict").asText("pending");
                if (!verdict.equals("pending") && !test.path("setUp").asBoolean()) {
                    results.add(result(file.path("file").asText(), test, verdict));
                }
            }
        }
        return results;
    }

    private static KnownResult result(String file, JsonNode test, String verdict) {
        return new KnownResult(
                test.path("id").asText(),
                test.path("project").asText(),
                new KnownResult.Place(file, test.path("line").asInt()),
                Json.texts(test.path("titles")),
                new KnownResult.Result(
                        verdict,
                        test.path("attempts").asInt(1),
                        Duration.ofMillis(test.path("durationMs").asLong()),
                        test.path("error").asText("")));
    }

    /**
     * Looks for a run on a page of the list.
     *
     * @param run CI's name of it, or the coordinator's number
     * @return the coordinator's number
     */
    static Optional<String> idOf(String run, JsonNode page) {
        for (JsonNode one : page.path("runs")) {
            String id = one.path("runId").asText();
            if (id.equals(run) || one.path("runKey").asText().equals(run)) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}
