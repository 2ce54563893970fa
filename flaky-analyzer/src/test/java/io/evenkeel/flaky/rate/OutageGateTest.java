package io.evenkeel.flaky.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.OutageGate.Before;
import io.evenkeel.flaky.rate.OutageGate.Decision;
import io.evenkeel.flaky.rate.OutageGate.Failure;
import io.evenkeel.flaky.signature.FailureCategory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OutageGateTest {

    private static final double USUAL = 0.01;
    private static final AttemptPattern TWICE = new AttemptPattern(2, Ending.FAILED);
    private static final AttemptPattern RETRY_PASSED = new AttemptPattern(1, Ending.PASSED);

    private static List<Failure> failures(int count, FailureCategory category, AttemptPattern pattern) {
        return Collections.nCopies(count, new Failure(category, pattern, Before.OPEN));
    }

    private static List<Failure> both(List<Failure> some, List<Failure> others) {
        List<Failure> all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }

    @Nested
    class GivenARedesign {

        @Test
        void whenLocatorsAndAssertionsFailAndOneTestFlakes_thenTheRunIsNormal() {
            List<Failure> locators = failures(12, FailureCategory.ACTION_TIMEOUT, TWICE);
            List<Failure> assertions = failures(3, FailureCategory.ASSERTION_TIMEOUT, TWICE);
            List<Failure> flake = failures(1, FailureCategory.ASSERTION_MISMATCH, RETRY_PASSED);

            OutageGate gate = OutageGate.judge(both(both(locators, assertions), flake), 95, USUAL);

            assertThat(gate.decision()).isEqualTo(Decision.NORMAL);
            assertThat(gate.probability()).isLessThan(0.02);
            assertThat(gate.reason()).startsWith("16 of 95 tests failed at their first attempt, more than 15 %");
        }

        @Test
        void whenTheSignInIsBrokenAndEveryTestFails_thenTheRunIsNormal() {
            OutageGate gate = OutageGate.judge(failures(95, FailureCategory.ACTION_TIMEOUT, TWICE), 95, USUAL);

            assertThat(gate.teaches()).isTrue();
        }

        @Test
        void whenTheTestsWereRedBefore_thenTheyDoNotCount() {
            Failure red = new Failure(FailureCategory.NETWORK, TWICE, Before.ALREADY_RED);

            OutageGate gate = OutageGate.judge(Collections.nCopies(30, red), 95, USUAL);

            assertThat(gate.teaches()).isTrue();
            assertThat(gate.reason()).isEqualTo("0 of 65 tests failed at their first attempt");
        }
    }

    @Nested
    class GivenAnOutage {

        @ParameterizedTest
        @EnumSource(names = {"NETWORK", "CLOSED", "ENVIRONMENT", "NAVIGATION"})
        void whenErrorsOfTheEnvironmentAbound_thenItIsOne(FailureCategory category) {
            OutageGate gate = OutageGate.judge(failures(20, category, TWICE), 95, USUAL);

            assertThat(gate.decision()).isEqualTo(Decision.OUTAGE);
        }

        @Test
        void whenTestsThatPassedOnTheCommitFail_thenItIsOneWhateverTheErrorsSay() {
            Failure flipped = new Failure(FailureCategory.ASSERTION_TIMEOUT, TWICE, Before.PASSED_ON_THIS_COMMIT);

            OutageGate gate = OutageGate.judge(Collections.nCopies(20, flipped), 95, USUAL);

            assertThat(gate.decision()).isEqualTo(Decision.OUTAGE);
        }

        @Test
        void whenThereIsNoTextButRetriesPass_thenItIsOne() {
            List<Failure> failures = both(
                    failures(40, FailureCategory.UNKNOWN, TWICE), failures(20, FailureCategory.UNKNOWN, RETRY_PASSED));

            assertThat(OutageGate.judge(failures, 200, USUAL).decision()).isEqualTo(Decision.OUTAGE);
        }

        @ParameterizedTest
        @ValueSource(ints = {16, 30, 60, 95})
        void whenNothingIsKnownOfTheFailures_thenTheRunTeachesNothing(int failed) {
            List<Failure> failures = failures(failed, FailureCategory.UNKNOWN, AttemptPattern.FAILED_ONCE);

            assertThat(OutageGate.judge(failures, 95, USUAL).teaches()).isFalse();
        }
    }

    @Nested
    class GivenFewFailures {

        @Test
        void whenASmallSuiteHasABrokenFeature_thenItIsNoOutage() {
            assertThat(OutageGate.judge(failures(6, FailureCategory.NETWORK, TWICE), 12, 0)
                            .teaches())
                    .isTrue();
        }

        @Test
        void whenManyFailuresAreUsualInTheProject_thenTheLimitIsHigher() {
            assertThat(OutageGate.judge(failures(30, FailureCategory.NETWORK, TWICE), 100, 0.08)
                            .teaches())
                    .isTrue();
        }

        @Test
        void whenNoTestRan_thenTheRunIsNormal() {
            assertThat(OutageGate.judge(List.of(), 0, USUAL).teaches()).isTrue();
        }
    }

    @Nested
    class GivenTheHistoryOfATest {

        private final RegimeModel model = new RegimeModel(RegimeParameters.start());
        private final TestState state = new TestState(model);

        private RunPosition at(long commit, Line line) {
            return new RunPosition(commit, commit, line);
        }

        @Test
        void whenItPassedOnTheCommit_thenOnlyTheStableBranchKnowsSo() {
            state.record(model, at(5, Line.STABLE_BRANCH), AttemptPattern.PASSED);

            assertThat(state.before(at(5, Line.STABLE_BRANCH))).isEqualTo(Before.PASSED_ON_THIS_COMMIT);
            assertThat(state.before(at(5, Line.PULL_REQUEST))).isEqualTo(Before.OPEN);
            assertThat(state.before(at(6, Line.STABLE_BRANCH))).isEqualTo(Before.OPEN);
        }

        @Test
        void whenItFailedThroughout_thenItIsRedUntilItPasses() {
            state.record(model, at(5, Line.STABLE_BRANCH), TWICE);
            state.record(model, at(5, Line.PULL_REQUEST), AttemptPattern.PASSED);

            assertThat(state.before(at(6, Line.PULL_REQUEST))).isEqualTo(Before.ALREADY_RED);

            state.record(model, at(7, Line.STABLE_BRANCH), RETRY_PASSED);

            assertThat(state.before(at(8, Line.STABLE_BRANCH))).isEqualTo(Before.OPEN);
        }

        @Test
        void whenNothingIsKnown_thenItIsOpen() {
            assertThat(state.before(at(1, Line.STABLE_BRANCH))).isEqualTo(Before.OPEN);
        }
    }
}
