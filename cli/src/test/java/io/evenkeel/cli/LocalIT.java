package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code evenkeel local} as its users type it, beside the plain command on the same project. */
class LocalIT {

    @TempDir
    Path temp;

    private Path json() {
        return temp.resolve("plain.json");
    }

    private Command plainly(RunCommand project, String... arguments) throws Exception {
        String[] all = Stream.concat(Stream.of(arguments), Stream.of("--reporter=json"))
                .toArray(String[]::new);
        return Command.plain(project, Map.of("PLAYWRIGHT_JSON_OUTPUT_NAME", json().toString()), all);
    }

    @ParameterizedTest
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
    void whenTheSuiteRunsOnTwoExecutors_thenEveryTestRunsOnceAndEndsAsPlainly(String version) throws Exception {
        RunCommand project = PlaywrightFixture.suite(version, temp.resolve("project"));
        Command plain = plainly(project);

        Command local =
                Command.evenkeel(project, Map.of(), "local", "--executors", "2", "--", "npx", "playwright", "test");

        assertThat(local.exitCode()).as(local.err()).isEqualTo(plain.exitCode());
        JsonNode summary = Reports.read(project.folder().resolve(".evenkeel/summary.json"));
        assertThat(summary.path("complete").asBoolean()).isTrue();
        assertThat(summary.path("executed").asInt())
                .isPositive()
                .isEqualTo(summary.path("discovered").asInt());
        assertThat(summary.path("duplicates")).isEmpty();
        assertThat(summary.path("executors")).hasSize(2);
        assertThat(Reports.verdicts(project.folder().resolve(".evenkeel/report/report.json")))
                .containsExactlyInAnyOrderElementsOf(Reports.verdicts(json()));
        assertThat(local.err())
                .contains("executed " + summary.path("executed").asInt() + " of "
                        + summary.path("discovered").asInt() + " discovered");
    }

    @Nested
    class GivenOneExecutor {

        @ParameterizedTest
        @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#oldestAndNewest")
        void whenTheUserFilters_thenItIsThePlainRun(String version) throws Exception {
            RunCommand project = PlaywrightFixture.suite(version, temp.resolve("project"));
            Command plain = plainly(project, "--grep", "serial", "--project=desktop");
            Path ours = temp.resolve("ours.json");

            Command local = Command.evenkeel(
                    project,
                    Map.of("PLAYWRIGHT_JSON_OUTPUT_NAME", ours.toString()),
                    "local",
                    "--executors",
                    "1",
                    "--",
                    "npx",
                    "playwright",
                    "test",
                    "--grep",
                    "serial",
                    "--project=desktop",
                    "--reporter=json");

            assertThat(local.exitCode()).as(local.err()).isEqualTo(plain.exitCode());
            assertThat(Reports.verdicts(ours))
                    .isNotEmpty()
                    .containsExactlyInAnyOrderElementsOf(Reports.verdicts(json()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "config-in-subfolder",
                "esm-config",
                "global-setup",
                "own-reporters",
                "retries",
                "web-server",
                "fails"
            })
    void whenTheProjectIsAsUsersHaveThem_thenVerdictsAndExitCodeStay(String name) throws Exception {
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, name, temp.resolve("project"));
        List<String> config = name.equals("config-in-subfolder") ? List.of("--config", "e2e") : List.of();
        Command plain = plainly(project, config.toArray(String[]::new));
        String[] words = Stream.of(List.of("local", "--executors", "2", "--", "npx", "playwright", "test"), config)
                .flatMap(List::stream)
                .toArray(String[]::new);

        Command local = Command.evenkeel(project, Map.of(), words);

        assertThat(local.exitCode()).as(local.err()).isEqualTo(plain.exitCode());
        JsonNode summary = Reports.read(project.folder().resolve(".evenkeel/summary.json"));
        assertThat(summary.path("complete").asBoolean()).as(local.err()).isTrue();
        assertThat(summary.path("executed").asInt())
                .isEqualTo(Reports.verdicts(json()).size());
    }

    @Test
    void whenTheCoordinatorIsNotThere_thenTheExitCodeIsThatOfTheTests() throws Exception {
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "retries", temp.resolve("project"));
        Command plain = plainly(project);

        Command local = Command.evenkeel(
                project,
                Map.of("EVENKEEL_URL", "http://127.0.0.1:9", "EVENKEEL_TOKEN", "not-to-be-printed"),
                "local",
                "--executors",
                "2",
                "--",
                "npx",
                "playwright",
                "test");

        assertThat(local.exitCode()).as(local.err()).isEqualTo(plain.exitCode());
        assertThat(local.err()).contains("127.0.0.1:9").doesNotContain("not-to-be-printed");
    }
}
