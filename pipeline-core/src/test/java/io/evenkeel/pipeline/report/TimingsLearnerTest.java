package io.evenkeel.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.RunBegin;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TimingsLearnerTest {

    private static final long START = 1_790_000_000_000L;

    private final List<RunEvent> events = new ArrayList<>();

    private void test(String id, String file) {
        TestPlace place = new TestPlace(file, List.of(id), 1, 1, "default");
        events.add(new TestSelected(id, "desktop", place, List.of(), AttemptStatus.PASSED));
    }

    private void attempt(String id, int retry, AttemptStatus status, long from, long millis) {
        events.add(new AttemptEnd(
                id,
                retry,
                new AttemptOutcome(
                        status,
                        AttemptStatus.PASSED,
                        Instant.ofEpochMilli(START + from),
                        Duration.ofMillis(millis),
                        new Lane(0, 0)),
                AttemptEvidence.none()));
    }

    private Timings learn(Timings before) {
        RunSummaryBuilder builder = new RunSummaryBuilder("r");
        RunSummaryBuilder.Events sink = builder.executor("a");
        events.forEach(e -> sink.accept(Instant.ofEpochMilli(START), e));
        return TimingsLearner.learn(before, builder.build(Map.of()), FixedCost.NONE);
    }

    private static List<Duration> recent(Timings timings) {
        return timings.sorted().stream()
                .filter(t -> t.test().id().equals("good"))
                .findFirst()
                .orElseThrow()
                .recent();
    }

    @Nested
    class GivenARun {

        @Test
        void whenLearned_thenOnlyFirstAttemptsThatPassedCount() {
            events.add(new RunBegin("1.65.1", "playwright.config.ts", "/x", 1, List.of()));
            test("good", "a.spec.ts");
            test("flaky", "a.spec.ts");
            test("skipped", "a.spec.ts");
            attempt("good", 0, AttemptStatus.PASSED, 0, 700);
            attempt("flaky", 0, AttemptStatus.FAILED, 700, 30_000);
            attempt("flaky", 1, AttemptStatus.PASSED, 31_000, 500);
            attempt("skipped", 0, AttemptStatus.SKIPPED, 31_500, 0);

            Timings timings = learn(Timings.none(""));

            assertThat(timings.suite()).isEqualTo("playwright.config.ts");
            assertThat(timings.tests()).containsOnlyKeys("good");
            assertThat(recent(timings)).containsExactly(Duration.ofMillis(700));
            assertThat(timings.sorted()).extracting(t -> t.test().file()).containsExactly("a.spec.ts");
        }

        @Test
        void whenTwentyAreKept_thenTheOldestGoesAndGoneTestsStay() {
            events.add(new RunBegin("1.65.1", "c.ts", "/x", 1, List.of()));
            test("good", "a.spec.ts");
            attempt("good", 0, AttemptStatus.PASSED, 0, 700);
            KnownTest good = new KnownTest("good", "desktop", "a.spec.ts", List.of("good"));
            KnownTest gone = new KnownTest("gone", "desktop", "a.spec.ts", List.of("gone"));
            Timings before = new Timings(
                    "c.ts",
                    FixedCost.NONE,
                    Map.of(
                            "good", new TestTiming(good, Collections.nCopies(20, Duration.ofMillis(100))),
                            "gone", new TestTiming(gone, List.of(Duration.ofMillis(5)))));

            Timings timings = learn(before);

            assertThat(timings.tests()).containsOnlyKeys("good", "gone");
            assertThat(recent(timings)).hasSize(20).endsWith(Duration.ofMillis(700));
        }
    }

    @Nested
    class GivenTheGapsBetweenFiles {

        @Test
        void whenMeasured_thenUnitsAndMachinesAreToldApart() {
            test("a1", "a.spec.ts");
            test("a2", "a.spec.ts");
            test("b1", "b.spec.ts");
            test("c1", "c.spec.ts");
            attempt("a1", 0, AttemptStatus.PASSED, 1_000, 500);
            attempt("a2", 0, AttemptStatus.PASSED, 1_500, 500);
            attempt("b1", 0, AttemptStatus.PASSED, 2_150, 500);
            attempt("c1", 0, AttemptStatus.PASSED, 2_850, 500);
            events.add(new RunEnd("passed", Duration.ofMillis(3_900)));
            FixedCostMeter meter = new FixedCostMeter();

            RunEvent.Handler executor = meter.executor();
            events.forEach(e -> e.accept(executor));

            // Gaps of 150 and 200 ms; 3,900 ms less the 2,350 ms from the first attempt to the end of the last.
            assertThat(meter.measured()).isEqualTo(new FixedCost(Duration.ofMillis(200), Duration.ofMillis(1_550)));
        }
    }
}
