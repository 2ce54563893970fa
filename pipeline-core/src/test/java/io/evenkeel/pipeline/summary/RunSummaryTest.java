package io.evenkeel.pipeline.summary;

import static io.evenkeel.flaky.history.AttemptStatus.FAILED;
import static io.evenkeel.flaky.history.AttemptStatus.INTERRUPTED;
import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static io.evenkeel.flaky.history.AttemptStatus.SKIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.protocol.RunEvent.AgentEnd;
import io.evenkeel.pipeline.protocol.RunEvent.Annotation;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RunSummaryTest {

    private final SampleRun run = new SampleRun();

    private static int exitCode(RunSummary summary) {
        return ExitCode.of(summary, Gate.playwright()).code().value();
    }

    @Nested
    class GivenTwoExecutorsThatShareTheSuite {

        @Test
        void whenEverythingPassed_thenSetUpIsShownOnceAndNotCounted() {
            run.executor("a")
                    .selects("setup", "one")
                    .runs("setup", PASSED)
                    .runs("one", PASSED)
                    .endsRun("passed");
            run.executor("b")
                    .selects("setup", "two")
                    .runs("setup", PASSED)
                    .runs("two", PASSED)
                    .endsRun("passed");

            RunSummary summary = run.summary();

            assertThat(summary.sentence()).isEqualTo("All 2 tests passed.");
            assertThat(summary.tests()).hasSize(3);
            assertThat(summary.coverage().executed()).isEqualTo(2);
            assertThat(summary.findings().duplicates()).isEmpty();
            assertThat(summary.verdict()).isEqualTo(RunVerdict.PASSED);
            assertThat(exitCode(summary)).isZero();
        }

        @Test
        void whenSetUpFailedOnOne_thenTheWorstCountsAndItsTestsAreExplained() {
            run.executor("a").selects("setup", "one").runs("setup", FAILED).endsRun("failed");
            run.executor("b")
                    .selects("setup", "two")
                    .runs("setup", PASSED)
                    .runs("two", PASSED)
                    .endsRun("passed");

            RunSummary summary = run.summary();

            assertThat(summary.sentence()).isEqualTo("1 set-up failed; 1 never ran (a set-up project failed).");
            assertThat(summary.failures()).singleElement().matches(t -> t.role() == TestRole.SETUP);
            assertThat(exitCode(summary)).isEqualTo(1);
        }

        @Test
        void whenATestRanOnBoth_thenAttemptsArePooledAndItIsReported() {
            run.executor("a").selects("one").runs("one", FAILED).endsRun("failed");
            run.executor("b").selects("one").runs("one", PASSED).endsRun("passed");

            RunSummary summary = run.summary();

            assertThat(summary.counts()).isEqualTo(new RunSummary.Counts(0, 1, 0, 0));
            assertThat(summary.findings().duplicates()).extracting(TestName::id).containsExactly("one");
            assertThat(exitCode(summary)).isZero();
        }

        @Test
        void whenATestWasLeftToTheOther_thenItCountsOnceAndIsNoDuplicate() {
            run.executor("a").selects("one").runs("one", PASSED).endsRun("passed");
            run.executor("b").selects("one").leavesToAnother("one").endsRun("passed");

            RunSummary summary = run.summary();

            assertThat(summary.sentence()).isEqualTo("The 1 test passed.");
            assertThat(summary.tests().get(0).attempts().executors()).containsExactly("a");
            assertThat(summary.findings().duplicates()).isEmpty();
        }

        @Test
        void whenEachLeftATestToTheOther_thenItIsMissing() {
            run.executor("a").selects("one").leavesToAnother("one").endsRun("passed");
            run.executor("b").selects("one").leavesToAnother("one").endsRun("passed");

            assertThat(run.summary().coverage().missing()).singleElement().satisfies(m -> {
                assertThat(m.name().title()).isEqualTo("shop › one");
                assertThat(m.reason()).isEqualTo(MissingReason.UNEXPLAINED);
            });
            assertThat(exitCode(run.summary())).isEqualTo(3);
        }
    }

    @Nested
    class GivenAPlan {

        private void plan() {
            run.builder.plan(List.of(
                    new PlannedShard(1, Duration.ofSeconds(3), List.of("one", "two")),
                    new PlannedShard(2, Duration.ofSeconds(2), List.of("three"))));
        }

        @Test
        void whenAnExecutorIsLost_thenItsTestsAreNamedAndTheRunIsUnproven() {
            plan();
            run.executor("a").selects("one", "two").runs("one", FAILED);
            run.executor("b").selects("three").runs("three", PASSED).endsRun("passed");

            RunSummary summary = run.summary();

            assertThat(summary.coverage().missing())
                    .extracting(m -> m.name().id(), Coverage.Missing::reason)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("two", MissingReason.EXECUTOR_LOST));
            assertThat(summary.sentence()).isEqualTo("1 of 3 tests failed; 1 never ran (the executor was lost).");
            assertThat(summary.verdict()).isEqualTo(RunVerdict.INCOMPLETE);
            assertThat(exitCode(summary)).isEqualTo(3);
            assertThat(summary.executors()).extracting(ExecutorSummary::shard).containsExactly(1, 2);
            assertThat(summary.executors().get(1).load().planned()).hasSeconds(2);
        }

        @Test
        void whenNobodyTookAShard_thenItsTestsNeverStarted() {
            plan();
            run.executor("a")
                    .selects("one", "two")
                    .runs("one", PASSED)
                    .runs("two", PASSED)
                    .endsRun("passed");
            run.builder.known(List.of(new TestName("three", "desktop", "three.spec.ts", List.of("three"), 4)));

            Coverage coverage = run.summary().coverage();

            assertThat(coverage.discovered()).isEqualTo(3);
            assertThat(coverage.missing()).singleElement().satisfies(m -> {
                assertThat(m.reason()).isEqualTo(MissingReason.NOT_STARTED);
                assertThat(m.name().place()).isEqualTo("three.spec.ts:4");
            });
        }

        @Test
        void whenTheSuiteCouldNotBeLoaded_thenTheErrorExplainsItAsPlaywrightDoes() {
            plan();
            run.executor("a")
                    .error("SyntaxError: cart.spec.ts: Unexpected token")
                    .endsRun("failed");
            run.executor("b")
                    .error("SyntaxError: cart.spec.ts: Unexpected token")
                    .endsRun("failed");

            RunSummary summary = run.summary();

            assertThat(summary.coverage().missing()).allMatch(m -> m.reason() == MissingReason.RUN_ERROR);
            assertThat(summary.findings().errors())
                    .singleElement()
                    .satisfies(e -> assertThat(e.executors()).containsExactly("a", "b"));
            assertThat(exitCode(summary)).isEqualTo(1);
        }
    }

    @Nested
    class GivenARunThatWasStopped {

        @Test
        void whenFailuresReachedTheLimit_thenTheRestIsExplained() {
            run.executor("a")
                    .selects("one", "two")
                    .runs("one", FAILED)
                    .error("Testing stopped early after 1 maximum allowed failures.")
                    .endsRun("failed");

            assertThat(run.summary().sentence())
                    .isEqualTo("1 of 2 tests failed; 1 never ran (stopped after the allowed number of failures).");
            assertThat(exitCode(run.summary())).isEqualTo(1);
        }

        @Test
        void whenSomebodyInterruptedIt_thenTheTestThatWasRunningHasNoVerdict() {
            run.executor("a")
                    .selects("one", "two", "three")
                    .runs("one", PASSED)
                    .runs("two", INTERRUPTED)
                    .endsRun("interrupted");

            RunSummary summary = run.summary();

            assertThat(summary.counts()).isEqualTo(new RunSummary.Counts(1, 0, 0, 0));
            assertThat(summary.coverage().missing()).allMatch(m -> m.reason() == MissingReason.INTERRUPTED);
            assertThat(exitCode(summary)).isEqualTo(130);
        }

        @Test
        void whenAnotherExecutorFinishedTheTest_thenNothingIsMissing() {
            run.executor("a").selects("one").runs("one", INTERRUPTED).endsRun("interrupted");
            run.executor("b").selects("one").runs("one", PASSED).endsRun("passed");

            assertThat(run.summary().coverage().complete()).isTrue();
            assertThat(run.summary().findings().duplicates()).isEmpty();
        }
    }

    @Nested
    class GivenFailuresWithLabels {

        private RunSummary judged(Map<String, FailureLabel> labels) {
            run.executor("a")
                    .selects("one", "two", "three")
                    .runs("one", FAILED, FAILED)
                    .runs("two", FAILED, FAILED)
                    .runs("three", PASSED)
                    .says(new AgentEnd(1, 1, List.of()))
                    .endsRun("failed");
            return run.summary(labels);
        }

        @Test
        void whenOneIsNew_thenItStandsFirstAndTheSentenceSaysIt() {
            RunSummary summary = judged(
                    Map.of("one", new FailureLabel(Kind.KNOWN_FLAKY, ""), "two", new FailureLabel(Kind.NEW, "")));

            assertThat(summary.sentence()).isEqualTo("2 of 3 tests failed: 1 new, 1 known flaky.");
            assertThat(summary.failures()).extracting(t -> t.name().id()).containsExactly("two", "one");
        }

        @Test
        void whenAllAreQuarantined_thenTheExitCodeIsZero() {
            FailureLabel quarantined = new FailureLabel(Kind.QUARANTINED, "");

            RunSummary summary = judged(Map.of("one", quarantined, "two", quarantined));

            assertThat(exitCode(summary)).isZero();
            assertThat(summary.verdict()).isEqualTo(RunVerdict.PASSED);
            assertThat(summary.sentence()).isEqualTo("2 of 3 tests failed: 2 quarantined.");
        }

        @Test
        void whenOnlyNewFailuresCount_thenKnownFlakyOnesAreExcused() {
            FailureLabel flaky = new FailureLabel(Kind.KNOWN_FLAKY, "");
            RunSummary summary = judged(Map.of("one", flaky, "two", flaky));

            assertThat(exitCode(summary)).isEqualTo(1);
            assertThat(ExitCode.of(summary, Gate.newFailuresOnly()).code()).isEqualTo(ExitCode.PASSED);
        }

        @Test
        void whenNothingIsKnown_thenTheSentenceDoesNotPretend() {
            assertThat(judged(Map.of()).sentence()).isEqualTo("2 of 3 tests failed.");
        }
    }

    @Nested
    class GivenOneExecutor {

        @Test
        void whenPlaywrightFailsForAFlakyTest_thenSoDoWe() {
            run.executor("a").selects("one").runs("one", FAILED, PASSED).endsRun("failed");

            assertThat(ExitCode.of(run.summary(), Gate.playwright()))
                    .extracting(d -> d.code().value(), ExitCode.Decision::reason)
                    .containsExactly(
                            1,
                            "Playwright failed although every test passed in the end: maybe --fail-on-flaky-tests is set.");
        }

        @Test
        void whenATestWasHealedWhileItRan_thenTheRunIsNoPlainPass() {
            run.executor("a")
                    .selects("one")
                    .ends(
                            "one",
                            0,
                            PASSED,
                            new AttemptEvidence(
                                    List.of(), List.of(), List.of(new Annotation("healed", Optional.empty()))))
                    .endsRun("passed");

            assertThat(run.summary().verdict()).isEqualTo(RunVerdict.HEALED);
            assertThat(run.summary().sentence()).isEqualTo("The 1 test passed, 1 healed (with another locator only).");
        }

        @Test
        void whenAHealedAttemptFailedLater_thenTheTestFailedAndIsNotHealed() {
            run.executor("a")
                    .selects("one")
                    .ends(
                            "one",
                            0,
                            FAILED,
                            new AttemptEvidence(
                                    List.of(), List.of(), List.of(new Annotation("healed", Optional.empty()))))
                    .endsRun("failed");

            assertThat(run.summary().verdict()).isEqualTo(RunVerdict.FAILED);
            assertThat(run.summary().healed()).isEmpty();
        }

        @Test
        void whenThereAreNoTests_thenItFailsUnlessThatIsAllowed() {
            run.executor("a").says(new AgentEnd(1, 1, List.of())).endsRun("failed");

            assertThat(run.summary().sentence()).isEqualTo("No tests were found.");
            assertThat(run.summary().verdict()).isEqualTo(RunVerdict.EMPTY);
            assertThat(exitCode(run.summary())).isEqualTo(1);
        }

        @Test
        void whenATestIsSkipped_thenItHasAResult() {
            run.executor("a").selects("one").runs("one", SKIPPED).endsRun("passed");

            assertThat(run.summary().sentence()).isEqualTo("0 of 1 test passed, 1 was skipped.");
            assertThat(run.summary().coverage().complete()).isTrue();
        }
    }

    @Nested
    class GivenNoExecutor {

        @Test
        void whenSummedUp_thenItIsUnproven() {
            assertThat(exitCode(run.summary())).isEqualTo(3);
            assertThat(run.summary().sentence()).contains("no executor wrote its spool");
            assertThat(CommentAdvice.of(run.summary())).isEqualTo(CommentAdvice.NEVER);
        }
    }

    @Nested
    class GivenAHundredThousandTests {

        @Test
        void whenAllFailWithLongMessages_thenErrorTextStaysWithinItsBudget() {
            SampleRun.Executor executor = run.executor("a");
            String message = "Error: " + "x".repeat(100) + "\n" + "y".repeat(900);
            IntStream.range(0, 100_000).forEach(i -> {
                executor.selects("t" + i);
                executor.fails("t" + i, message);
            });
            executor.endsRun("failed");

            RunSummary summary = run.summary();

            long kept = summary.tests().stream()
                    .mapToLong(t -> t.diagnosis().failure().message().length())
                    .sum();
            assertThat(summary.counts().failed()).isEqualTo(100_000);
            assertThat(kept).isLessThan(RunSummaryBuilder.FAILURE_CHARS + 100_000L * 200);
            assertThat(summary.tests())
                    .allMatch(t -> t.diagnosis().failure().firstLine().startsWith("Error: xxx"));
            assertThat(MarkdownSummary.of(summary, MarkdownOptions.plain(MarkdownOptions.COMMENT))
                            .getBytes(java.nio.charset.StandardCharsets.UTF_8))
                    .hasSizeLessThanOrEqualTo(MarkdownOptions.COMMENT);
        }
    }
}
