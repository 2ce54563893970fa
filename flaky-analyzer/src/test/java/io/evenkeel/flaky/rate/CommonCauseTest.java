package io.evenkeel.flaky.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.OutageGate.Before;
import io.evenkeel.flaky.signature.FailureCategory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommonCauseTest {

    private static final int TESTS = 95;
    private static final double BREAKS = 5e-4;
    private static final RegimeModel MODEL = new RegimeModel(RegimeParameters.start());
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(2, Ending.FAILED);

    private static CommonCause.Suspect suspect(FailureCategory category, Before before, double broken) {
        return new CommonCause.Suspect(new OutageGate.Failure(category, ALL_FAILED, before), broken);
    }

    private static List<CommonCause> many(FailureCategory category, Before before, double broken, Line line) {
        return CommonCause.of(Collections.nCopies(15, suspect(category, before, broken)), TESTS, line, BREAKS);
    }

    private static RunPosition at(long commit) {
        return new RunPosition(commit, commit, Line.STABLE_BRANCH);
    }

    private static TestState passedTwice() {
        TestState state = new TestState(MODEL);
        state.record(MODEL, at(1), AttemptPattern.PASSED);
        state.record(MODEL, at(2), AttemptPattern.PASSED);
        return state;
    }

    @Nested
    class GivenManyTestsThatFailOnOneCommit {

        @Test
        void whenTheirLocatorsMeetNothing_thenEachIsBrokenAtTheFirstRun() {
            TestState state = passedTwice();
            double alone = state.judge(MODEL, at(3), ALL_FAILED).belief().broken();

            CommonCause cause = many(FailureCategory.ACTION_TIMEOUT, Before.OPEN, alone, Line.STABLE_BRANCH)
                    .get(0);
            state.record(MODEL, at(3), ALL_FAILED, cause);

            assertThat(alone).isLessThan(0.5);
            assertThat(cause.others()).isEqualTo(14);
            assertThat(state.broken()).isGreaterThan(0.8);
            assertThat(state.mark(MODEL)).isEqualTo(Mark.BROKEN);
            assertThat(state.standing(MODEL).evidence())
                    .anySatisfy(one -> assertThat(one.level()).isEqualTo(EvidenceLevel.A3));
        }

        @Test
        void whenTheyAreKnownToFlake_thenTheyAddNextToNothing() {
            assertThat(many(FailureCategory.ACTION_TIMEOUT, Before.OPEN, 1e-4, Line.STABLE_BRANCH))
                    .containsOnly(new CommonCause(1, 14));
        }

        @ParameterizedTest
        @EnumSource(
                value = FailureCategory.class,
                names = {"NETWORK", "CLOSED", "ENVIRONMENT", "NAVIGATION", "TEST_TIMEOUT", "UNKNOWN"})
        void whenTheirErrorsDoNotSpeakForAChange_thenNothingIsShared(FailureCategory category) {
            assertThat(many(category, Before.OPEN, 0.2, Line.STABLE_BRANCH)).containsOnly(CommonCause.NONE);
        }

        @Test
        void whenTheyWereRedOrPassedOnTheCommit_thenNothingIsShared() {
            assertThat(many(FailureCategory.SNAPSHOT, Before.ALREADY_RED, 0.9, Line.STABLE_BRANCH))
                    .containsOnly(CommonCause.NONE);
            assertThat(many(FailureCategory.SNAPSHOT, Before.PASSED_ON_THIS_COMMIT, 0.2, Line.STABLE_BRANCH))
                    .containsOnly(CommonCause.NONE);
        }

        @Test
        void whenAPullRequestFailedThem_thenNothingIsLearnedOfTheStableBranch() {
            assertThat(many(FailureCategory.ACTION_TIMEOUT, Before.OPEN, 0.2, Line.PULL_REQUEST))
                    .containsOnly(CommonCause.NONE);
        }
    }

    @Nested
    class GivenOneTestThatFails {

        @Test
        void whenNoOtherDoes_thenNothingIsShared() {
            List<CommonCause> causes = CommonCause.of(
                    List.of(suspect(FailureCategory.SNAPSHOT, Before.OPEN, 0.3)), TESTS, Line.STABLE_BRANCH, BREAKS);

            assertThat(causes).containsExactly(CommonCause.NONE);
        }

        @Test
        void whenTwoRunsOfACommitShareACause_thenTheLargerCountsOnce() {
            TestState once = passedTwice();
            once.record(MODEL, at(3), ALL_FAILED, new CommonCause(20, 9));
            once.record(MODEL, at(3), ALL_FAILED);
            TestState twice = passedTwice();
            twice.record(MODEL, at(3), ALL_FAILED, new CommonCause(7, 2));
            assertThat(twice.judge(MODEL, at(3), ALL_FAILED, new CommonCause(20, 9))
                            .belief()
                            .broken())
                    .isCloseTo(once.broken(), within(1e-12));
            twice.record(MODEL, at(3), ALL_FAILED, new CommonCause(20, 9));

            assertThat(twice.toBytes()).isEqualTo(once.toBytes());
            assertThat(twice.broken()).isEqualTo(once.broken());
        }

        @Test
        void whenTheFactorIsOutOfRange_thenItIsRefused() {
            assertThatThrownBy(() -> new CommonCause(0, 1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new CommonCause(201, 1)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Nested
    class GivenAHistoryWithCommonCauses {

        private record Event(long commit, AttemptPattern pattern, CommonCause cause) {}

        private final Random random = new Random(4);

        private List<Event> history() {
            List<Event> events = new ArrayList<>();
            for (long commit = 1; commit <= 120; commit++) {
                for (int run = random.nextInt(3); run >= 0; run--) {
                    boolean failed = random.nextInt(6) == 0;
                    CommonCause cause = failed && random.nextBoolean()
                            ? new CommonCause(1 + random.nextInt(CommonCause.MOST), 3)
                            : CommonCause.NONE;
                    events.add(new Event(commit, failed ? ALL_FAILED : AttemptPattern.PASSED, cause));
                }
            }
            return events;
        }

        private TestState play(List<Event> events) {
            TestState state = new TestState(MODEL);
            events.forEach(event -> state.record(MODEL, at(event.commit()), event.pattern(), event.cause()));
            return state;
        }

        @Test
        void whenTheResultsOfACommitComeInAnotherOrder_thenNotABitDiffers() {
            List<Event> events = history();
            List<Event> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            shuffled.sort((a, b) -> Long.compare(a.commit(), b.commit()));

            assertThat(play(shuffled).toBytes()).isEqualTo(play(events).toBytes());
        }

        @Test
        void whenACommitComesLate_thenItsCauseIsReplayedInItsPlace() {
            List<Event> events = history();
            List<Event> late = new ArrayList<>(events);
            Event moved = new Event(119, ALL_FAILED, new CommonCause(50, 6));
            events.add(
                    (int) events.stream().filter(event -> event.commit() < 119).count(), moved);
            late.add(moved);

            assertThat(play(late).broken()).isEqualTo(play(events).broken());
        }

        @Test
        void whenItIsStoredAfterEachResult_thenItGoesOnAlike() {
            List<Event> events = history();
            TestState stored = new TestState(MODEL);
            for (Event event : events) {
                stored.record(MODEL, at(event.commit()), event.pattern(), event.cause());
                stored = TestState.fromBytes(MODEL, stored.toBytes());
            }

            assertThat(stored.toBytes()).isEqualTo(play(events).toBytes());
            assertThat(stored.standing(MODEL)).isEqualTo(play(events).standing(MODEL));
        }

        @Test
        void whenTheStoredFactorIsDamaged_thenItIsRefused() {
            TestState state = passedTwice();
            state.record(MODEL, at(3), ALL_FAILED, new CommonCause(20, 9));
            byte[] bytes = state.toBytes();
            byte[] wanted = {ResultRing.COMMON_CAUSE, 0, 20};
            int position = bytes.length - 1;
            while (!Arrays.equals(Arrays.copyOfRange(bytes, position, Math.min(bytes.length, position + 3)), wanted)) {
                position--;
            }
            bytes[position + 1] = 1;

            assertThatThrownBy(() -> TestState.fromBytes(MODEL, bytes)).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
