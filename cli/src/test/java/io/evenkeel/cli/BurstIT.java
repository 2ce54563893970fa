package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code quarantine burst} on a test that passes and one that fails. */
class BurstIT {

    @TempDir
    Path temp;

    private RunCommand project;

    @BeforeEach
    void layOut() throws Exception {
        project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", temp.resolve("project"));
    }

    /** Ids of the tests of the last run by verdict, one each. */
    private Map<String, String> oneOfEach() throws Exception {
        Map<String, String> ids = new TreeMap<>();
        for (JsonNode test :
                Reports.read(project.folder().resolve(".evenkeel/summary.json")).path("tests")) {
            if (!test.has("role")) {
                ids.putIfAbsent(test.path("verdict").asText(), test.path("id").asText());
            }
        }
        return ids;
    }

    private void quarantine(String id) throws Exception {
        Command add = Command.evenkeel(project, Map.of(), "quarantine", "add", id, "--owner", "team-shop");
        assertThat(add.exitCode()).as(add.err()).isZero();
    }

    /** What the burst printed, test by id. */
    private static JsonNode byId(Command burst) throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode tests = mapper.createObjectNode();
        mapper.readTree(burst.out())
                .path("tests")
                .forEach(test -> tests.set(test.path("id").asText(), test));
        return tests;
    }

    @Test
    void whenThereIsNoCoordinator_thenEachRoundCountsAndWhatFailsLeaves() throws Exception {
        Command.evenkeel(project, Map.of(), "local", "--executors", "2", "--no-report");
        Map<String, String> ids = oneOfEach();
        String passing = ids.getOrDefault("passed", "");
        String failing = ids.getOrDefault("failed", "");
        quarantine(passing);
        quarantine(failing);

        Command burst = Command.evenkeel(project, Map.of(), "quarantine", "burst", "--rounds", "3", "--json");

        assertThat(burst.exitCode()).as(burst.err()).isZero();
        assertThat(burst.err()).contains("Round 1 of 3: 1 of 2 without a failure; 1 out of the burst.");
        assertThat(burst.err()).contains("Round 3 of 3: 1 of 1 without a failure.");
        JsonNode tests = byId(burst);
        assertThat(tests.path(passing).path("clean").asInt()).isEqualTo(3);
        assertThat(tests.path(passing).path("bound").asDouble()).isBetween(0.63, 0.64);
        assertThat(tests.path(failing).path("clean").asInt()).isZero();
        assertThat(tests.path(failing).path("failed").asInt()).isEqualTo(1);
        assertThat(Files.isDirectory(project.folder().resolve(".evenkeel/burst/spool")))
                .isTrue();
    }

    @Test
    void whenThereIsACoordinator_thenEachRoundBringsTheReleaseNearer() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Map<String, String> job = new HashMap<>(coordinator.environment());
            job.putAll(Map.of(
                    "GITLAB_CI",
                    "true",
                    "CI_PIPELINE_ID",
                    "7",
                    "CI_COMMIT_REF_NAME",
                    "main",
                    "CI_COMMIT_SHA",
                    "c0ffee"));
            Command.evenkeel(project, job, "local", "--executors", "2", "--no-report");
            String passing = oneOfEach().getOrDefault("passed", "");
            Command add =
                    Command.evenkeel(project, coordinator.environment(), "quarantine", "add", passing, "--owner", "me");
            assertThat(add.exitCode()).as(add.err()).isZero();

            Command burst = Command.evenkeel(project, job, "quarantine", "burst", "--rounds", "2", "--json");

            assertThat(burst.exitCode()).as(burst.err()).isZero();
            JsonNode test = byId(burst).path(passing);
            assertThat(test.path("clean").asInt()).isEqualTo(2);
            assertThat(test.path("cleanRuns").asInt()).isEqualTo(3);
            assertThat(test.path("neededRuns").asInt()).isEqualTo(149);
            assertThat(coordinator.get("/api/v1/runs").path("runs")).hasSize(3);
        }
    }

    @Test
    void whenNothingIsQuarantined_thenThereIsNothingToDo() throws Exception {
        Command burst = Command.evenkeel(project, Map.of(), "quarantine", "burst");

        assertThat(burst.exitCode()).as(burst.err()).isZero();
        assertThat(burst.err()).contains("Nothing to do: no test is quarantined.");
    }
}
