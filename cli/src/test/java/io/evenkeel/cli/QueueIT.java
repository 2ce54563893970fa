package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.queue.Terms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines that work off one queue, with the coordinator's real program. */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class QueueIT {

    private static final String RUN = "build-7";

    /** What a program ends with that SIGTERM has ended: 128 + 15. */
    private static final int TERMINATED = 143;

    @TempDir
    Path temp;

    /** Lays a suite out on the disk of a machine. */
    private interface Layout {
        RunCommand on(Path machine) throws Exception;
    }

    @ParameterizedTest(name = "Playwright {0}")
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#newest")
    void whenOneMachineDiesOneComesLateAndTheCoordinatorRestarts_thenEveryTestHasOneResult(String version)
            throws Exception {
        threeMachines(place -> PlaywrightFixture.suite(version, place), 20);
    }

    @ParameterizedTest(name = "Playwright {0}")
    @MethodSource("io.evenkeel.pipeline.playwright.PlaywrightFixture#versions")
    @EnabledIfSystemProperty(named = "long", matches = "true")
    @Timeout(value = 45, unit = TimeUnit.MINUTES)
    void whenThatHappensToTheShop_thenEveryTestHasOneResult(String version) throws Exception {
        threeMachines(place -> PlaywrightFixture.shop(version, place), 30);
    }

    /** One machine dies when so many attempts have ended, the coordinator with it; both come back, as another machine and the same coordinator. */
    private void threeMachines(Layout layout, int half) throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Machine steady = machine(layout, coordinator, 1);
            Machine dying = machine(layout, coordinator, 2);
            dying.until(() -> dying.ended() >= 4 && steady.ended() + dying.ended() >= half);
            dying.kill();
            coordinator.kill();
            coordinator.restart();
            Machine late = machine(layout, coordinator, 3);
            Command first = Command.longEnd(steady.agent());
            Command third = Command.longEnd(late.agent());

            assertThat(first.exitCode()).as(first.err() + first.out()).isZero();
            assertThat(third.exitCode()).as(third.err() + third.out()).isZero();
            Set<String> twice = steady.executed();
            twice.retainAll(late.executed());
            late.sendResultsTo(steady); // those of the dead machine are gone
            Command report = Command.evenkeel(
                    steady.project(), coordinator.environment(), "report", "--no-report", "--run", RUN);
            String said = report.err() + first.err() + third.err();
            JsonNode summary = Reports.read(steady.project().folder().resolve(".evenkeel/summary.json"));
            assertThat(report.exitCode()).as(said).isZero();
            assertThat(summary.path("complete").asBoolean()).as(said).isTrue();
            assertThat(summary.path("executed").asInt())
                    .as(said)
                    .isGreaterThan(half)
                    .isEqualTo(summary.path("discovered").asInt());
            List<String> results = new ArrayList<>();
            summary.path("tests").forEach(test -> results.add(test.path("id").asText()));
            assertThat(results).as("each test's result once").doesNotHaveDuplicates();
            List<String> duplicates = new ArrayList<>();
            summary.path("duplicates").forEach(test -> duplicates.add(test.asText()));
            summary.path("tests").forEach(test -> {
                if (test.path("project").asText().equals("setup")) {
                    twice.remove(test.path("id").asText()); // it runs on every machine
                }
            });
            assertThat(twice).as("what ran twice is said").isSubsetOf(duplicates);
        }
    }

    private Machine machine(Layout layout, RealCoordinator coordinator, int shard) throws Exception {
        return Machine.start(
                layout.on(temp.resolve("machine-" + shard)),
                coordinator,
                RUN,
                "--mode",
                "dynamic",
                "--shard",
                shard + "/3");
    }

    /** Its hooks hang, as those do that wait for what is gone already: Playwright ends seconds later than the lease. */
    @Test
    void whenAMachineIsTakenAway_thenItsLeaseIsOverLongBeforePlaywrightIs() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Machine spot = machine(QueueIT::hanging, coordinator, 1);
            spot.until(() -> spot.ended() > 0
                    && coordinator.queue().path("items").path("held").asInt() > 0);

            Instant asked = Instant.now();
            spot.agent().process().destroy(); // SIGTERM
            Command ended = Command.end(spot.agent());
            JsonNode queue = coordinator.queue();
            Instant read = Instant.now();

            JsonNode agent = queue.path("agents").path(0);
            assertThat(agent.path("state").asText()).as(queue.toString()).isEqualTo("left");
            Instant left = read.minusMillis(agent.path("silentMs").asLong());
            assertThat(left).as("asked at " + asked).isBefore(spot.end()).isBefore(asked.plus(Terms.STANDARD.lease()));
            assertThat(queue.path("items").path("held").asInt()).isZero();
            assertThat(queue.path("items").path("open").asInt()).isPositive();
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(TERMINATED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"static", "dynamic"})
    void whenTheRunIsCalledOff_thenItsAgentsStop(String mode) throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            Machine machine =
                    Machine.start(hanging(temp.resolve("machine")), coordinator, RUN, "--mode", mode, "--shard", "1/1");
            machine.until(() -> machine.ended() > 0);

            JsonNode answer = coordinator.cancel(RUN);
            Command ended = Command.end(machine.agent());

            assertThat(answer.path("state").asText()).isEqualTo("cancelled");
            assertThat(ended.err()).contains("The run was cancelled.");
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(130);
        }
    }

    private static RunCommand hanging(Path place) throws Exception {
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", place);
        for (String file : List.of("first", "second", "third")) {
            Files.writeString(place.resolve("tests/" + file + ".spec.ts"), """
                    import { test } from '@playwright/test';
                    test('is quick', () => {});
                    test('goes on', () => new Promise(() => {}));
                    test.afterAll(() => new Promise(() => {}));
                    """);
        }
        return project;
    }
}
