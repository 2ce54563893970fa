package io.evenkeel.flaky.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestStateTest {

    private static final AttemptPattern RETRY_PASSED = new AttemptPattern(1, Ending.PASSED);
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(3, Ending.FAILED);

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private final TestState state = new TestState(model);
    private long commit;

    private record Event(RunPosition position, AttemptPattern pattern) {}

    private void record(AttemptPattern... patterns) {
        for (AttemptPattern pattern : patterns) {
            commit++;
            state.record(model, new RunPosition(commit, commit, Line.STABLE_BRANCH), pattern);
        }
    }

    private void passes(int runs) {
        for (int i = 0; i < runs; i++) {
            record(AttemptPattern.PASSED);
        }
    }

    private static List<Event> history(long seed, int runs) {
        Random random = new Random(seed);
        List<Event> events = new ArrayList<>();
        long commit = 0;
        for (int run = 0; run < runs; run++) {
            commit += random.nextInt(2);
            Line line = random.nextInt(4) == 0 ? Line.PULL_REQUEST : Line.STABLE_BRANCH;
            AttemptPattern pattern = random.nextInt(10) > 0
                    ? AttemptPattern.PASSED
                    : random.nextBoolean() ? RETRY_PASSED : new AttemptPattern(1 + random.nextInt(3), Ending.FAILED);
            events.add(new Event(new RunPosition(run, commit, line), pattern));
        }
        return events;
    }

    private byte[] replay(List<Event> events) {
        TestState fresh = new TestState(model);
        events.forEach(event -> fresh.record(model, event.position(), event.pattern()));
        return fresh.toBytes();
    }

    @Nested
    class GivenAHealthyTest {

        @Test
        void whenItFailsThroughoutTwice_thenItIsBroken() {
            passes(100);
            record(ALL_FAILED, ALL_FAILED);

            TestStanding standing = state.standing(model);

            assertThat(standing.mark()).isEqualTo(Mark.BROKEN);
            assertThat(standing.belief().broken()).isGreaterThan(0.9);
            assertThat(standing.track().marks().failingSince()).isEqualTo(101);
        }

        @Test
        void whenRetriesPassTwice_thenItIsFlakyWithItsEvidence() {
            passes(50);
            record(RETRY_PASSED);
            passes(10);
            record(RETRY_PASSED);

            TestStanding standing = state.standing(model);

            assertThat(standing.mark()).isEqualTo(Mark.FLAKY);
            assertThat(standing.evidence()).containsExactly(new Evidence(EvidenceLevel.E1, 2, 62));
            assertThat(standing.rate().low()).isLessThan(2.0 / 62);
            assertThat(standing.rate().high()).isGreaterThan(2.0 / 62);
        }

        @Test
        void whenAPullRequestBreaksItTwice_thenItStaysHealthy() {
            passes(50);
            for (int i = 0; i < 2; i++) {
                state.record(model, new RunPosition(1000 + i, commit, Line.PULL_REQUEST), ALL_FAILED);
            }

            assertThat(state.mark(model)).isEqualTo(Mark.HEALTHY);
            assertThat(state.belief().stable()).isGreaterThan(0.8);
        }
    }

    @Nested
    class GivenAFailureOnACommit {

        @Test
        void whenTheSameCommitPasses_thenTheFailureWasAFlakeAfterwards() {
            passes(50);
            record(AttemptPattern.FAILED_ONCE);
            double atOnce = state.judgeAfterwards(model, commit).orElseThrow().flake();
            state.record(model, new RunPosition(900, commit, Line.STABLE_BRANCH), AttemptPattern.PASSED);

            assertThat(state.judgeAfterwards(model, commit).orElseThrow().flake())
                    .isGreaterThan(atOnce)
                    .isGreaterThan(0.98);
            assertThat(state.standing(model).evidence()).contains(new Evidence(EvidenceLevel.E2, 1, commit));
        }

        @Test
        void whenTheWeightsAreComparedWithBruteForce_thenTheyAgree() {
            // Independent of the filter: enumerate the regimes of three commits.
            AttemptPattern[] patterns = {AttemptPattern.PASSED, AttemptPattern.FAILED_ONCE, AttemptPattern.PASSED};
            record(patterns);
            double[] prior = model.newTest();
            double total = 0;
            double brokenInTheMiddle = 0;
            for (int a = 0; a < RegimeModel.REGIMES; a++) {
                for (int b = 0; b < RegimeModel.REGIMES; b++) {
                    for (int c = 0; c < RegimeModel.REGIMES; c++) {
                        double weight = prior[a]
                                * (1 - model.rate(a))
                                * move(a, b)
                                * model.rate(b)
                                * move(b, c)
                                * (1 - model.rate(c));
                        total += weight;
                        brokenInTheMiddle += b == RegimeModel.BROKEN ? weight : 0;
                    }
                }
            }

            assertThat(state.judgeAfterwards(model, 2).orElseThrow().belief().broken())
                    .isCloseTo(brokenInTheMiddle / total, within(1e-12));
        }

        private double move(int from, int to) {
            double[] weights = new double[RegimeModel.REGIMES];
            weights[from] = 1;
            model.newCommit(weights);
            return weights[to];
        }
    }

    @Nested
    class GivenAnyOrderOfArrival {

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void whenResultsOfACommitAreShuffled_thenTheStateIsTheSame(long seed) {
            List<Event> events = history(seed, 300);
            List<Event> shuffled = new ArrayList<>(events);
            for (int from = 0; from < shuffled.size(); ) {
                int to = from;
                while (to < shuffled.size()
                        && shuffled.get(to).position().commitOrdinal()
                                == shuffled.get(from).position().commitOrdinal()) {
                    to++;
                }
                Collections.shuffle(shuffled.subList(from, to), new Random(seed));
                from = to;
            }

            assertThat(replay(shuffled)).isEqualTo(replay(events));
        }

        @Test
        void whenALateResultOfARememberedCommitComes_thenItIsReplayedInItsPlace() {
            List<Event> events = history(9, 25);
            List<Event> late = new ArrayList<>(events);
            late.add(late.remove(15));

            assertThat(replay(late)).isEqualTo(replay(events));
        }

        @Test
        void whenAResultIsOlderThanTheMemory_thenNothingChanges() {
            passes(200);
            byte[] before = state.toBytes();

            TestState.Recorded recorded = state.record(model, new RunPosition(9999, 3, Line.STABLE_BRANCH), ALL_FAILED);

            assertThat(recorded).isEqualTo(TestState.Recorded.TOO_OLD);
            assertThat(state.toBytes()).isEqualTo(before);
        }
    }

    @Nested
    class GivenStoredBytes {

        @Test
        void whenTheReplayIsInterruptedByStoring_thenTheStateIsTheSameBitForBit() {
            List<Event> events = history(4, 600);
            TestState stored = new TestState(model);
            for (Event event : events) {
                stored.record(model, event.position(), event.pattern());
                stored = TestState.fromBytes(model, stored.toBytes());
            }

            assertThat(stored.toBytes()).isEqualTo(replay(events));
        }

        @Test
        void whenStateAndDurationsAreFull_thenTheyFitIntoAKilobyte() {
            assertThat(TestState.MAX_BYTES + DurationHistory.MAX_BYTES).isLessThanOrEqualTo(1024);
        }

        @Test
        void whenTheyAreDamaged_thenTheErrorSaysWhatToDo() {
            byte[] bytes = replay(history(4, 100));

            assertThatThrownBy(() -> TestState.fromBytes(model, Arrays.copyOf(bytes, bytes.length - 1)))
                    .hasMessageContaining("replay the history");
            assertThatThrownBy(() -> TestState.fromBytes(model, new byte[0])).hasMessageContaining("replay");
        }
    }

    @Nested
    class GivenHundredsOfRunsOfOneCommit {

        @Test
        void whenHalfOfThemFail_thenTheTestIsFlakyAtThatRate() {
            for (int run = 0; run < 1000; run++) {
                AttemptPattern pattern = run % 2 == 0 ? AttemptPattern.PASSED : AttemptPattern.FAILED_ONCE;
                state.record(model, new RunPosition(run, 7, Line.STABLE_BRANCH), pattern);
            }

            TestStanding standing = state.standing(model);

            assertThat(standing.mark()).isEqualTo(Mark.FLAKY);
            assertThat(standing.rate().mean()).isCloseTo(0.5, within(0.01));
        }
    }

    @Nested
    class GivenNothing {

        @Test
        void whenAsked_thenTheAnswerIsThePrior() {
            assertThat(state.standing(model).mark()).isEqualTo(Mark.HEALTHY);
            assertThat(state.standing(model).evidence()).isEmpty();
            assertThat(state.belief().flaky()).isCloseTo(0.2, within(1e-9));
        }
    }
}
