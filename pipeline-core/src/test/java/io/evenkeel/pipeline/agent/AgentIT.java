package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real projects of many kinds, run by the agent. */
class AgentIT {

    @TempDir
    Path folder;

    private Path evenkeel() {
        return folder.resolve("evenkeel");
    }

    private static RunCommand with(RunCommand command, String... more) {
        return command.withWords(
                Stream.concat(command.words().stream(), Stream.of(more)).toList());
    }

    private RunCommand project(String name) throws Exception {
        return PlaywrightFixture.project(PlaywrightFixture.NEWEST, name, folder.resolve(name));
    }

    private Suite suite(RunCommand command) {
        return new Discovery(evenkeel(), System.getenv()).discover(command).match(found -> found.suite(), failed -> {
            throw new AssertionError(failed.message());
        });
    }

    private ShareRun everything(RunCommand command) throws IOException {
        return ShareRun.of(command, evenkeel(), new Share.Everything());
    }

    /** Each way of selection with a way of writing a project; with each in the long check. */
    static Stream<Arguments> kinds() {
        List<String> versions = List.of("1.40.1", "1.49.1", PlaywrightFixture.NEWEST);
        List<String> projects = List.of("config-in-subfolder", "own-reporters", "esm-config");
        return IntStream.range(0, versions.size())
                .boxed()
                .flatMap(v -> IntStream.range(0, projects.size())
                        .filter(p -> p == v || PlaywrightFixture.isLong())
                        .mapToObj(p -> Arguments.of(versions.get(v), projects.get(p))));
    }

    @ParameterizedTest(name = "Playwright {0}, {1}")
    @MethodSource("kinds")
    void whenShareHoldsTheSecondTest_thenItAloneRuns(String version, String project) throws Exception {
        RunCommand plain = PlaywrightFixture.project(version, project, folder.resolve("project"));
        RunCommand command = project.equals("config-in-subfolder") ? with(plain, "-c", "e2e") : plain;
        Suite suite = suite(command);
        List<String> share = List.of(suite.ids().get(1));

        ShareRun run = ShareRun.of(command, evenkeel(), new Share.Planned(share, suite));

        assertThat(run.outcome().exitCode()).as(run.outcome().message()).isZero();
        assertThat(run.executed()).isEqualTo(share);
        assertThat(run.blob()).isNotEmptyFile();
        if (project.equals("own-reporters")) {
            assertThat(command.folder().resolve("reports/own.txt"))
                    .content()
                    .isEqualTo("is flaky #0 failed\nis flaky #1 passed\npassed\n");
            assertThat(command.folder().resolve("reports/results.json")).isNotEmptyFile();
            assertThat(command.folder().resolve("reports/junit.xml")).content().contains("is flaky");
        }
    }

    @Nested
    class GivenWholeRun {

        @Test
        void whenThereAreGlobalHooks_thenTheyRunOnce() throws Exception {
            RunCommand command = project("global-setup");

            assertThat(everything(command).outcome().exitCode()).isZero();

            assertThat(command.folder().resolve("global.log")).hasContent("setup\nteardown\n");
        }

        @Test
        void whenThereIsAWebServer_thenItIsStartedAndItsPortIsKnown() throws Exception {
            RunCommand command = project("web-server").withEnvironment(Map.of("FIXTURE_PORT", "47163"));

            assertThat(everything(command).outcome().exitCode()).isZero();
            assertThat(suite(command).webServers())
                    .singleElement()
                    .satisfies(server -> assertThat(server.port()).isEqualTo(47_163));
        }

        @Test
        void whenTestsAreRetried_thenEveryAttemptIsInTheSpool() throws Exception {
            ShareRun run = everything(project("retries"));

            assertThat(run.outcome().exitCode()).isZero();
            assertThat(run.attempts())
                    .filteredOn(attempt -> attempt.retry() == 2)
                    .hasSize(1);
            assertThat(run.attempts()).hasSize(6 + 1 + 2 + 3);
        }

        @Test
        void whenATestFails_thenTheErrorIsInTheSpoolAndTheCodeIsOne() throws Exception {
            ShareRun run = everything(project("fails"));

            assertThat(run.outcome().exitCode()).isEqualTo(1);
            assertThat(run.attempts())
                    .filteredOn(attempt -> !attempt.evidence().errors().isEmpty())
                    .singleElement()
                    .satisfies(attempt -> assertThat(
                                    attempt.evidence().errors().get(0).message())
                            .contains("2 items")
                            .doesNotContain("\u001b"));
        }

        @Test
        void whenUserStopsAtTheFirstFailure_thenTheRestIsExplained() throws Exception {
            RunCommand command = project("fails");
            Files.writeString(
                    command.folder().resolve("tests/fails.spec.ts"),
                    "import { test, expect } from '@playwright/test';\n"
                            + "test('fails', () => expect(1).toBe(2));\ntest('never runs', () => {});\n");

            ShareRun run = everything(with(command, "-x"));

            assertThat(run.outcome()).isInstanceOfSatisfying(AgentOutcome.Ran.class, ran -> {
                assertThat(ran.exitCode()).isEqualTo(1);
                assertThat(ran.notRun()).hasSize(1);
            });
        }

