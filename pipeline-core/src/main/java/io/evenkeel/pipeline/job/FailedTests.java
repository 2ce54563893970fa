package io.evenkeel.pipeline.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which tests of an earlier run failed: as the coordinator knows, else as the summary in the work folder says. */
public final class FailedTests {

    private FailedTests() {}

    /**
     * Returns the ids, empty when nobody knows the run.
     *
     * @param run CI's name of the run, or the coordinator's number of it
     */
    public static Optional<Set<String>> of(JobContext context, String run) throws IOException {
        Optional<List<String>> told =
                context.coordinator().flatMap(client -> client.failedTests(run).value());
        return told.isPresent() ? told.map(LinkedHashSet::new) : summary(context.folder(), run);
    }

    private static Optional<Set<String>> summary(WorkFolder folder, String run) throws IOException {
        if (!Files.isRegularFile(folder.summaryJson())) {
            return Optional.empty();
        }
        JsonNode summary;
        try {
            summary = new ObjectMapper().readTree(Files.readString(folder.summaryJson(), StandardCharsets.UTF_8));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        if (!summary.path("run").asText().equals(run)) {
            return Optional.empty();
        }
        Set<String> failed = new LinkedHashSet<>();
        for (JsonNode test : summary.path("tests")) {
            if (test.path("verdict").asText().equals("failed") && !test.has("role")) {
                failed.add(test.path("id").asText());
            }
        }
        return Optional.of(failed);
    }
}
