package io.evenkeel.flaky.quarantine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.quarantine.QuarantineAdvice.Release.Cause;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuarantineTest {

    private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
    private static final TestId CART = new TestId("e2e", "cart");
    private static final TestId LOGIN = new TestId("e2e", "login");
    private static final AttemptPattern RETRY_PASSED = new AttemptPattern(1, Ending.PASSED);
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(3, Ending.FAILED);

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private final TestState state = new TestState(model);
    private final QuarantinePolicy policy = QuarantinePolicy.standard();
    private long commit;

    private void record(AttemptPattern pattern, int times) {
        for (int i = 0; i < times; i++) {
            commit++;
            state.record(model, new RunPosition(commit, commit, Line.STABLE_BRANCH), pattern);
        }
    }

    private void flakyHistory() {
        for (int i = 0; i < 6; i++) {
            record(AttemptPattern.PASSED, 9);
            record(RETRY_PASSED, 1);
        }
    }

    private QuarantineAdvice advise(Quarantine quarantine, Instant now) {
        return quarantine.advise(policy, CART, state.standing(model), now, 100);
    }

    private static String kind(QuarantineAdvice advice) {
        return advice.match(
                leave -> "leave",
                enter -> "enter",
                stay -> "stay",
                release -> release.cause().name());
    }

    @Nested
    class GivenAFlakyTest {

        @Test
        void whenAdvised_thenItShouldEnter() {
            flakyHistory();

            QuarantineAdvice advice = advise(Quarantine.empty(), NOW);

            assertThat(kind(advice)).isEqualTo("enter");
            assertThat(advice.reason()).contains("6 flakes in 60 runs");
        }

        @Test
        void whenTheCapIsReached_thenItMustWait() {
            flakyHistory();
            Quarantine full = Quarantine.empty();
            for (int i = 0; i < 5; i++) {
                full = full.add(new TestId("e2e", "t" + i), "ann", "flaky", NOW, Duration.ofDays(5));
            }

            assertThat(advise(full, NOW).reason()).contains("full (5 of 5 tests)");
            assertThat(kind(advise(full, NOW.plus(Duration.ofDays(6))))).isEqualTo("enter");
        }

        @Test
        void whenItIsBroken_thenItNeverEnters() {
            flakyHistory();
            record(ALL_FAILED, 2);

            assertThat(advise(Quarantine.empty(), NOW).reason()).contains("never quarantine");
        }
    }

    @Nested
    class GivenAQuarantinedTest {

        private final Quarantine quarantine = Quarantine.empty().add(CART, "ann", "flaky", NOW, Duration.ofDays(14));

        @Test
        void whenItTurnsBroken_thenItLeavesAtOnce() {
            flakyHistory();
            record(ALL_FAILED, 2);

            assertThat(kind(advise(quarantine, NOW))).isEqualTo(Cause.BROKEN.name());
        }

        @Test
        void whenItRunsClean_thenProgressIsShownAndItIsReleasedOnlyWhenSure() {
            flakyHistory();
            record(AttemptPattern.PASSED, 40);

            assertThat(advise(quarantine, NOW).reason()).contains("40 of 149 clean runs");

            record(AttemptPattern.PASSED, 1500);
            assertThat(kind(advise(quarantine, NOW))).isEqualTo(Cause.EARNED.name());
        }

        @Test
        void whenItsTimeIsOver_thenItIsNotExcusedAnyMore() {
            flakyHistory();
            Instant later = NOW.plus(Duration.ofDays(14));

            assertThat(quarantine.excuses(CART, NOW)).isTrue();
            assertThat(quarantine.excuses(CART, later)).isFalse();
            assertThat(kind(advise(quarantine, later))).isEqualTo(Cause.EXPIRED.name());
        }

        @Test
        void whenItIsReleased_thenTheOldListIsUntouched() {
            Quarantine next = quarantine
                    .add(LOGIN, "bob", "flaky", NOW, Duration.ofDays(1))
                    .release(CART);

            assertThat(next.list()).extracting(QuarantineEntry::test).containsExactly(LOGIN);
            assertThat(quarantine.list()).extracting(QuarantineEntry::test).isEqualTo(List.of(CART));
        }
    }

    @Nested
    class GivenThePolicy {

        @ParameterizedTest(name = "tolerance {0}: {1} clean runs")
        @CsvSource({"0.10, 29", "0.05, 59", "0.02, 149", "0.01, 299"})
        void whenATolerance_thenTheCleanRunsAreTheBound(double tolerance, int runs) {
            assertThat(new QuarantinePolicy(tolerance, 0.01, 0.05, Duration.ofDays(14)).cleanRunsNeeded())
                    .isEqualTo(runs);
        }

        @Test
        void whenTheRulesAreBroken_thenTheErrorSaysWhich() {
            assertThatThrownBy(() -> Quarantine.empty().add(CART, " ", "flaky", NOW, Duration.ofDays(1)))
                    .hasMessageContaining("owner");
            assertThatThrownBy(() -> Quarantine.empty().add(CART, "ann", "flaky", NOW, Duration.ofDays(31)))
                    .hasMessageContaining("at most 30 days");
            assertThatThrownBy(() -> new QuarantinePolicy(2, 0.01, 0.05, Duration.ofDays(14)))
                    .hasMessageContaining("percent");
        }
    }
}
