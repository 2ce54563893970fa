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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The templates for GitLab, run by gitlab-ci-local with the shell executor on the suite of the shop. */
class GitlabPipelinesIT {

    /** What the everyday check has time for: two files with 14 tests in two projects, for which each shard signs in once. */
    private static final String SOME = "tests/api.spec.ts tests/help.spec.ts";

    private static final int SOME_TESTS = 14;
    private static final int ALL_TESTS = 96;

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

    /** Which shards ran each test, set-up left out. */
    private Map<String, Set<String>> shards() throws IOException {
        Map<String, Set<String>> shards = new TreeMap<>();
        for (Path spool : found(".ndjson")) {
            for (String line : Files.readAllLines(spool)) {
                JsonNode event = new ObjectMapper().readTree(line);
                if (event.path("ev").asText().equals("attempt.end")) {
                    shards.computeIfAbsent(event.path("id").asText(), id -> new TreeSet<>())
                            .add(spool.getFileName().toString());
                }
            }
        }
        for (JsonNode test : summary().path("tests")) {
            if (test.path("project").asText().equals("setup")) {
                shards.remove(test.path("id").asText());
            }
        }
        return shards;
    }

    private JsonNode summary() throws IOException {
        return Reports.read(found(".evenkeel/summary.json").get(0));
    }

    private void assertEachTestRanOnOneOfTwoShards(int tests) throws IOException {
        assertThat(found(".ndjson")).hasSize(2);
        assertThat(shards())
                .hasSize(tests)
                .allSatisfy((id, ran) -> assertThat(ran).hasSize(1));
        assertThat(summary().path("complete").asBoolean()).isTrue();
        assertThat(summary().path("discovered").asInt()).isEqualTo(tests);
        assertThat(summary().path("executed").asInt()).isEqualTo(tests);
        assertThat(summary().path("executors"))
                .hasSize(2)
                .allSatisfy(
                        executor -> assertThat(executor.path("tests").asInt()).isPositive());
    }

    private String report(String name) throws IOException {
        List<Path> files = found(".evenkeel/gitlab/" + name);
        assertThat(files).as(name).hasSize(1);
        return Files.readString(files.get(0));
    }

    private void assertGreen(int tests) throws IOException {
        assertEachTestRanOnOneOfTwoShards(tests);
        assertThat(report("junit.xml"))
                .contains("<testsuite name=\"evenkeel\" tests=\"" + tests + "\" failures=\"0\"")
                .contains("file=\"tests/");
        assertThat(report("metrics.txt")).contains("evenkeel_tests_executed " + tests + "\n");
        assertThat(report("evenkeel.env")).contains("EVENKEEL_VERDICT=passed\n");
        assertThat(new ObjectMapper().readTree(report("code-quality.json")).isArray())
                .isTrue();
    }

    @Test
    void whenTwoParallelJobsRunAPartOfTheShop_thenEachTestRanOnceAndTheReportsAreThere() throws Exception {
        Command pipeline = pipeline("parallel", Map.of("SHOP_TESTS", SOME));

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isZero();
        assertGreen(SOME_TESTS);
    }

    @Test
    void whenAChildPipelineRunsThePlan_thenItHasAJobForEachShardAndEachTestRanOnce() throws Exception {
        Command pipeline = pipeline("dynamic", Map.of("SHOP_TESTS", SOME));

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isZero();
        assertThat(pipeline.out() + pipeline.err())
                .contains("[evenkeel-run] -> evenkeel 1/2")
                .contains("[evenkeel-run] -> evenkeel 2/2")
                .contains("[evenkeel-run] -> evenkeel report");
        assertGreen(SOME_TESTS);
    }

    /** The whole shop takes minutes on a small machine: longer than the everyday check has. */
    @Test
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void whenTwoParallelJobsRunTheWholeShop_thenThePipelineIsGreen() throws Exception {
        Command pipeline = pipeline("parallel", Map.of());

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isZero();
        assertGreen(ALL_TESTS);
    }

    @Test
    @EnabledIfSystemProperty(named = "long", matches = "true")
    void whenTheRedesignBreaksATest_thenTheReportJobIsRedAndTheShardsAreAllowedToFail() throws Exception {
        Command pipeline = pipeline("parallel", Map.of("SHOP_TESTS", SOME, "EXAMPLE_RELEASE", "2"));

        assertThat(pipeline.exitCode()).as(pipeline.out() + pipeline.err()).isEqualTo(1);
        assertEachTestRanOnOneOfTwoShards(SOME_TESTS);
        assertThat(report("junit.xml"))
                .contains("failures=\"1\"")
                .contains("[[ATTACHMENT|test-results/help-help-answers-a-question-desktop/test-failed-1.png]]");
        assertThat(report("evenkeel.env")).contains("EVENKEEL_VERDICT=failed\n");
    }
}
