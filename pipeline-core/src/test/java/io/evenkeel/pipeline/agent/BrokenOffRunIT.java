package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A run in the middle of a long test that somebody ends, politely or not. */
@EnabledOnOs(OS.LINUX)
class BrokenOffRunIT {

    @TempDir
    Path folder;

    private RunCommand command;
    private final ShareRun.Agents agents = new ShareRun.Agents();

    @BeforeEach
    void layOut() throws Exception {
        command = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", folder.resolve("project"));
        Files.writeString(command.folder().resolve("tests/fails.spec.ts"), """
                import { writeFileSync } from 'node:fs';
                import { test } from '@playwright/test';
                test.setTimeout(0);
                test('passes', () => {});
                test('waits for ever', async () => {
                  writeFileSync('waiting', '');
                  await new Promise(done => setTimeout(done, 1_000_000));
                });
                test('never begins', () => {});
                """);
    }

    /** Runs everything and calls {@code then} while the second test waits. */
    private ShareRun run(Runnable then) throws Exception {
        try (WatchService watch = FileSystems.getDefault().newWatchService()) {
            command.folder().register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            CompletableFuture<ShareRun> run = CompletableFuture.supplyAsync(() -> {
                try {
                    return ShareRun.of(agents, command, List.of(), folder.resolve("evenkeel"), new Share.Everything());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            while (!Files.exists(command.folder().resolve("waiting"))) {
                WatchKey key = watch.poll(120, TimeUnit.SECONDS);
                assertThat(key).as("the second test begins").isNotNull();
                key.pollEvents();
                key.reset();
            }
            then.run();
            return run.get(120, TimeUnit.SECONDS);
        }
    }

    @Test
    void whenInterrupted_thenReportsAreCompleteAndTheCodeSaysSo() throws Exception {
        ShareRun run = run(agents.agent()::interrupt);

        assertThat(run.outcome()).isInstanceOfSatisfying(AgentOutcome.Interrupted.class, interrupted -> {
            assertThat(interrupted.counts()).isEqualTo(new AgentOutcome.Counts(3, 3, 2));
            assertThat(interrupted.notRun()).hasSize(1);
        });
        assertThat(run.outcome().exitCode()).isEqualTo(130);
        assertThat(run.events())
                .extracting(event -> event.event())
                .filteredOn(RunEnd.class::isInstance)
                .extracting(event -> ((RunEnd) event).status())
                .containsExactly("interrupted");
        assertThat(run.blob()).isNotEmptyFile();
    }

    @Test
    void whenTheCommandIsKilled_thenTheSpoolIsKeptAndNothingGoesOnRunning() throws Exception {
        ShareRun run = run(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly));

        assertThat(run.outcome().exitCode()).isEqualTo(3);
        assertThat(run.outcome()).isInstanceOfSatisfying(AgentOutcome.Incomplete.class, incomplete -> {
            assertThat(incomplete.runnerExitCode()).isEqualTo(137);
            assertThat(incomplete.counts()).isEqualTo(new AgentOutcome.Counts(3, 3, 1));
            assertThat(incomplete.spools())
                    .allSatisfy(spool -> assertThat(spool).isNotEmptyFile());
        });
        assertThat(run.events().get(run.events().size() - 1).event()).isInstanceOf(RunEvent.AgentEnd.class);
        assertThat(ProcessHandle.allProcesses()
                        .filter(process ->
                                process.info().commandLine().orElse("").contains(folder.toString()))
                        .filter(process -> !process.onExit().isDone()))
                .allSatisfy(process -> assertThat(process.onExit()).succeedsWithin(60, TimeUnit.SECONDS));
    }

    @Test
    void whenASpoolOfThatNameIsThere_thenItIsNotMixedWithAnother() throws Exception {
        SpoolId id = new SpoolId("same", 1, "test");
        Path spool = new SpoolFolder(folder.resolve("evenkeel/spool")).file(id);
        Files.createDirectories(folder.resolve("evenkeel/spool"));
        Files.writeString(spool, "earlier\n");

        AgentOutcome outcome = agents.agent()
                .run(new AgentRequest(command, List.of(), new Share.Everything(), folder.resolve("evenkeel"), id));

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(spool).hasContent("earlier\n");
    }
}
