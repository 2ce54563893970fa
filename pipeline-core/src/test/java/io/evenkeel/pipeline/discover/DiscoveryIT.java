package io.evenkeel.pipeline.discover;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.DiscoveryOutcome.Failed;
import io.evenkeel.pipeline.discover.DiscoveryOutcome.Problem;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.PlaywrightTestId;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Lists real projects. */
class DiscoveryIT {

    @TempDir
    Path folder;

    private DiscoveryOutcome discover(RunCommand command) {
        return new Discovery(folder.resolve("evenkeel"), System.getenv()).discover(command);
    }

    private Suite suite(RunCommand command) {
        return discover(command).match(found -> found.suite(), failed -> {
            throw new AssertionError(failed.message());
        });
    }

    private Failed failure(RunCommand command) {
        Failed failed = discover(command)
                .match(
                        found -> {
                            throw new AssertionError("found " + found.suite().ids());
                        },
                        f -> f);
        assertThat(failed.message()).isNotBlank().doesNotContain("\n");
        return failed;
    }

    private static RunCommand with(RunCommand command, String... more) {
        return command.withWords(
                Stream.concat(command.words().stream(), Stream.of(more)).toList());
    }

    @ParameterizedTest(name = "Playwright {0}")
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
    void whenSuiteIsListed_thenIdsGroupsAndRolesAreThoseOfTheRunner(String version) throws Exception {
        RunCommand command = PlaywrightFixture.suite(version, folder.resolve("suite"));

        Suite suite = suite(command);

        assertThat(suite.config().playwright()).isEqualTo(version);
        assertThat(suite.config().config()).isEqualTo("playwright.config.ts");
        assertThat(suite.tests())
                .allSatisfy(test -> assertThat(test.id())
                        .isEqualTo(PlaywrightTestId.of(
                                test.project(),
                                test.place().file(),
                                test.place().file(),
                                test.place().titles())));
        assertThat(suite.setUp()).extracting(SuiteTest::project).containsExactly("setup");
        assertThat(suite.projects())
                .extracting(
                        project -> project.info().name() + " " + project.info().role())
                .containsExactly("setup setup", "desktop test", "mobile test", "broken test");
        assertThat(groups(suite, "desktop", "serial.spec.ts")).hasSize(1);
        assertThat(groups(suite, "desktop", "list.spec.ts"))
                .hasSize(1)
                .isNotEqualTo(groups(suite, "mobile", "list.spec.ts"));
        assertThat(groups(suite, "desktop", "parallel.spec.ts")).hasSize(3);
        assertThat(suite.tests())
                .extracting(test -> test.place().titles())
                .contains(List.of("titles › with [brackets]", "two\nlines"));
    }

    private static List<String> groups(Suite suite, String project, String file) {
        return suite.tests().stream()
                .filter(test ->
                        test.project().equals(project) && test.place().file().equals(file))
                .map(SuiteTest::group)
                .distinct()
                .toList();
    }

    @Nested
    class GivenOtherWaysToCallPlaywright {

        private RunCommand command;

        @BeforeEach
        void layOut() throws Exception {
            command = PlaywrightFixture.project(
                    PlaywrightFixture.NEWEST, "config-in-subfolder", folder.resolve("project"));
        }

        private void script(String script) throws IOException {
            Path manifest = command.folder().resolve("package.json");
            Files.writeString(
                    manifest,
                    Files.readString(manifest).replaceFirst("\\{", "{\"scripts\":{\"e2e\":\"" + script + "\"},"));
        }

        private RunCommand npm(String... words) {
            return command.withWords(Stream.concat(Stream.of("npm", "run", "e2e"), Stream.of(words))
                    .toList());
        }

        @Test
        void whenConfigLiesInASubfolder_thenItsPathIsRelativeToWhereTheCommandIsTyped() {
            Suite suite = suite(with(command, "--config", "e2e"));

            assertThat(suite.config().config()).isEqualTo("e2e/playwright.config.ts");
            assertThat(suite.tests()).extracting(test -> test.place().file()).containsOnly("sum.spec.ts");
        }

        @Test
        void whenNpmRunsAScriptWithMoreThanPlaywright_thenOptionsStillArrive() throws Exception {
            script("cd e2e && playwright test && echo done");

            assertThat(suite(npm()).tests()).hasSize(2);
            assertThat(suite(npm()).config().config()).isEqualTo("e2e/playwright.config.ts");
        }

