package io.evenkeel.pipeline.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.agent.Agent;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.Share;
import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two executors on one machine at the same time. */
class ExecutorWorkspaceIT {

    @TempDir
    Path folder;

    /** The project's globalSetup writes a file that its globalTeardown removes: in one folder, two runs would break each other. */
    @ParameterizedTest(name = "Playwright {0}")
    @ValueSource(strings = {"1.49.1", PlaywrightFixture.NEWEST})
    void whenTwoExecutorsRunAtOnce_thenTheyDoNotMeet(String version) throws Exception {
        RunCommand command = PlaywrightFixture.project(version, "global-setup", folder.resolve("project"));
        Path evenkeel = command.folder().resolve(".evenkeel");
        Suite suite = new Discovery(evenkeel, System.getenv())
                .discover(command)
                .match(found -> found.suite(), failed -> {
                    throw new AssertionError(failed.message());
                });
        List<Path> before = files(command.folder());

        List<CompletableFuture<AgentOutcome>> running = Stream.of(0, 1)
                .map(i -> CompletableFuture.supplyAsync(() -> run(command, evenkeel, suite, i)))
                .toList();

        for (CompletableFuture<AgentOutcome> one : running) {
            AgentOutcome outcome = one.get(3, TimeUnit.MINUTES);
            assertThat(outcome.exitCode()).as(outcome.message()).isZero();
        }
        assertThat(files(command.folder())).isEqualTo(before);
    }

    private static AgentOutcome run(RunCommand command, Path evenkeel, Suite suite, int number) {
        try (ExecutorWorkspace place = ExecutorWorkspace.make(command.folder(), evenkeel, "e" + number, "", suite)) {
            AgentOutcome outcome = new Agent(System.getenv(), InstantSource.system(), line -> {})
                    .run(new AgentRequest(
                            place.command(command),
                            place.options(),
                            new Share.Planned(List.of(suite.ids().get(number)), place.suite(suite)),
                            evenkeel,
                            new SpoolId("e" + number, number + 1, "e" + number)));
            assertThat(place.command(command).folder().resolve("global.log")).hasContent("setup\nteardown\n");
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path project) throws IOException {
        try (Stream<Path> files = Files.list(project)) {
            return files.sorted().toList();
        }
    }
}
