package io.evenkeel.flaky;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.flaky.history.Attempt;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.signature.FailureCategory;
import io.evenkeel.flaky.signature.FailureSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What real reporters, clocks and networks send sooner or later: each has a defined answer, in bounded time and memory. */
class BadInputTest {

    private static final TestId TEST = new TestId("playwright.config.ts", "a-b");

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());

    private static Attempt attempt(int retry, AttemptStatus status) {
        return new Attempt(TEST, retry, status, Instant.EPOCH, Duration.ofMillis(5));
    }

    private static RunPosition at(long commit) {
        return new RunPosition(commit, commit, Line.STABLE_BRANCH);
    }

    @Nested
    class GivenAttempts {

        @ParameterizedTest
        @ValueSource(strings = {"", "PASSED", "exploded", "passed "})
        void whenTheStatusIsUnknown_thenThereIsNone(String word) {
            assertThat(AttemptStatus.fromWireName(word)).isEmpty();
        }

        @Test
        void whenADurationIsNegative_thenTheErrorSaysWhatToDo() {
            assertThatThrownBy(() -> new Attempt(TEST, 0, AttemptStatus.PASSED, Instant.EPOCH, Duration.ofMillis(-1)))
                    .hasMessageContaining("must not be negative")
                    .hasMessageContaining("clamp to zero");
        }

        @Test
        void whenOneAttemptHasTwoResults_thenTheFirstCounts() {
            List<Attempt> twice = List.of(
                    attempt(0, AttemptStatus.FAILED),
                    attempt(0, AttemptStatus.PASSED),
                    attempt(1, AttemptStatus.PASSED));

            assertThat(AttemptPattern.of(twice, AttemptStatus.PASSED))
                    .containsExactly(new AttemptPattern(1, Ending.PASSED));
        }

        @Test
        void whenTheyArriveInAnyOrder_thenRetriesDecide() {
            List<Attempt> shuffled = List.of(attempt(2, AttemptStatus.PASSED), attempt(0, AttemptStatus.TIMED_OUT));

            assertThat(AttemptPattern.of(shuffled, AttemptStatus.PASSED))
                    .containsExactly(new AttemptPattern(1, Ending.PASSED));
        }

        @Test
        void whenThereAreThousandsOfThem_thenTheyCountAsMany() {
            assertThat(new AttemptPattern(100_000, Ending.FAILED).failures()).isEqualTo(AttemptPattern.MOST_FAILURES);
        }

        @Test
        void whenAllAreSkippedOrInterrupted_thenTheyAreNoEvidence() {
            List<Attempt> nothing = List.of(attempt(0, AttemptStatus.SKIPPED), attempt(1, AttemptStatus.INTERRUPTED));

            assertThat(AttemptPattern.of(nothing, AttemptStatus.PASSED)).isEmpty();
        }
    }

    @Nested
    class GivenCommits {

        @Test
        void whenTheCommitIsMissing_thenTheErrorSaysWhatToDo() {
            assertThatThrownBy(() -> at(-1)).hasMessageContaining("give each such run an ordinal of its own");
        }

        @Test
        void whenTheOrdinalsAreHuge_thenTheyAreOrderedAllTheSame() {
            TestState state = new TestState(model);
            state.record(model, at(Long.MAX_VALUE), new AttemptPattern(3, Ending.FAILED));
            state.record(model, at(Long.MAX_VALUE - 1), AttemptPattern.PASSED);

            assertThat(state.standing(model).track().failing()).isEqualTo(1);
        }
    }

    @Nested
    class GivenHistories {

        @Test
        void whenATestIsRenamed_thenItStartsAnew() {
            TestState old = new TestState(model);
            old.record(model, at(1), new AttemptPattern(1, Ending.PASSED));

            assertThat(new TestId("playwright.config.ts", "a-c")).isNotEqualTo(TEST);
            assertThat(new TestState(model).standing(model).track().flakes()).isZero();
        }

        @Test
        void whenThereIsOneResult_thenEveryQuestionHasAnAnswer() {
            for (AttemptPattern only : List.of(AttemptPattern.PASSED, AttemptPattern.FAILED_ONCE)) {
                TestState state = new TestState(model);
                state.record(model, at(0), only);

                assertThat(state.mark(model)).isNotEqualTo(Mark.FLAKY);
                assertThat(state.standing(model).rate().high()).isBetween(0.0, 1.0);
                assertThat(state.trend(model).risingProbability()).isBetween(0.0, 1.0);
                assertThat(state.judgeAfterwards(model, 0)).isPresent();
            }
        }

        @Test
        void whenARunHasNoTests_thenItTeachesNothingNew() {
            ProjectCounters counters = new ProjectCounters();
            double usual = counters.usualShare();

            counters.countRun(0, 0);

            assertThat(counters.usualShare()).isEqualTo(usual);
            assertThat(OutageGate.judge(List.of(), 0, usual).teaches()).isTrue();
        }

        @Test
        void whenThereAreAMillionTests_thenEachCostsAFewHundredBytes() {
            long bytes = 0;
            for (int test = 0; test < 1_000_000; test++) {
                TestState state = new TestState(model);
                state.record(model, at(1), AttemptPattern.PASSED);
                bytes += state.toBytes().length;
            }

            assertThat(bytes).isLessThan(400_000_000);
        }
    }

    @Nested
    class GivenHostileErrorTexts {

        @Test
        void whenALineHasTenMegabytes_thenItIsReadLikeItsBeginning() {
            String start = "Error: expect(received).toBe(expected) ";

            FailureSignature huge = FailureSignature.of(start + "x".repeat(10 << 20), "");

            assertThat(huge.headline().length()).isLessThanOrEqualTo(160);
            assertThat(huge.category()).isEqualTo(FailureCategory.ASSERTION_MISMATCH);
        }

        @Test
        void whenColoursAndControlCharactersAreMixedIn_thenTheFingerprintIsThatOfThePlainText() {
            FailureSignature plain = FailureSignature.of("Error: page.goto: net::ERR_FAILED", "");
            FailureSignature painted =
                    FailureSignature.of("\u001b[31mError\u001b[0m: page.goto: \u0000\u0007net::ERR_FAILED", "");

            assertThat(painted.fingerprint()).isEqualTo(plain.fingerprint());
        }

        @Test
        void whenItIsMadeToBlowUpRegularExpressions_thenItIsReadInLinearTime() {
            for (String bomb : List.of(
                    "a".repeat(50_000) + "!", "((((".repeat(10_000), "0x".repeat(30_000), "/a".repeat(30_000))) {
                assertThat(FailureSignature.of(bomb, bomb).fingerprint()).hasSize(24);
            }
        }
    }
}
