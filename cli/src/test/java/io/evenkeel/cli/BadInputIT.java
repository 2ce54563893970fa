package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user sees when something is wrong: the documented exit code, and a line that says what and what to do. */
class BadInputIT {

    @TempDir
    Path temp;

    private RunCommand project(String name) throws Exception {
        return PlaywrightFixture.project(PlaywrightFixture.NEWEST, name, temp.resolve(name));
    }

    /** No stack trace: that is for programmers. */
    private static AbstractStringAssert<?> said(Command command) {
        return assertThat(command.err()).doesNotContain("\tat io.evenkeel").doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({"config-throws, 1", "no-tests, 1", "load-error, 1"})
    void whenPlaywrightCannotList_thenTheCodeIsPlaywrightsAndItsReasonIsTold(String name, int code) throws Exception {
        Command local = Command.evenkeel(project(name), Map.of(), "local", "--executors", "2");

        assertThat(local.exitCode()).as(local.err()).isEqualTo(code);
        said(local).contains("evenkeel: ");
    }

    @Test
    void whenThereIsNoPlaywright_thenTheWayToInstallItIsSaid() throws Exception {
        RunCommand empty =
                new RunCommand(java.util.List.of("npx"), Files.createDirectory(temp.resolve("empty")), Map.of());

        Command local = Command.evenkeel(empty, Map.of(), "local", "--executors", "2");

        assertThat(local.exitCode()).as(local.err()).isEqualTo(3);
        said(local).contains("npm ci").contains("--dir");
    }

    @Test
    void whenNodeIsMissing_thenItIsSaid() throws Exception {
        Command local = Command.evenkeel(
                project("retries"),
                Map.of("PATH", Files.createDirectory(temp.resolve("bin")).toString()),
                "local",
                "--executors",
                "2");

        assertThat(local.exitCode()).as(local.err()).isEqualTo(3);
        said(local).contains("Node");
    }

    @Test
    void whenTheWorkFolderCannotBeWritten_thenNothingRuns() throws Exception {
        RunCommand project = project("retries");
        Files.writeString(project.folder().resolve(".evenkeel"), "a file");

        Command local = Command.evenkeel(project, Map.of(), "local", "--executors", "2");

        assertThat(local.exitCode()).as(local.err()).isEqualTo(3);
        said(local).contains(".evenkeel").contains("EVENKEEL_DIR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--shard=1/2", "--last-failed", "--ui", "--debug"})
    void whenTheUserSelectsAPartToo_thenItIsWrongUse(String option) throws Exception {
        Command local = Command.evenkeel(
                project("retries"), Map.of(), "local", "--executors", "2", "--", "npx", "playwright", "test", option);

        assertThat(local.exitCode()).as(local.err()).isEqualTo(2);
        said(local).contains(option.split("=", 2)[0]);
    }

    @Test
    void whenThePlanIsOfAnotherSuite_thenNothingRuns() throws Exception {
        RunCommand other = project("fails");
        RunCommand project = project("retries");
        assertThat(Command.evenkeel(other, Map.of(), "plan", "--shards", "2").exitCode())
                .isZero();
        Path plan = other.folder().resolve(".evenkeel/plan.json");

        Command run = Command.evenkeel(project, Map.of(), "run", "--shard", "1/2", "--plan", plan.toString());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
        said(run).contains("another suite").contains("Plan again");
    }

    @ParameterizedTest
    @CsvSource({"plan.json, run --shard 1/2, 3", "timings.json, plan --shards 2, 0"})
    void whenAFileIsBroken_thenItIsNamed(String file, String command, int code) throws Exception {
        RunCommand project = project("retries");
        Path broken = project.folder().resolve(".evenkeel").resolve(file);
        Files.createDirectories(broken.resolveSibling(""));
        Files.writeString(broken, "{\"v\":1, \"tests\":");

        Command end = Command.evenkeel(project, Map.of(), command.split(" ", -1));

        assertThat(end.exitCode()).as(end.err()).isEqualTo(code);
        said(end).contains(file);
    }

    @Test
    void whenTheAgentIsKilled_thenTheReportIsRedAndNamesWhatIsMissing() throws Exception {
        RunCommand project = PlaywrightFixture.suite(PlaywrightFixture.NEWEST, temp.resolve("suite"));
        Command.Started run = Command.startEvenkeel(project, Map.of(), "local", "--executors", "2", "--no-report");
        awaitSpool(project.folder().resolve(".evenkeel/spool"), run);
        run.process().descendants().forEach(ProcessHandle::destroyForcibly);
        run.process().destroyForcibly().waitFor();

        Command report = Command.evenkeel(project, Map.of(), "report", "--no-report");

        assertThat(report.exitCode()).as(report.err()).isEqualTo(3);
        JsonNode summary = Reports.read(project.folder().resolve(".evenkeel/summary.json"));
        assertThat(summary.path("complete").asBoolean()).isFalse();
        assertThat(summary.path("missing")).isNotEmpty();
    }

    private static void awaitSpool(Path spool, Command.Started run) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            if (Files.isDirectory(spool)) {
                try (Stream<Path> files = Files.list(spool)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".ndjson"))
                            .toList()) {
                        if (Files.readString(file).contains("\"attempt.end\"")) {
                            return;
                        }
                    }
                }
            }
            if (run.process().waitFor(100, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IllegalStateException("No test ended: " + Files.readString(run.err()));
    }
}
