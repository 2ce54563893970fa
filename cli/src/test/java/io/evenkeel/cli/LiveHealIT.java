package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code --heal live} on a page that was redesigned, beside the plain command on the same project. */
class LiveHealIT {

    @TempDir
    Path temp;

    private static Command local(RunCommand project, String... arguments) throws Exception {
        return Command.evenkeel(
                project,
                Map.of(),
                Stream.concat(Stream.of("local", "--no-report"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private RunCommand redesigned(String version) throws Exception {
        RunCommand project = PlaywrightFixture.project(version, "redesign", temp.resolve("project"));
        Command before = local(project, "-n", "1", "--", "npx", "playwright", "test", "--trace=on");
        assertThat(before.exitCode()).as(before.out() + before.err()).isZero();
        assertThat(Command.evenkeel(project, Map.of(), "learn").exitCode()).isZero();
        Files.writeString(project.folder().resolve("site/RELEASE"), "2\n");
        return project;
    }

    private static JsonNode summary(RunCommand project) throws IOException {
        return Reports.read(project.folder().resolve(".evenkeel/summary.json"));
    }

    /** By title: the verdict, and what the test says of its failure. */
    private static Map<String, String> verdicts(RunCommand project) throws IOException {
        Map<String, String> verdicts = new TreeMap<>();
        for (JsonNode test : summary(project).path("tests")) {
            verdicts.put(
                    test.path("titles").path(1).asText(),
                    (test.path("healed").asBoolean() ? "healed " : "")
                            + test.path("verdict").asText() + " "
                            + test.path("error").asText() + " "
                            + test.path("errorPlace").asText());
        }
        return verdicts;
    }

    /** What an action tried until its time was over is a matter of the moment, not of the failure. */
    private static Map<String, String> comparable(Map<String, String> verdicts) {
        Map<String, String> comparable = new TreeMap<>(verdicts);
        comparable.replaceAll(
                (title, verdict) -> verdict.replaceAll("(?s)(- attempting click action).*( \\S+:\\d+)$", "$1$2"));
        return comparable;
    }

    @ParameterizedTest
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
    void whenLocatorsAreBroken_thenTheSureOnesPassAsHealedAndTheOthersFailAsPlainly(String version) throws Exception {
        RunCommand project = redesigned(version);
        local(project, "-n", "1");
        Map<String, String> plain = comparable(verdicts(project));

        Command live = local(project, "-n", "1", "--heal", "live");

        List<String> renamed = List.of("a button", "a field, by the shortcut of the page", "a button of a page object");
        Map<String, String> expected = new TreeMap<>(plain);
        renamed.forEach(title -> expected.put(title, "healed passed  "));
        assertThat(plain.get("a button")).startsWith("failed");
        assertThat(comparable(verdicts(project))).as(live.out() + live.err()).isEqualTo(expected);
        assertThat(live.exitCode()).isEqualTo(1);
        assertThat(live.err()).contains("4 of 8 tests failed; 3 healed");
        assertThat(StreamSupport.stream(summary(project).path("heals").spliterator(), false)
                        .map(heal -> heal.path("source").asText() + " "
                                + heal.path("tier").asText() + " "
                                + heal.path("file").asText() + " "
                                + heal.path("healedSelector").asText()))
                .containsExactlyInAnyOrder(
                        "live suggestion tests/account.spec.ts getByRole('button', { name: 'Save all changes' })",
                        "live suggestion tests/account.spec.ts locator('#profile-mail')",
                        "live suggestion pages/account-page.ts getByTestId('send-message')");
    }

    @Test
    void whenAllThatIsBrokenIsHealed_thenTheRunPassesAndIsCalledHealedAndNothingIsLearnedFromIt() throws Exception {
        RunCommand project = redesigned(PlaywrightFixture.NEWEST);
        String learned = Files.readString(project.folder().resolve(".evenkeel/references.json"));

        Command live = local(
                project,
                "-n",
                "2",
                "--mode",
                "dynamic",
                "--heal",
                "live",
                "--",
                "npx",
                "playwright",
                "test",
                "--trace=on",
                "--grep",
                "renamed");

        assertThat(live.exitCode()).as(live.out() + live.err()).isZero();
        assertThat(live.err()).contains("All 3 tests passed, 3 healed");
        assertThat(summary(project).path("verdict").asText()).isEqualTo("healed");
        assertThat(summary(project).path("heals")).hasSize(3);
        assertThat(Files.readString(project.folder().resolve(".evenkeel/summary.md")))
                .startsWith("### 🩹")
                .contains("Healed: passed with another locator only (3)")
                .contains("kept the test going, **not verified**");
        Command.evenkeel(project, Map.of(), "learn");
        assertThat(Files.readString(project.folder().resolve(".evenkeel/references.json")))
                .isEqualTo(learned);
    }

    @Test
    void whenNothingWasLearned_thenItSaysSoAndRunsPlainly() throws Exception {
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "redesign", temp.resolve("project"));

        Command live =
                local(project, "-n", "1", "--heal", "live", "--", "npx", "playwright", "test", "--grep", "a choice");

        assertThat(live.exitCode()).isZero();
        assertThat(live.err()).contains("Nothing can be healed live").contains("evenkeel learn");
    }

    @Test
    void whenTheModeIsUnknown_thenItIsWrongUse() throws Exception {
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "redesign", temp.resolve("project"));

        Command live = local(project, "--heal", "always");

        assertThat(live.exitCode()).isEqualTo(2);
        assertThat(live.err()).contains("--heal (always) must be live or off");
    }
}
