package io.evenkeel.pipeline.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.estimate.FixedCost.MachineRun;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimingsTest {

    private static final KnownTest TEST = new KnownTest("a", "", "a.spec.ts", List.of("adds"));

    private static ObservedTest passed(long millis) {
        return new ObservedTest(TEST, 0, AttemptStatus.PASSED, Duration.ofMillis(millis));
    }

    private static List<Long> recent(Timings timings) {
        return timings.sorted().stream()
                .flatMap(timing -> timing.recent().stream())
                .map(Duration::toMillis)
                .toList();
    }

    @Nested
    class GivenRuns {

        private final Timings none = Timings.none("playwright.config.ts");

        @Test
        void whenTestsPass_thenTheirDurationsAreKeptOldestFirst() {
            Timings timings =
                    none.after(List.of(passed(100)), FixedCost.NONE).after(List.of(passed(120)), FixedCost.NONE);

            assertThat(recent(timings)).containsExactly(100L, 120L);
        }

        @Test
        void whenThereAreMany_thenTheNewestTwentyAreKept() {
            Timings timings = none;
            for (int run = 1; run <= 25; run++) {
                timings = timings.after(List.of(passed(run)), FixedCost.NONE);
            }

            assertThat(recent(timings)).hasSize(20).startsWith(6L).endsWith(25L);
        }

        @ParameterizedTest
        @EnumSource(
                value = AttemptStatus.class,
                names = {"PASSED"},
                mode = EnumSource.Mode.EXCLUDE)
        void whenAnAttemptDidNotPass_thenItTeachesNothing(AttemptStatus status) {
            ObservedTest seen = new ObservedTest(TEST, 0, status, Duration.ofMillis(100));

            assertThat(none.after(List.of(seen), FixedCost.NONE).tests()).isEmpty();
        }

        @Test
        void whenItWasARetryOrTookNoTimeOrAnAbsurdOne_thenItTeachesNothing() {
            List<ObservedTest> run = List.of(
                    new ObservedTest(TEST, 1, AttemptStatus.PASSED, Duration.ofMillis(100)),
                    passed(0),
                    passed(-5),
                    passed(Duration.ofDays(3).toMillis()));

            assertThat(none.after(run, FixedCost.NONE).tests()).isEmpty();
        }

        @Test
        void whenATestRanOnTwoMachines_thenItCountsOnceWithTheLongerTime() {
            assertThat(recent(none.after(List.of(passed(100), passed(300)), FixedCost.NONE)))
                    .containsExactly(300L);
        }

        @Test
        void whenARunSawOnlyAPart_thenTheOthersKeepTheirHistory() {
            Timings timings = none.after(List.of(passed(100)), FixedCost.NONE).after(List.of(), FixedCost.NONE);

            assertThat(recent(timings)).containsExactly(100L);
            assertThat(timings.only(Set.of()).tests()).isEmpty();
        }
    }

    @Nested
    class GivenMachineRuns {

        private MachineRun machine(long units, int lanes, long perUnit, long perMachine) {
            long overhead = units * perUnit + lanes * perMachine;
            long tests = 10_000;
            return new MachineRun(
                    Duration.ofMillis((tests + overhead) / lanes), Duration.ofMillis(tests), (int) units, lanes);
        }

        @Test
        void whenTheyDiffer_thenBothCostsAreFound() {
            FixedCost cost = FixedCost.learn(
                    List.of(machine(10, 1, 120, 2400), machine(40, 1, 120, 2400), machine(80, 2, 120, 2400)));

            assertThat(cost).isEqualTo(new FixedCost(Duration.ofMillis(120), Duration.ofMillis(2400)));
        }

        @Test
        void whenAllRanEquallyMany_thenAllOfItCountsForTheMachine() {
            FixedCost cost = FixedCost.learn(List.of(machine(10, 1, 100, 2000), machine(10, 1, 100, 2000)));

            assertThat(cost).isEqualTo(new FixedCost(Duration.ZERO, Duration.ofMillis(3000)));
        }

        @Test
        void whenTheClockWentBackwards_thenNoCostIsNegative() {
            FixedCost cost =
                    FixedCost.learn(List.of(new MachineRun(Duration.ofSeconds(-5), Duration.ofSeconds(9), 3, 1)));

            assertThat(cost).isEqualTo(FixedCost.NONE);
        }

        @Test
        void whenThereAreNone_thenNothingIsLearned() {
            assertThat(FixedCost.learn(List.of())).isEqualTo(FixedCost.NONE);
        }
    }
}
