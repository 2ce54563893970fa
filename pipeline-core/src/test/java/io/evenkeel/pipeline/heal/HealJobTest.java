package io.evenkeel.pipeline.heal;

import static io.evenkeel.pipeline.heal.HealedProject.tiers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.healing.match.Tier;
import io.evenkeel.pipeline.verify.Proof;
import io.evenkeel.pipeline.verify.Proof.Check;
import io.evenkeel.pipeline.verify.Proof.Finding;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a job of healing, over given diagnoses and given proofs. */
class HealJobTest {

    @TempDir
    Path temp;

    private HealedProject project;

    @BeforeEach
    void layOut() throws IOException {
        project = new HealedProject(temp);
    }

    @Nested
    class GivenTwoProofsAtOnce {

        @Test
        void whenTheFirstTakesLonger_thenBothRunTogetherAndTheOrderStays() throws IOException {
            CyclicBarrier both = new CyclicBarrier(2);
            CountDownLatch second = new CountDownLatch(1);
            project.provenBy((job, budget) -> {
                try {
                    both.await(1, TimeUnit.MINUTES);
                    if (job.broken().get(0).id().equals("0")) {
                        assertThat(second.await(1, TimeUnit.MINUTES)).isTrue();
                    } else {
                        second.countDown();
                    }
                } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
                    throw new IllegalStateException("The proofs do not run at the same time.", e);
                }
                return new VerificationOutcome.Verified(new Proof(List.of(), List.of("x"), 0, List.of(), List.of()));
            });

            List<HealResult> results =
                    project.heal(new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 25, 2), "0", "1");

