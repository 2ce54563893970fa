package io.evenkeel.flaky.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.label.KnownHistory.Quarantine;
import io.evenkeel.flaky.rate.CommonCause;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.OutageGate.Before;
import io.evenkeel.flaky.rate.OutageGate.Failure;
import io.evenkeel.flaky.rate.Recurrence;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.signature.FailureCategory;
import io.evenkeel.flaky.signature.FailureSignature;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LabellingTest {

    private static final AttemptPattern RETRY_PASSED = new AttemptPattern(1, Ending.PASSED);
    private static final AttemptPattern ALL_FAILED = new AttemptPattern(3, Ending.FAILED);

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private final TestState state = new TestState(model);
    private final OutageGate normal = OutageGate.judge(List.of(), 40, 0.01);
    private long commit;

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

    private LabelledFailure label(AttemptPattern pattern, Line line, String message) {
        return label(pattern, line, message, Quarantine.NONE);
    }

    private LabelledFailure label(AttemptPattern pattern, Line line, String message, Quarantine quarantine) {
        FailureInRun failure = new FailureInRun(
                new TestId("s", "t"),
                new RunPosition(999, commit + 1, line),
                pattern,
                FailureSignature.of(message, "    at t (/w/e2e/a.spec.ts:1:1)"));
        return Labelling.label(
                        normal, List.of(failure), f -> KnownHistory.of(model, state, f, CommonCause.NONE, quarantine))
                .get(0);
    }

    @Nested
    class GivenAFailureThatUnrelatedPullRequestsShowed {

        @Test
        void whenThereIsNothingElse_thenItIsNewAndSaysSo() {
            passes(30);
            FailureInRun failure = new FailureInRun(
                    new TestId("s", "t"),
                    new RunPosition(999, commit, Line.PULL_REQUEST),
                    ALL_FAILED,
                    FailureSignature.of("Error: expect(received).toBe(expected)", ""),
                    new Recurrence(2));

            LabelledFailure label = Labelling.label(
                            normal,
                            List.of(failure),
                            f -> KnownHistory.of(model, state, f, CommonCause.NONE, Quarantine.NONE))
                    .get(0);

            assertThat(label.label()).isEqualTo(FailureLabel.NEW);
            assertThat(label.evidence())
                    .startsWith(
                            "All 3 attempts failed, in the same way as on 2 unrelated pull requests while the stable"
                                    + " branch passed; it passed its last 30 runs");
        }
    }

    @Nested
    class GivenATestThatFlakedOnce {

        @Test
        void whenItFlakesAgain_thenItIsKnownFlaky() {
            passes(3);
            record(RETRY_PASSED);
            passes(1);

            LabelledFailure labelled = label(RETRY_PASSED, Line.STABLE_BRANCH, "Error: boom");

            assertThat(labelled.label()).isEqualTo(FailureLabel.KNOWN_FLAKY);
            assertThat(labelled.evidence()).contains("1 flake in 5 runs");
        }

        @Test
        void whenAllAttemptsFail_thenItIsNewAndSaysWhy() {
            passes(30);
            record(RETRY_PASSED);
            passes(30);

            LabelledFailure labelled = label(ALL_FAILED, Line.STABLE_BRANCH, "Error: boom");

            assertThat(labelled.label()).isEqualTo(FailureLabel.NEW);
            assertThat(labelled.evidence()).contains("may be a breakage");
        }
    }

    @Nested
    class GivenATestThatAlwaysPassed {

        @Test
        void whenItFailsThroughout_thenItIsNew() {
            passes(40);

            LabelledFailure labelled = label(ALL_FAILED, Line.STABLE_BRANCH, "Error: boom");

            assertThat(labelled.label()).isEqualTo(FailureLabel.NEW);
            assertThat(labelled.evidence())
                    .startsWith("All 3 attempts failed; it passed its last 40 runs, broken with");
            assertThat(labelled.flakeProbability()).isLessThan(0.5);
        }

        @Test
        void whenItFlakesForTheFirstTime_thenItIsNew() {
            passes(10);

            assertThat(label(RETRY_PASSED, Line.STABLE_BRANCH, "Error: boom").label())
                    .isEqualTo(FailureLabel.NEW);
        }

        @Test
        void whenTheBrowserIsMissing_thenItIsInfrastructure() {
            passes(10);

            assertThat(label(
                                    ALL_FAILED,
                                    Line.STABLE_BRANCH,
                                    "Error: browserType.launch: Executable doesn't exist at /x/y")
                            .label())
                    .isEqualTo(FailureLabel.INFRASTRUCTURE);
        }
    }

    @Nested
    class GivenATestThatBrokeOnTheStableBranch {

        @Test
        void whenAPullRequestMeetsIt_thenItIsRedOnMain() {
            passes(20);
            record(ALL_FAILED);

            LabelledFailure labelled = label(ALL_FAILED, Line.PULL_REQUEST, "Error: boom");

            assertThat(labelled.label()).isEqualTo(FailureLabel.RED_ON_MAIN);
            assertThat(labelled.evidence()).contains("since commit #21").contains("1 commit,");
        }

        @Test
        void whenItWasRepaired_thenTheNextFailureIsNew() {
            passes(20);
            record(ALL_FAILED, ALL_FAILED);
            passes(5);

            assertThat(label(ALL_FAILED, Line.PULL_REQUEST, "Error: boom").label())
                    .isEqualTo(FailureLabel.NEW);
        }
    }

    @Nested
    class GivenAQuarantinedTest {

        @Test
        void whenItFails_thenItIsQuarantined() {
            passes(10);
            record(RETRY_PASSED, RETRY_PASSED);

            assertThat(label(ALL_FAILED, Line.STABLE_BRANCH, "Error: boom", Quarantine.ACTIVE)
                            .label())
                    .isEqualTo(FailureLabel.QUARANTINED);
        }
    }

    @Nested
    class GivenAnOutage {

        @Test
        void whenATestFails_thenItIsInfrastructure() {
            Failure refused = new Failure(FailureCategory.NETWORK, ALL_FAILED, Before.OPEN);
            OutageGate outage = OutageGate.judge(Collections.nCopies(40, refused), 80, 0.01);
            FailureInRun failure = new FailureInRun(
                    new TestId("s", "t"),
                    new RunPosition(1, 1, Line.STABLE_BRANCH),
                    ALL_FAILED,
                    FailureSignature.of("Error: boom", ""));

            List<LabelledFailure> labelled = Labelling.label(
                    outage, List.of(failure), f -> KnownHistory.of(model, state, f, CommonCause.NONE, Quarantine.NONE));

            assertThat(labelled).singleElement().satisfies(one -> {
                assertThat(one.label()).isEqualTo(FailureLabel.INFRASTRUCTURE);
                assertThat(one.evidence()).startsWith("40 of 80 tests failed");
            });
        }
    }
}
