package io.evenkeel.flaky.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.signature.FailureSignature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecurrenceTest {

    private static final RegimeModel MODEL = new RegimeModel(RegimeParameters.start());
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(2, Ending.FAILED);

    private static RunPosition request(long run, long commit) {
        return new RunPosition(run, commit, Line.PULL_REQUEST);
    }

    private static TestState passing(int commits) {
        TestState state = new TestState(MODEL);
        for (long commit = 1; commit <= commits; commit++) {
            state.record(MODEL, new RunPosition(commit, commit, Line.STABLE_BRANCH), AttemptPattern.PASSED);
        }
        return state;
    }

    @Nested
    class GivenAFailureThatUnrelatedPullRequestsShowed {

        private final TestState state = passing(50);

        @Test
        void whenItIsRecorded_thenItIsEvidence() {
            state.record(MODEL, request(60, 50), ALL_FAILED);
            state.recordRecurring(MODEL, request(61, 50), ALL_FAILED);

            assertThat(state.standing(MODEL).evidence())
                    .containsExactly(new Evidence(EvidenceLevel.E5, 1, -1), new Evidence(EvidenceLevel.A1, 2, -1));
            assertThat(state.standing(MODEL).evidence().get(0).describe())
                    .isEqualTo("E5: the same failure came on unrelated pull requests (1 time)");
        }

        @Test
        void whenItIsRecorded_thenItSpeaksALittleForFlakyAndMarksNothing() {
            TestState alone = passing(50);
            alone.record(MODEL, request(61, 50), ALL_FAILED);

            state.recordRecurring(MODEL, request(61, 50), ALL_FAILED);

            assertThat(state.belief().flaky())
                    .isGreaterThan(alone.belief().flaky())
                    .isLessThan(1.5 * alone.belief().flaky());
            assertThat(state.mark(MODEL)).isEqualTo(Mark.HEALTHY);
            assertThat(state.standing(MODEL).track().flakes()).isZero();
        }

        @Test
        void whenTheOddsAreWorkedOutByHand_thenTheyAreThose() {
            double m = MODEL.parameters().noise().pullRequestBreaks();
            double odds = m / (1 - m) / 1.5;
            double broken = 0.985 * (0.985 + 0.3 * 0.015);
            double often = 0.1 * (0.1 + 0.3 * 0.9);

            double[] likelihoods = MODEL.recurring(ALL_FAILED.code());

            assertThat(likelihoods[4] / likelihoods[RegimeModel.BROKEN])
                    .isCloseTo((often + odds * broken) / (broken + odds * broken), within(1e-12));
        }

        @Test
        void whenItIsJudgedBeforeItIsRecorded_thenTheAnswerIsThatOfAfterwards() {
            Judgement before = state.judgeRecurring(MODEL, request(61, 50), ALL_FAILED);
            state.recordRecurring(MODEL, request(61, 50), ALL_FAILED);

            assertThat(before.flake()).isCloseTo(state.judge(MODEL).flake(), within(1e-12));
        }

        @Test
        void whenTheCommitIsForgotten_thenTheEvidenceStays() {
            state.recordRecurring(MODEL, request(61, 50), ALL_FAILED);
            for (long commit = 51; commit < 120; commit++) {
                state.record(MODEL, new RunPosition(commit, commit, Line.STABLE_BRANCH), AttemptPattern.PASSED);
            }

            TestState stored = TestState.fromBytes(MODEL, state.toBytes());

            assertThat(stored.standing(MODEL).evidence()).contains(new Evidence(EvidenceLevel.E5, 1, -1));
            assertThat(stored.toBytes()).hasSizeLessThanOrEqualTo(1024).isEqualTo(state.toBytes());
        }
    }

    @Nested
    class GivenResultsInAnyOrder {

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void whenThoseOfACommitAreShuffled_thenTheStateIsTheSame(long seed) {
            List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3, 4, 5));
            byte[] sorted = recorded(order);

            Collections.shuffle(order, new Random(seed));

            assertThat(recorded(order)).isEqualTo(sorted);
        }

        private byte[] recorded(List<Integer> order) {
            TestState state = passing(40);
            for (int what : order) {
                switch (what) {
                    case 0 -> state.record(MODEL, new RunPosition(90, 41, Line.STABLE_BRANCH), AttemptPattern.PASSED);
                    case 1, 2 -> state.recordRecurring(MODEL, request(91, 41), ALL_FAILED);
                    case 3 -> state.recordRecurring(MODEL, request(92, 41), AttemptPattern.FAILED_ONCE);
                    case 4 -> state.record(MODEL, request(93, 41), ALL_FAILED);
                    default -> state.record(MODEL, request(94, 41), AttemptPattern.PASSED);
                }
            }
            return state.toBytes();
        }
    }

    @Nested
    class GivenAStateOfTheFormerVersion {

        @Test
        void whenItIsRead_thenNothingOfItIsLost() {
            TestState state = passing(45);
            state.record(MODEL, new RunPosition(46, 46, Line.STABLE_BRANCH), new AttemptPattern(1, Ending.PASSED));
            byte[] now = state.toBytes();
            int tallyEnd = 1 + 8 * RegimeModel.REGIMES + Tally.BYTES;
            byte[] former = new byte[now.length - Tally.RECURRENCE_BYTES];
            System.arraycopy(now, 0, former, 0, tallyEnd - Tally.RECURRENCE_BYTES);
            System.arraycopy(now, tallyEnd, former, tallyEnd - Tally.RECURRENCE_BYTES, now.length - tallyEnd);
            former[0] = 1;

            assertThat(TestState.fromBytes(MODEL, former).toBytes()).isEqualTo(now);
            assertThatThrownBy(() -> TestState.fromBytes(MODEL, Arrays.copyOf(former, former.length - 1)))
                    .hasMessageContaining("damaged");
        }
    }

    @Nested
    class GivenWhatCannotRecur {

        @Test
        void whenItStandsOnTheStableBranchOrPassedOnRetry_thenItIsRefused() {
            TestState state = passing(2);

            assertThatThrownBy(
                            () -> state.recordRecurring(MODEL, new RunPosition(3, 3, Line.STABLE_BRANCH), ALL_FAILED))
                    .hasMessageContaining("must be of a pull request");
            assertThatThrownBy(() -> state.judgeRecurring(MODEL, request(3, 2), new AttemptPattern(1, Ending.PASSED)))
                    .hasMessageContaining("failed throughout");
            assertThatThrownBy(() -> new Recurrence(-1)).hasMessageContaining("must not be negative");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Error: connect ECONNREFUSED 127.0.0.1:4100",
                    "Error: page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:4100/",
                    "Error: page.click: Target page, context or browser has been closed",
                    "Test timeout of 30000ms exceeded.",
                    "boom",
                    ""
                })
        void whenTheErrorSaysNothingOfTheTest_thenItIsNotCompared(String message) {
            assertThat(Recurrence.telling(FailureSignature.of(message, ""))).isFalse();
        }

        @Test
        void whenALocatorFindsNothing_thenItIsCompared() {
            String message = "TimeoutError: locator.click: Timeout 3000ms exceeded.\nCall log:\n"
                    + "  - waiting for getByTestId('pay')\n";

            assertThat(Recurrence.telling(FailureSignature.of(message, ""))).isTrue();
        }
    }
}
