package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The templates for GitLab, run by gitlab-ci-local with the shell executor on the suite of examples/gitlab. */
class GitlabPipelinesIT {

    /** Three files of two tests in two projects. */
    private static final int TESTS = 12;

    private static final Path EXAMPLE = Path.of("../examples/gitlab");

    @TempDir
    Path artifacts;

    @BeforeEach
    void needGitlabCiLocal() {
        assertThat(Path.of("../fixtures/forges/node_modules/gitlab-ci-local"))
                .as("Run npm ci in fixtures/forges, or ./verify, which does.")
                .isDirectory();
    }

    private Command pipeline(String name, Map<String, String> variables) throws Exception {
        Map<String, String> environment = new TreeMap<>(variables);
        environment.put(
                "EXAMPLE_JAR",
                Path.of("target/evenkeel.jar").toAbsolutePath().normalize().toString());
        environment.put("EXAMPLE_KEEP", artifacts.toString());
        RunCommand script = new RunCommand(List.of("bash", "run.sh", name), EXAMPLE, Map.of());
        return Command.plain(script, environment);
    }

    /** All artifacts of that name; jobs that share a folder hand on the same file several times. */
    private List<Path> found(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(artifacts)) {
            Map<String, Path> byName = new TreeMap<>();
            files.filter(file -> file.toString().replace('\\', '/').endsWith(suffix))
                    .forEach(file -> byName.putIfAbsent(file.getFileName().toString(), file));
            return List.copyOf(byName.values());
        }
    }

    /** Counts how often each test ended, from the spools of all shards. */
    private Map<String, Integer> attempts() throws IOException {
        Map<String, Integer> attempts = new TreeMap<>();
        for (Path spool : found(".ndjson")) {
            for (String line : Files.readAllLines(spool)) {
                JsonNode event = new ObjectMapper().readTree(line);
                if (event.path("ev").asText().equals("attempt.end")) {
                    attempts.merge(event.path("id").asText(), 1, Integer::sum);
                }
            }
        }
        return attempts;
    }

    private void assertEachTestRanOnceOnTwoShards() throws IOException {
        assertThat(found(".ndjson")).hasSize(2);
        assertThat(attempts())
                .hasSize(TESTS)
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
        JsonNode summary = Reports.read(found(".evenkeel/summary.json").get(0));
        assertThat(summary.path("complete").asBoolean()).isTrue();
        assertThat(summary.path("discovered").asInt()).isEqualTo(TESTS);
        assertThat(summary.path("executed").asInt()).isEqualTo(TESTS);
        assertThat(summary.path("executors"))
                .hasSize(2)
                .allSatisfy(
                        executor -> assertThat(executor.path("tests").asInt()).isPositive());
    }

    private String report(String name) throws IOException {
        List<Path> files = found(".evenkeel/gitlab/" + name);
        assertThat(files).as(name).hasSize(1);
        return Files.readString(files.get(0));
    }

    @Test
    void whenTwoParallelJobsRun_thenEachTestRanOnceAndTheReportsAreThere() throws Exception {
        Command pipeline = pipeline("parallel", Map.of());

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isZero();
        assertEachTestRanOnceOnTwoShards();
        assertThat(report("junit.xml")).contains("tests=\"12\"").contains("failures=\"0\"");
        assertThat(report("metrics.txt")).contains("evenkeel_tests_executed 12\n");
        assertThat(report("evenkeel.env")).contains("EVENKEEL_VERDICT=passed\n");
        assertThat(new ObjectMapper().readTree(report("code-quality.json")).isArray())
                .isTrue();
    }

    /** A third pipeline of twenty seconds: longer than the everyday check has. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void whenATestIsBroken_thenTheReportJobIsRedAndTheShardsAreAllowedToFail() throws Exception {
        Command pipeline = pipeline("parallel", Map.of("EXAMPLE_BROKEN", "cart"));

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isEqualTo(1);
        assertEachTestRanOnceOnTwoShards();
        assertThat(report("junit.xml"))
                .contains("failures=\"2\"")
                .contains("[[ATTACHMENT|test-results/cart-cart-takes-a-moment-prices/error-context.md]]");
        assertThat(report("evenkeel.env")).contains("EVENKEEL_VERDICT=failed\n");
    }

    @Test
    void whenAChildPipelineRunsThePlan_thenItHasAJobForEachShardAndEachTestRanOnce() throws Exception {
        Command pipeline = pipeline("dynamic", Map.of());

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isZero();
        assertThat(pipeline.out() + pipeline.err())
                .contains("[evenkeel-run] -> evenkeel 1/2")
                .contains("[evenkeel-run] -> evenkeel 2/2")
                .contains("[evenkeel-run] -> evenkeel report");
        assertEachTestRanOnceOnTwoShards();
        assertThat(report("junit.xml")).contains("tests=\"12\"").contains("failures=\"0\"");
        assertThat(report("metrics.txt")).contains("evenkeel_tests_executed 12\n");
    }
}
