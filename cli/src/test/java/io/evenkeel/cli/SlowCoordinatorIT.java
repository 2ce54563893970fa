package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Two machines and one queue, with the coordinator's real program behind a way that is slow. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@SuppressWarnings("NullAway.Init") // JUnit fills the fields
class SlowCoordinatorIT {

    private static final String RUN = "build-9";
    private static final int FILES = 14;
    private static final int TESTS = 2 * FILES;

    @TempDir
    Path temp;

    @EnabledIfSystemProperty(named = "long", matches = "true")
    @ParameterizedTest(name = "answers take {0} ms for one machine, {1} ms for the other")
    @CsvSource({"0, 1200", "700, 2500"})
    void whenTheCoordinatorIsSlow_thenEveryTestRunsOnce(int first, int second) throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"));
                SlowProxy wayOfOne = SlowProxy.afterTheFirstAnswer(coordinator, Duration.ofMillis(first));
                SlowProxy wayOfTwo = SlowProxy.afterTheFirstAnswer(coordinator, Duration.ofMillis(second))) {
            Machine one = machine(1, wayOfOne.environment(coordinator));
            Machine two = machine(2, wayOfTwo.environment(coordinator));
            Command endOfOne = Command.end(one.agent());
            Command endOfTwo = Command.end(two.agent());

            assertThat(endOfOne.exitCode()).as(endOfOne.err() + endOfOne.out()).isZero();
            assertThat(endOfTwo.exitCode()).as(endOfTwo.err() + endOfTwo.out()).isZero();
            Set<String> twice = twice(one, two);
            String said = endOfOne.err() + endOfTwo.err();
            assertThat(endOfTwo.err()).contains("answers slowly");
            // On a machine that is busy enough even the quick answer comes too late, and the tests begin before it.
            assertThat(twice.isEmpty()).as(said).isEqualTo(!said.contains("they run twice"));
            assertThat(twice.isEmpty() || said.contains("begins with its own share"))
                    .as(said)
                    .isTrue();
            assertComplete(coordinator, one, two, twice);
        }
    }

    /** So slow that the tests begin before it was ever heard. */
    @Test
    void whenTheFirstAnswerComesAfterTheTestsHaveBegun_thenTheMachineJoinsAndWhatRanTwiceIsSaid() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"));
                SlowProxy way = SlowProxy.to(coordinator, Duration.ofSeconds(3))) {
            Machine two = machine(2, way.environment(coordinator));
            Machine one = machine(1, coordinator.environment());
            Command endOfOne = Command.end(one.agent());
            Command endOfTwo = Command.end(two.agent());

            assertThat(endOfOne.exitCode()).as(endOfOne.err() + endOfOne.out()).isZero();
            assertThat(endOfTwo.exitCode()).as(endOfTwo.err() + endOfTwo.out()).isZero();
            assertThat(endOfTwo.err()).contains("begins with its own share", "takes part now");
            Set<String> twice = twice(one, two);
            assertThat(twice).as(endOfTwo.err()).hasSizeLessThan(TESTS / 2);
            assertThat(endOfTwo.err().contains("they run twice")).isEqualTo(!twice.isEmpty());
            assertComplete(coordinator, one, two, twice);
        }
    }

    @Test
    void whenItIsSlowForOneMachineAndThenAway_thenNoTestIsLostAndWhatRanTwiceIsSaid() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"));
                SlowProxy way = SlowProxy.to(coordinator, Duration.ofMillis(900))) {
            Machine one = machine(1, coordinator.environment());
            Machine two = machine(2, way.environment(coordinator));
            two.until(() -> two.ended() >= 2);
            way.close();
            Command endOfTwo = Command.end(two.agent());
            Command endOfOne = Command.end(one.agent());

            assertThat(endOfOne.exitCode()).as(endOfOne.err() + endOfOne.out()).isZero();
            assertThat(endOfTwo.exitCode()).as(endOfTwo.err() + endOfTwo.out()).isZero();
            assertComplete(coordinator, one, two, twice(one, two));
        }
    }

    @Test
    void whenNobodyListens_thenEachMachineRunsItsShareOfThePlan() throws Exception {
        try (RealCoordinator coordinator = RealCoordinator.start(temp.resolve("data"))) {
            SlowProxy closed = SlowProxy.to(coordinator, Duration.ZERO);
            closed.close();
            Machine one = machine(1, closed.environment(coordinator));
            Machine two = machine(2, closed.environment(coordinator));
            Command endOfOne = Command.end(one.agent());
            Command endOfTwo = Command.end(two.agent());

            assertThat(endOfOne.exitCode()).as(endOfOne.err() + endOfOne.out()).isZero();
            assertThat(endOfTwo.exitCode()).as(endOfTwo.err() + endOfTwo.out()).isZero();
            assertThat(endOfOne.err()).contains("nothing listens there", "begins with its own share");
            assertThat(endOfOne.err()).doesNotContain("answers slowly");
            assertThat(twice(one, two)).isEmpty();
            assertComplete(coordinator, one, two, Set.of());
        }
    }

    private Machine machine(int shard, Map<String, String> way) throws Exception {
        Path place = temp.resolve("machine-" + shard);
        RunCommand project = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", place);
        Files.delete(place.resolve("tests/fails.spec.ts"));
        for (int file = 1; file <= FILES; file++) {
            Files.writeString(place.resolve("tests/part-" + file + ".spec.ts"), """
                    import { test } from '@playwright/test';
                    test('takes a moment', () => new Promise(done => setTimeout(done, 500)));
                    test('takes another', () => new Promise(done => setTimeout(done, 500)));
                    """);
        }
        return Machine.start(project, way, RUN, "--mode", "dynamic", "--shard", shard + "/2");
    }

    private static Set<String> twice(Machine one, Machine two) throws Exception {
        Set<String> twice = new TreeSet<>(one.executed());
        twice.retainAll(two.executed());
        return twice;
    }

    private void assertComplete(RealCoordinator coordinator, Machine one, Machine two, Set<String> twice)
            throws Exception {
        two.sendResultsTo(one);
        Command report =
                Command.evenkeel(one.project(), coordinator.environment(), "report", "--no-report", "--run", RUN);
        JsonNode summary = Reports.read(one.project().folder().resolve(".evenkeel/summary.json"));
        assertThat(report.exitCode()).as(report.err()).isZero();
        assertThat(summary.path("complete").asBoolean()).as(report.err()).isTrue();
        assertThat(summary.path("executed").asInt()).isEqualTo(TESTS);
        assertThat(summary.path("tests")).hasSize(TESTS);
        Set<String> said = new TreeSet<>();
        summary.path("duplicates").forEach(test -> said.add(test.asText()));
        assertThat(said).containsExactlyInAnyOrderElementsOf(twice);
    }
}