            assertThat(results)
                    .extracting(result -> result.event().locator().original())
                    .containsExactly("find('l0')", "find('l1')");
        }

        @Test
        void whenOneBreaks_thenTheJobSaysWhy() {
            project.provenBy((job, budget) -> {
                throw new IllegalArgumentException("no room");
            });

            assertThatThrownBy(() -> project.heal(
                            new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 25, 2), "0", "1"))
                    .hasRootCauseMessage("no room");
        }
    }

    @Nested
    class GivenOneCauseInManyTests {

        @Test
        void whenTheyAreHealed_thenItIsProvenOnceForAll() throws IOException {
            List<HealResult> results = project.heal(HealLimits.STANDARD, "1a", "1b", "1c");

            assertThat(results).hasSize(1);
            assertThat(results.get(0).tests()).hasSize(3);
            assertThat(project.proven()).hasSize(1);
            assertThat(project.proven().get(0).broken()).hasSize(3);
            assertThat(tiers(results)).containsExactly("auto");
        }
    }

    @Nested
    class GivenATimeForAllRepairs {

        @Test
        void whenItIsOver_thenTheRestStaysASuggestionAndSaysSo() throws IOException {
            List<HealResult> results =
                    project.heal(new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(7), 25, 1), "0", "1", "2");

            assertThat(project.budgets()).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(3));
            assertThat(tiers(results)).containsExactly("auto", "auto", "suggestion");
            assertThat(results.get(2).event().decision().reason()).contains("Not proven", "420 s");
            assertThat(results.get(2).event().verification()).isEmpty();
        }
    }

    @Nested
    class GivenMoreBrokenLocatorsThanAreRepaired {

        @Test
        void whenTheyAreHealed_thenNoneIsProvenAndAllAreReported() throws IOException {
            HealLimits two = new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 2, 1);

            List<HealResult> results = project.heal(two, "0", "1", "2");

            assertThat(project.proven()).isEmpty();
            assertThat(tiers(results)).containsOnly("suggestion");
            assertThat(results)
                    .allSatisfy(r -> assertThat(r.event().decision().reason()).contains("redesign"));
            assertThat(project.said()).anySatisfy(line -> assertThat(line).contains("3 locators are broken at once"));
            assertThat(RedesignReport.of(results, 2))
                    .hasValueSatisfying(report -> assertThat(report)
                            .contains("## page.ts", "| 2 | `find('l1')` | `find('new1')` | 94 % | 1 |"));
        }

        @Test
        void whenThereAreJustAsMany_thenThereIsNoReport() throws IOException {
            HealLimits three = new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 3, 1);

            List<HealResult> results = project.heal(three, "0", "1", "2");

            assertThat(project.proven()).hasSize(3);
            assertThat(RedesignReport.of(results, 3)).isEmpty();
        }
    }

    @Nested
    class GivenChecksBesideTheReRuns {

        private HealResult with(Check... found) throws IOException {
            project.checks(found);
            return project.heal(HealLimits.STANDARD, "1").get(0);
        }

        @Test
        void whenNoAssertionFollows_thenItIsASuggestionAndSaysWhy() throws IOException {
            HealResult result = with(new Check(Check.ASSERTION, Finding.MISSING, "No assertion follows."));

            assertThat(result.event().decision().tier()).isEqualTo("suggestion");
            assertThat(result.event().decision().reason()).contains("No assertion follows.");
        }

        @Test
        void whenTheNegativeControlRefutesIt_thenItIsRefused() throws IOException {
            HealResult result = with(new Check(Check.CONTROL, Finding.REFUTES, "It finds another element."));

            assertThat(result.event().decision().tier()).isEqualTo("refused");
            assertThat(result.event().decision().reason()).contains("It finds another element.");
            assertThat(result.patches()).isEmpty();
            assertThat(result.forBranch()).isEmpty();
        }

        @Test
        void whenTheNegativeControlWasNotPossible_thenTheRecordSaysWhyAndTheTierStays() throws IOException {
            HealResult result =
                    with(new Check(Check.CONTROL, Finding.NOT_AVAILABLE, "Negative control not possible: no server."));

            assertThat(result.event().decision().tier()).isEqualTo("auto");
            assertThat(result.event().verification().orElseThrow().checks())
                    .singleElement()
                    .satisfies(check -> assertThat(check.reason()).contains("not possible: no server"));
        }

        @Test
        void whenTheDiagnosisAllowsASuggestionOnly_thenAProofDoesNotLiftIt() throws IOException {
            project.allows(Tier.SUGGESTION);

            HealResult result = with();

            assertThat(result.event().decision().tier()).isEqualTo("suggestion");
            assertThat(result.forBranch()).isEmpty();
        }
    }

    @Nested
    class GivenARepairThatPeopleRejected {

        @Test
        void whenItIsFoundAgain_thenItIsRefusedWithoutAProofAndTheOthersGoOn() throws IOException {
            project.remembers(PastDecisions.read(String.format(HealedProject.PROPOSALS, "rejected")));

            List<HealResult> results = project.heal(HealLimits.STANDARD, "0", "1");

            assertThat(tiers(results)).containsExactly("auto", "refused");
            assertThat(results.get(1).event().decision().reason()).contains("ann", "2026-01-05", "wrong button");
            assertThat(results.get(1).patches()).isEmpty();
            assertThat(project.proven()).hasSize(1);
        }

        @Test
        void whenItWasAccepted_thenNothingIsBlocked() throws IOException {
            project.remembers(PastDecisions.read(String.format(HealedProject.PROPOSALS, "accepted")));

            assertThat(tiers(project.heal(HealLimits.STANDARD, "1"))).containsExactly("auto");
        }

        @Test
        void whenTheAnswerIsNoJson_thenNothingIsBlocked() {
            assertThat(PastDecisions.read("<html>").decided()).isEmpty();
        }
    }

    @Nested
    class GivenLimits {

        @Test
        void whenManyCausesAreThere_thenTheOrderIsThatOfTheSuite() throws IOException {
            List<HealResult> results = project.heal(HealLimits.STANDARD, "2", "0", "1");

            assertThat(results).extracting(r -> r.event().subject().line()).containsExactly(3, 1, 2);
            assertThat(project.proven()).hasSize(3);
        }
    }
}