        @Test
        void whenUserFilters_thenOnlyThoseTestsAreListed() throws Exception {
            script("playwright test -c e2e");

            assertThat(suite(npm("--", "--grep", "adds")).tests())
                    .extracting(test -> test.place().fullTitle())
                    .containsExactly("adds");
        }

        @Test
        void whenScriptOverwritesNodeOptions_thenNothingRunsAndTheReasonIsTold() throws Exception {
            script("NODE_OPTIONS=--no-warnings playwright test -c e2e");

            Failed failed = failure(npm());

            assertThat(failed.problem()).isEqualTo(Problem.WRONG_USE);
            assertThat(failed.message()).contains("NODE_OPTIONS");
            assertThat(command.folder().resolve("e2e/test-results")).doesNotExist();
        }
    }

    @Nested
    class GivenSomethingWrong {

        private Failed failed(String version, String project, String... words) throws Exception {
            return failure(with(PlaywrightFixture.project(version, project, folder.resolve(version + project)), words));
        }

        @ParameterizedTest(name = "Playwright {0}")
        @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
        void whenConfigThrows_thenItsErrorIsTold(String version) throws Exception {
            Failed failed = failed(version, "config-throws");

            assertThat(failed.problem()).isEqualTo(Problem.CONFIG_BROKEN);
            assertThat(failed.message()).contains("SHOP_URL must be set");
        }

        @ParameterizedTest(name = "Playwright {0}")
        @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
        void whenThereAreNoTests_thenItIsSaid(String version) throws Exception {
            assertThat(failed(version, "no-tests").problem()).isEqualTo(Problem.NO_TESTS);
        }

        @ParameterizedTest(name = "Playwright {0}")
        @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
        void whenAFileCannotBeLoaded_thenItIsNamed(String version) throws Exception {
            Failed failed = failed(version, "load-error");

            assertThat(failed.problem()).isEqualTo(Problem.LOAD_ERROR);
            assertThat(failed.message()).contains("prices-that-do-not-exist");
        }

        @Test
        void whenProjectIsUnknown_thenPlaywrightsSentenceIsTold() throws Exception {
            assertThat(failed(PlaywrightFixture.NEWEST, "fails", "--project=nope")
                            .message())
                    .contains("nope");
        }

        @Test
        void whenOptionIsUnknown_thenItIsWrongUse() throws Exception {
            Failed failed = failed(PlaywrightFixture.NEWEST, "fails", "--no-such-option");

            assertThat(failed.problem()).isEqualTo(Problem.WRONG_USE);
            assertThat(failed.message()).contains("--no-such-option");
        }

        @Test
        void whenConfigSetsAShard_thenItIsWrongUse() throws Exception {
            RunCommand command =
                    PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", folder.resolve("sharded"));
            Files.writeString(
                    command.folder().resolve("playwright.config.ts"),
                    "export default { testDir: './tests', shard: { current: 1, total: 2 } };");

            assertThat(failure(command).message()).contains("shard 1/2");
        }

        @Test
        void whenPlaywrightIsNotInstalled_thenNothingIsDownloaded() throws Exception {
            Path empty = Files.createDirectories(folder.resolve("empty"));

            Failed failed = failure(RunCommand.of(empty, "npx", "playwright", "test"));

            assertThat(failed.problem()).isEqualTo(Problem.NO_PLAYWRIGHT);
            assertThat(empty).isEmptyDirectory();
        }

        @Test
        void whenNodeIsMissing_thenItIsSaid() throws Exception {
            Map<String, String> environment = new HashMap<>();
            environment.put("PATH", folder.toString());

            Failed failed = failure(new RunCommand(List.of("npx", "playwright", "test"), folder, environment));

            assertThat(failed.problem()).isEqualTo(Problem.NO_PROGRAM);
            assertThat(failed.message()).contains("npx", "Node.js");
        }

        @Test
        void whenCommandIsNotPlaywright_thenItIsSaid() {
            assertThat(failure(RunCommand.of(folder, "echo", "hello")).problem())
                    .isEqualTo(Problem.NO_ANSWER);
        }

        @Test
        void whenCommandHangs_thenItIsEnded() {
            Discovery impatient = new Discovery(folder.resolve("evenkeel"), System.getenv(), Duration.ofMillis(50));

            DiscoveryOutcome outcome = impatient.discover(RunCommand.of(folder, "sleep", "1000"));

            assertThat(outcome.<Problem>match(found -> Problem.NO_TESTS, Failed::problem))
                    .isEqualTo(Problem.NO_ANSWER);
        }
    }
}