        @Test
        void whenUserFilters_thenOnlyThoseTestsRun() throws Exception {
            ShareRun run = everything(with(project("fails"), "--grep", "passes"));

            assertThat(run.outcome().exitCode()).isZero();
            assertThat(run.executed()).hasSize(1);
        }

        @Test
        void whenConfigThrows_thenTheCodeIsPlaywrights() throws Exception {
            assertThat(everything(project("config-throws")).outcome())
                    .isInstanceOf(AgentOutcome.NotStarted.class)
                    .extracting(AgentOutcome::exitCode)
                    .isEqualTo(1);
        }

        @Test
        void whenThereAreNoTests_thenTheCodeIsPlaywrights() throws Exception {
            AgentOutcome outcome = everything(project("no-tests")).outcome();

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.message()).contains("No tests found");
        }

        @Test
        void whenUserHasAReporterInPwTestReporterAlready_thenBothWork() throws Exception {
            RunCommand command = project("fails");
            Path theirs = Files.writeString(
                    folder.resolve("theirs.cjs"),
                    "module.exports = class { onTestEnd(t, r) { require('fs').appendFileSync(__filename + '.txt', t.title + ' ' + r.status + '\\n'); } };");

            ShareRun run = everything(command.withEnvironment(Map.of("PW_TEST_REPORTER", theirs.toString())));

            assertThat(run.attempts()).hasSize(2);
            assertThat(folder.resolve("theirs.cjs.txt")).hasContent("passes passed\nfails failed\n");
        }

        @Test
        void whenOneCommandRunsPlaywrightTwice_thenBothRunsCount() throws Exception {
            RunCommand command = project("fails");

            ShareRun run = everything(command.withWords(
                    List.of("sh", "-c", "npx playwright test --grep passes && npx playwright test --grep passes")));

            assertThat(run.files()).hasSize(2);
            assertThat(run.outcome().exitCode()).isZero();
        }
    }

    @Nested
    class GivenShareThatCannotBeRunAsAsked {

        @Test
        void whenShareIsEmpty_thenNothingIsStarted() throws Exception {
            ShareRun run = ShareRun.of(
                    RunCommand.of(folder, "npx", "playwright", "test"), evenkeel(), new Share.Ids(List.of()));

            assertThat(run.outcome()).isInstanceOf(AgentOutcome.NothingToDo.class);
            assertThat(run.outcome().exitCode()).isZero();
            assertThat(run.files()).isEmpty();
        }

        @Test
        void whenATestIsNotInTheSuiteAnyMore_thenTheJobIsRedAndNamesIt() throws Exception {
            RunCommand command = project("fails");
            String passes = suite(command).ids().get(0);

            ShareRun run = ShareRun.of(command, evenkeel(), new Share.Ids(List.of(passes, "gone-1")));

            assertThat(run.outcome().exitCode()).isEqualTo(3);
            assertThat(run.outcome().message()).contains("1 of 2 tests", "gone-1");
            assertThat(run.executed()).containsExactly(passes);
        }

        @Test
        void whenUserShardsToo_thenItIsWrongUse() throws Exception {
            ShareRun run = everything(RunCommand.of(folder, "npx", "playwright", "test", "--shard=1/2"));

            assertThat(run.outcome().exitCode()).isEqualTo(2);
            assertThat(run.outcome().message()).contains("--shard");
        }

        @Test
        void whenSpoolFolderCannotBeWritten_thenItIsSaidBeforeAnythingRuns() throws Exception {
            Path file = Files.writeString(folder.resolve("file"), "");

            ShareRun run = ShareRun.of(project("fails"), file.resolve("evenkeel"), new Share.Everything());

            assertThat(run.outcome().exitCode()).isEqualTo(3);
            assertThat(run.outcome().message()).contains("EVENKEEL_DIR").doesNotContain("\n");
        }

        @Test
        void whenScriptOverwritesNodeOptions_thenNothingRuns() throws Exception {
            RunCommand command = project("fails");
            ShareRun run = ShareRun.of(
                    new ShareRun.Agents(),
                    command.withWords(List.of("sh", "-c", "NODE_OPTIONS= npx playwright test")),
                    List.of("--workers=1"),
                    evenkeel(),
                    new Share.Everything());

            assertThat(run.outcome().exitCode()).isEqualTo(2);
            assertThat(run.outcome().message()).contains("NODE_OPTIONS");
            assertThat(run.attempts()).isEmpty();
        }
    }

    @Test
    void whenPlannedOrderIsNotTheOrderOfTheFiles_thenGroupsRunAsPlanned() throws Exception {
        RunCommand command = PlaywrightFixture.suite(PlaywrightFixture.NEWEST, folder.resolve("suite"));
        Suite suite = suite(command);
        List<String> share = Stream.of("skips.spec.ts", "serial.spec.ts", "list.spec.ts")
                .flatMap(file -> suite.tests().stream()
                        .filter(test -> test.project().equals("desktop")
                                && test.place().file().equals(file))
                        .map(test -> test.id()))
                .toList();

        ShareRun run = ShareRun.of(command, evenkeel(), new Share.Planned(share, suite));

        assertThat(run.executed()).isEqualTo(share);
        assertThat(run.events().get(run.events().size() - 1).event()).isInstanceOf(RunEvent.AgentEnd.class);
    }
}
