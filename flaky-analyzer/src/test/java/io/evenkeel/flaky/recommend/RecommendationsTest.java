package io.evenkeel.flaky.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.FlakyThreshold;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.recommend.KnownTest.Schedule;
import io.evenkeel.flaky.recommend.Recommendation.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RecommendationsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final AttemptPattern RETRY_PASSED = new AttemptPattern(1, Ending.PASSED);
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(3, Ending.FAILED);

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private final DurationHistory durations = new DurationHistory();

    private KnownTest test(String id, AttemptPattern last, Schedule schedule) {
        TestState state = new TestState(model);
        for (int commit = 1; commit <= 40; commit++) {
            boolean tail = commit == 20 || commit >= 39;
            state.record(
                    model, new RunPosition(commit, commit, Line.STABLE_BRANCH), tail ? last : AttemptPattern.PASSED);
        }
        return new KnownTest(new TestId("e2e", id), state.standing(model), durations, schedule);
    }

    private static Schedule weekly(Duration timeout) {
        return new Schedule(100, NOW, timeout);
    }

    private List<Recommendation> advise(KnownTest... tests) {
        return Recommendations.advise(List.of(tests), new TreeMap<>(), NOW);
    }

    @Nested
    class GivenABrokenAFlakyAndAHealthyTest {

        @Test
        void whenAdvised_thenTheBrokenComesFirstAndTheHealthyNotAtAll() {
            List<Recommendation> advice = advise(
                    test("flaky", RETRY_PASSED, weekly(Duration.ZERO)),
                    test("healthy", AttemptPattern.PASSED, weekly(Duration.ZERO)),
                    test("broken", ALL_FAILED, weekly(Duration.ZERO)));

            assertThat(advice).extracting(Recommendation::kind).containsExactly(Kind.REVERT_CANDIDATE, Kind.FIX_NOW);
            assertThat(advice.get(0).evidence()).contains("since commit #39");
            assertThat(advice.get(1).evidence()).startsWith("3 flakes in 40 runs");
        }

        @Test
        void whenTheProjectCallsRarerTestsNotFlaky_thenOnlyTheBrokenOneIsLeft() {
            List<KnownTest> tests = List.of(
                    test("flaky", RETRY_PASSED, weekly(Duration.ZERO)),
                    test("broken", ALL_FAILED, weekly(Duration.ZERO)));

            assertThat(Recommendations.advise(tests, new TreeMap<>(), NOW, new FlakyThreshold(0.05)))
                    .hasSize(2);
            assertThat(Recommendations.advise(tests, new TreeMap<>(), NOW, new FlakyThreshold(0.3)))
                    .extracting(Recommendation::kind)
                    .containsExactly(Kind.REVERT_CANDIDATE);
        }
    }

    @Nested
    class GivenDurations {

        @Test
        void whenATestComesCloseToItsTimeout_thenItShouldBeRaised() {
            for (int run = 0; run < 100; run++) {
                durations.add(run, Duration.ofSeconds(28));
            }

            assertThat(advise(test("slow", AttemptPattern.PASSED, weekly(Duration.ofSeconds(30)))))
                    .extracting(Recommendation::kind)
                    .containsExactly(Kind.RAISE_TIMEOUT);
        }

        @Test
        void whenATimeoutIsFarAway_thenItShouldBeLowered() {
            for (int run = 0; run < 100; run++) {
                durations.add(run, Duration.ofSeconds(2));
            }

            assertThat(advise(test("fast", AttemptPattern.PASSED, weekly(Duration.ofMinutes(10)))))
                    .extracting(Recommendation::kind)
                    .containsExactly(Kind.LOWER_TIMEOUT);
        }

        @Test
        void whenATestBecameSlower_thenTheCommitIsNamed() {
            for (int run = 0; run < 60; run++) {
                durations.add(run, Duration.ofMillis(run < 30 ? 4_000 + run % 7 : 9_000 + run % 7));
            }

            assertThat(advise(test("slower", AttemptPattern.PASSED, weekly(Duration.ZERO))))
                    .singleElement()
                    .satisfies(one -> assertThat(one.evidence()).contains("since commit #30"));
        }
    }

    @Nested
    class GivenTestsThatDoNotRun {

        @Test
        void whenOneNeverRanAndOneIsOld_thenBothAreNamed() {
            KnownTest never = new KnownTest(
                    new TestId("e2e", "never"),
                    new TestState(model).standing(model),
                    durations,
                    new Schedule(0, Instant.MIN, Duration.ZERO));
            KnownTest old =
                    test("old", AttemptPattern.PASSED, new Schedule(0, NOW.minus(Duration.ofDays(31)), Duration.ZERO));

            assertThat(advise(never, old))
                    .extracting(Recommendation::kind)
                    .containsExactly(Kind.NEVER_RUNS, Kind.STALE);
        }
    }
}
