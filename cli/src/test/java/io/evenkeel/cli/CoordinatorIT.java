package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A suite that runs while a real coordinator listens, dies, comes back or does not let it in. */
class CoordinatorIT {

    @TempDir
    Path temp;

    private static final Pattern TEST_ID = Pattern.compile("[0-9a-f]{20}-[0-9a-f]{20}");
    private static final int ONE_TEST_FAILS = 1;

    private static final String[] LOCAL = {"local", "--executors", "2", "--no-report", "--", "npx", "playwright", "test"
    };

    @Test
    void whenItIsKilledInTheMiddleOfARun_thenTheExitCodeStaysAndItGetsEveryResultLater() throws Exception {
        RunCommand project = PlaywrightFixture.suite(PlaywrightFixture.NEWEST, temp.resolve("project"));
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Command.Started run = Command.startEvenkeel(project, coordinator.environment(), LOCAL);
            awaitAnAttempt(project, run);
            coordinator.kill();
            Command local = Command.end(run);

            assertThat(local.exitCode()).as(local.err()).isEqualTo(ONE_TEST_FAILS);
            coordinator.restart();
            Command report = Command.evenkeel(project, coordinator.environment(), "report", "--no-report");
            assertThat(delivered(coordinator)).as(report.err()).isNotEmpty().containsAll(ran(project));
        }
    }

    @Test
    void whenTheTokenIsWrong_thenTheTestsRunAndTheRemedyIsSaid() throws Exception {
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", temp.resolve("project"));
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Map<String, String> environment = new HashMap<>(coordinator.environment());
            environment.put("EVENKEEL_TOKEN", "not-the-token-0123456789abcdef0123456789");

            Command local = Command.evenkeel(project, environment, LOCAL);

            assertThat(local.exitCode()).as(local.err()).isEqualTo(ONE_TEST_FAILS);
            assertThat(local.err()).contains("EVENKEEL_TOKEN").doesNotContain("not-the-token");
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"static", "dynamic"})
    void whenACiRunsAJobAgainOnAnotherMachine_thenBothResultsCount(String mode) throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Map<String, String> job = new HashMap<>(coordinator.environment());
            job.putAll(Map.of("GITLAB_CI", "true", "CI_PIPELINE_ID", "7", "CI_NODE_INDEX", "1", "CI_NODE_TOTAL", "1"));
            for (String machine : List.of("first", "second")) {
                RunCommand checkout =
                        PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", temp.resolve(machine));
                Command run = Command.evenkeel(checkout, job, "run", "--mode", mode);
                assertThat(run.exitCode()).as(run.err()).isEqualTo(ONE_TEST_FAILS);
            }

            JsonNode runs = coordinator.get("/api/v1/runs").path("runs");
            assertThat(runs).hasSize(1);
            JsonNode detail =
                    coordinator.get("/api/v1/runs/" + runs.path(0).path("runId").asText());
            assertThat(detail.findValues("attempts"))
                    .extracting(JsonNode::asInt)
                    .containsOnly(2);
        }
    }

    /** Without a plan job each executor plans by itself, perhaps from durations that were learned in between. */
    @Test
    void whenTheFirstExecutorHasPlannedDifferently_thenItsPlanCounts() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            RunCommand checkout =
                    PlaywrightFixture.project(PlaywrightFixture.NEWEST, "retries", temp.resolve("machine"));
            for (String file : List.of("first", "second")) {
                Files.writeString(
                        checkout.folder().resolve("tests/" + file + ".spec.ts"),
                        "import { test } from '@playwright/test';\ntest('passes', () => {});\n");
            }
            Map<String, String> job = new HashMap<>(coordinator.environment());
            job.put("EVENKEEL_RUN", "build-9");
            assertThat(Command.evenkeel(checkout, job, "plan", "--shards", "2").exitCode())
                    .isZero();
            Path file = checkout.folder().resolve(".evenkeel/plan.json");
            ObjectNode plan = (ObjectNode) Reports.read(file);
            ArrayNode shards = (ArrayNode) plan.path("shards");
            JsonNode second = shards.get(1).path("tests");
            ((ObjectNode) shards.get(1)).set("tests", shards.get(0).path("tests"));
            ((ObjectNode) shards.get(0)).set("tests", second);
            Files.delete(file);
            coordinator.put("/api/v1/runs/build-9", "{\"suite\":\"playwright.config.ts\"}");
            ObjectNode wish = plan.objectNode().put("machines", 2);
            wish.put("workers", plan.path("workers").asInt());
            wish.put("digest", plan.path("digest").asText()).set("plan", plan);
            coordinator.put("/api/v1/orchestrate/build-9/plan", wish.toString());

            Command run = Command.evenkeel(checkout, job, "run", "--shard", "1/2");

            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err()).contains("as planned by the first executor");
            assertThat(Reports.read(file).path("shards").get(0).path("tests")).isEqualTo(second);
        }
    }

    /** Waits until a test has ended in the first executor's spool. */
    private static void awaitAnAttempt(RunCommand project, Command.Started run)
            throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (!ran(project).isEmpty()) {
                return;
            }
            if (run.process().waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IllegalStateException("No test ended: " + Files.readString(run.err()));
    }

    /** The ids of all tests with an attempt in a spool of the last run. */
    private static Set<String> ran(RunCommand project) throws IOException {
        Path spool = project.folder().resolve(".evenkeel/spool");
        if (!Files.isDirectory(spool)) {
            return Set.of();
        }
        Set<String> ids = new TreeSet<>();
        try (Stream<Path> files = Files.list(spool)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".ndjson")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith("{") && line.endsWith("}") && line.contains("\"attempt.end\"")) {
                        TEST_ID.matcher(line).results().map(MatchResult::group).forEach(ids::add);
                    }
                }
            }
        }
        return ids;
    }

    private static Set<String> delivered(RealCoordinator coordinator) throws Exception {
        JsonNode run = coordinator.get("/api/v1/runs").path("runs").path(0);
        String tests =
                coordinator.get("/api/v1/runs/" + run.path("runId").asText()).toString();
        return TEST_ID.matcher(tests).results().map(MatchResult::group).collect(Collectors.toSet());
    }
}
