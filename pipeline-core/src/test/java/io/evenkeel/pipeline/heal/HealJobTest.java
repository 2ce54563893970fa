package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.healing.Diagnosis;
import io.evenkeel.healing.FailureEvidence;
import io.evenkeel.healing.Heal;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.classify.FailureClass;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteConfig;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.verify.BrokenTest;
import io.evenkeel.pipeline.verify.Proof;
import io.evenkeel.pipeline.verify.Proof.Check;
import io.evenkeel.pipeline.verify.Proof.Finding;
import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import io.evenkeel.pipeline.verify.TestRun;
import io.evenkeel.pipeline.verify.VerificationJob;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a job of healing, over given diagnoses and given proofs. */
class HealJobTest {

    private static final String SOURCE = "find('l0')\nfind('l1')\nfind('l2')\nfind('l3')\n";

    @TempDir
    Path temp;

    private Path project;
    private long ticks;
    private final List<VerificationJob> proven = new ArrayList<>();
    private final List<Duration> budgets = new ArrayList<>();
    private final List<String> said = new ArrayList<>();
    private List<Check> checks = List.of();
    private Tier tier = Tier.AUTO;
    private final Map<Integer, Tier> tiers = new HashMap<>();
    private PastDecisions decisions = PastDecisions.NONE;
    private BiFunction<VerificationJob, Duration, VerificationOutcome> verifier = this::prove;

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectory(temp.resolve("project")).toRealPath();
        Files.writeString(project.resolve("page.ts"), SOURCE);
    }

    /** Tests named by the line of the locator they fail at, for example {@code 1b}. */
    private List<HealResult> heal(HealLimits limits, String... tests) throws IOException {
        List<TestSelected> selected = new ArrayList<>();
        Map<String, AttemptEnd> ended = new LinkedHashMap<>();
        for (String id : tests) {
            selected.add(new TestSelected(
                    id, "", new TestPlace("a.spec.ts", List.of(id), 1, 1, "default"), List.of(), AttemptStatus.PASSED));
            ended.put(id, failed(id));
        }
        Suite suite = new Suite(
                new SuiteConfig("1.65.1", "playwright.config.ts", project.toString(), 1, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        HealJob job = new HealJob(this::diagnose, verifier, limits, () -> ticks, said::add);
        return job.heal(new HealJob.Request(
                new RunRecord(selected, ended, Map.of()),
                suite,
                ProjectSources.in(project),
                new HealJob.Memory(ReferenceBook.EMPTY, decisions),
                new SourcePlaces(project.toString(), List.of())));
    }

    private static AttemptEnd failed(String id) {
        AttemptOutcome outcome = new AttemptOutcome(
                AttemptStatus.FAILED, AttemptStatus.PASSED, Instant.EPOCH, Duration.ofSeconds(1), new Lane(0, 0));
        ErrorInfo error = new ErrorInfo(id, Optional.empty(), Optional.empty(), Optional.empty());
        return new AttemptEnd(id, 0, outcome, new AttemptEvidence(List.of(error), List.of(), List.of()));
    }

    private HealingOutcome diagnose(FailureEvidence evidence) {
        String message = evidence.errors().get(0).message();
        if (message.startsWith("x")) {
            Classification value = new Classification(
                    FailureClass.ASSERTION, "The total is wrong.", "find('total')", "expect", CallStack.UNKNOWN);
            return new HealingOutcome.Refused("The total is wrong.", new Diagnosis(value, Ranking.EMPTY, List.of()));
        }
        int line = message.charAt(0) - '0';
        String before = "find('l" + line + "')";
        String source = new String(evidence.project().sources().read("page.ts").orElseThrow(), StandardCharsets.UTF_8);
        int start = source.indexOf(before);
        Patch patch = new Patch(
                "page.ts",
                new Patch.Range(start, start + before.length()),
                before,
                "find('new" + line + "')",
                new Patch.Definition(DefinitionKind.FIELD, "x", new CallSite("page.ts", line + 1, 1), List.of()));
        Classification failure =
                new Classification(FailureClass.BROKEN_LOCATOR, "gone", before, "click", CallStack.UNKNOWN);
        double confidence = 0.95 - line / 100.0;
        return new HealingOutcome.Healed(
                new Heal(
                        "find('new" + line + "')",
                        "<b>",
                        confidence,
                        tiers.getOrDefault(line, tier),
                        new PatchOutcome.Proposed(patch)),
                new Diagnosis(failure, new Ranking(List.of(), 0, confidence, Tier.AUTO), List.of()));
    }

    private VerificationOutcome prove(VerificationJob job, Duration budget) {
        proven.add(job);
        budgets.add(budget);
        ticks += Duration.ofMinutes(4).toNanos();
        return new VerificationOutcome.Verified(new Proof(List.of(), List.of("x"), 0, List.of(), checks));
    }

    /** Proves over tests that fail at one line after the other, named by them: {@code 0-2} fails at the first, then at the third. */
    private VerificationOutcome proveInTurn(VerificationJob job, Duration budget) {
        proven.add(job);
        budgets.add(budget);
        ticks += Duration.ofMinutes(1).toNanos();
        Set<String> repaired = job.patches().stream()
                .map(patch -> String.valueOf(patch.definition().site().line() - 1))
                .collect(Collectors.toSet());
        List<LaterFailure> later = new ArrayList<>();
        for (BrokenTest test : job.broken()) {
            Stream.of(test.id().split("-"))
                    .filter(line -> !repaired.contains(line))
                    .findFirst()
                    .map(line -> new LaterFailure(test, failedAt(test.id(), line), "fails at " + line + "."))
                    .ifPresent(later::add);
        }
        return later.size() < job.broken().size()
                ? new VerificationOutcome.Verified(new Proof(List.of(), List.of("x"), 0, later, checks))
                : new VerificationOutcome.StillFails(later.get(0).reason(), later, List.of());
    }

    private static TestRun failedAt(String id, String line) {
        ErrorInfo error = new ErrorInfo(line, Optional.empty(), Optional.empty(), Optional.empty());
        return new TestRun(id, AttemptStatus.FAILED, AttemptStatus.PASSED, List.of(error), Optional.empty());
    }

    private static List<String> tiers(List<HealResult> results) {
        return results.stream().map(r -> r.event().decision().tier()).toList();
    }

    @Nested
    class GivenTwoProofsAtOnce {

        @Test
        void whenTheFirstTakesLonger_thenBothRunTogetherAndTheOrderStays() throws IOException {
            CyclicBarrier both = new CyclicBarrier(2);
            CountDownLatch second = new CountDownLatch(1);
            verifier = (job, budget) -> {
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
                return new VerificationOutcome.Verified(new Proof(List.of(), List.of("x"), 0, List.of(), checks));
            };

            List<HealResult> results =
                    heal(new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 25, 2), "0", "1");

            assertThat(results)
                    .extracting(result -> result.event().locator().original())
                    .containsExactly("find('l0')", "find('l1')");
        }

        @Test
        void whenOneBreaks_thenTheJobSaysWhy() {
            verifier = (job, budget) -> {
                throw new IllegalArgumentException("no room");
            };

            assertThatThrownBy(
                            () -> heal(new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 25, 2), "0", "1"))
                    .hasRootCauseMessage("no room");
        }
    }

    @Nested
    class GivenOneCauseInManyTests {

        @Test
        void whenTheyAreHealed_thenItIsProvenOnceForAll() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "1a", "1b", "1c");

            assertThat(results).hasSize(1);
            assertThat(results.get(0).tests()).hasSize(3);
            assertThat(proven).hasSize(1);
            assertThat(proven.get(0).broken()).hasSize(3);
            assertThat(tiers(results)).containsExactly("auto");
        }
    }

    @Nested
    class GivenATimeForAllRepairs {

        @Test
        void whenItIsOver_thenTheRestStaysASuggestionAndSaysSo() throws IOException {
            List<HealResult> results =
                    heal(new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(7), 25, 1), "0", "1", "2");

            assertThat(budgets).containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(3));
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

            List<HealResult> results = heal(two, "0", "1", "2");

            assertThat(proven).isEmpty();
            assertThat(tiers(results)).containsOnly("suggestion");
            assertThat(results)
                    .allSatisfy(r -> assertThat(r.event().decision().reason()).contains("redesign"));
            assertThat(said).anySatisfy(line -> assertThat(line).contains("3 locators are broken at once"));
            assertThat(RedesignReport.of(results, 2))
                    .hasValueSatisfying(report -> assertThat(report)
                            .contains("## page.ts", "| 2 | `find('l1')` | `find('new1')` | 94 % | 1 |"));
        }

        @Test
        void whenThereAreJustAsMany_thenThereIsNoReport() throws IOException {
            HealLimits three = new HealLimits(Duration.ofMinutes(5), Duration.ofMinutes(30), 3, 1);

            List<HealResult> results = heal(three, "0", "1", "2");

            assertThat(proven).hasSize(3);
            assertThat(RedesignReport.of(results, 3)).isEmpty();
        }
    }

    @Nested
    class GivenChecksBesideTheReRuns {

        private HealResult with(Check... found) throws IOException {
            checks = List.of(found);
            return heal(HealLimits.STANDARD, "1").get(0);
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
            tier = Tier.SUGGESTION;

            HealResult result = with();

            assertThat(result.event().decision().tier()).isEqualTo("suggestion");
            assertThat(result.forBranch()).isEmpty();
        }
    }

    @Nested
    class GivenARepairThatPeopleRejected {

        private static final String PROPOSALS = """
                {"v":1,"proposals":[
                  {"file":"page.ts","originalSelector":"find('l1')","healedSelector":"find('new1')","state":"%s","strategy":"text content",
                   "decisions":[{"state":"open","by":""},{"state":"rejected","by":"ann","reason":"wrong button","at":"2026-01-05T10:00:00Z"}]},
                  {"file":"page.ts","originalSelector":"find('l0')","healedSelector":"find('x')","state":"proposed","decisions":[]}]}""";

        @Test
        void whenItIsFoundAgain_thenItIsRefusedWithoutAProofAndTheOthersGoOn() throws IOException {
            decisions = PastDecisions.read(String.format(PROPOSALS, "rejected"));

            List<HealResult> results = heal(HealLimits.STANDARD, "0", "1");

            assertThat(tiers(results)).containsExactly("auto", "refused");
            assertThat(results.get(1).event().decision().reason()).contains("ann", "2026-01-05", "wrong button");
            assertThat(results.get(1).patches()).isEmpty();
            assertThat(proven).hasSize(1);
        }

        @Test
        void whenItWasAccepted_thenNothingIsBlocked() throws IOException {
            decisions = PastDecisions.read(String.format(PROPOSALS, "accepted"));

            assertThat(tiers(heal(HealLimits.STANDARD, "1"))).containsExactly("auto");
        }

        @Test
        void whenTheAnswerIsNoJson_thenNothingIsBlocked() {
            assertThat(PastDecisions.read("<html>").decided()).isEmpty();
        }
    }

    @Nested
    class GivenTestsWithMoreThanOneBrokenLocator {

        @BeforeEach
        void proveInTurn() {
            verifier = HealJobTest.this::proveInTurn;
        }

        private String reason(List<HealResult> results) {
            return results.get(0).event().decision().reason();
        }

        @Test
        void whenTheSecondCanBeRepairedToo_thenBothAreProvenTogetherAndAreOneResult() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1", "0-1-");

            assertThat(tiers(results)).containsExactly("auto");
            HealResult chain = results.get(0);
            assertThat(chain.patches()).extracting(Patch::after).containsExactly("find('new0')", "find('new1')");
            assertThat(chain.forBranch())
                    .hasValueSatisfying(heal -> assertThat(heal.patches()).hasSize(2));
            assertThat(chain.tests()).hasSize(2);
            assertThat(chain.event().locator().original()).isEqualTo("find('l0')");
            assertThat(chain.event().decision().confidence()).isEqualTo(0.94);
            assertThat(chain.event().patch())
                    .hasValueSatisfying(diff -> assertThat(diff).contains("+find('new0')\n+find('new1')\n find('l2')"));
            assertThat(reason(results))
                    .startsWith("2 locators are repaired together")
                    .contains("find('l1') → find('new1')  (page.ts:2)");
            assertThat(proven).hasSize(2);
            assertThat(proven.get(1).patches().get(1).applyTo(SOURCE.getBytes(StandardCharsets.UTF_8)))
                    .asString(StandardCharsets.UTF_8)
                    .contains("find('l0')\nfind('new1')\n");
            assertThat(proven.get(1).broken())
                    .allSatisfy(test -> assertThat(test.later()).hasSize(1));
            assertThat(budgets.get(1)).isEqualTo(HealLimits.STANDARD.one().minusMinutes(1));
        }

        @Test
        void whenTestsFailInDifferentPlacesBehindIt_thenAllOfThemAreRepaired() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1", "0-2");

            assertThat(tiers(results)).containsExactly("auto");
            assertThat(results.get(0).patches()).hasSize(3);
            assertThat(proven).hasSize(2);
        }

        @Test
        void whenThreeStandInARow_thenTheThirdIsFoundBehindTheSecond() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "2-1-0");

            assertThat(tiers(results)).containsExactly("auto");
            assertThat(results.get(0).patches())
                    .extracting(Patch::after)
                    .containsExactly("find('new2')", "find('new1')", "find('new0')");
            assertThat(proven).hasSize(3);
        }

        @Test
        void whenOneLinkIsASuggestion_thenTheChainIsNoMore() throws IOException {
            tiers.put(1, Tier.SUGGESTION);

            List<HealResult> results = heal(HealLimits.STANDARD, "0-1");

            assertThat(tiers(results)).containsExactly("suggestion");
            assertThat(reason(results)).contains("find('l1'): At most a suggestion");
            assertThat(results.get(0).patches()).hasSize(2);
        }

        @Test
        void whenTheLaterFailureIsNoBrokenLocator_thenTheFirstRepairIsRefusedAndTheReasonNamesIt() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-x");

            assertThat(tiers(results)).containsExactly("refused");
            assertThat(results.get(0).patches()).isEmpty();
            assertThat(reason(results)).isEqualTo("fails at x. That cannot be repaired: The total is wrong.");
            assertThat(proven).hasSize(1);
        }

        @Test
        void whenADefectStandsBehindTheChain_thenNothingIsProposed() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1-x");

            assertThat(tiers(results)).containsExactly("refused");
            assertThat(reason(results))
                    .startsWith("fails at 1. Together with find('l1') → find('new1')")
                    .endsWith("fails at x. That cannot be repaired: The total is wrong.");
            assertThat(proven).hasSize(2);
        }

        @Test
        void whenThereAreMoreThanThree_thenNothingIsProposed() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1-2-3");

            assertThat(tiers(results)).containsExactly("refused");
            assertThat(reason(results)).contains("More than 3 locators");
            assertThat(proven).hasSize(3);
        }

        @Test
        void whenTheTimeForOneRepairIsOver_thenTheReasonSaysSo() throws IOException {
            List<HealResult> results =
                    heal(new HealLimits(Duration.ofMinutes(1), Duration.ofMinutes(30), 25, 1), "0-1");

            assertThat(tiers(results)).containsExactly("refused");
            assertThat(reason(results)).contains("the time for this repair was over");
            assertThat(proven).hasSize(1);
        }

        @Test
        void whenOneTestPassesWithTheFirstRepair_thenThereIsNoChain() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1", "0");

            assertThat(tiers(results)).containsExactly("suggestion");
            assertThat(results.get(0).patches()).hasSize(1);
            assertThat(proven).hasSize(1);
        }

        @Test
        void whenOtherTestsFailAtTheSecondAtOnce_thenItHasOneResultAndOneEdit() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1", "1");

            assertThat(tiers(results)).containsExactly("auto", "auto");
            assertThat(results)
                    .extracting(result -> result.event().locator().original())
                    .containsExactly("find('l0')", "find('l1')");
            assertThat(results.get(0).patches())
                    .contains(results.get(1).patches().get(0));
        }

        @Test
        void whenTheSecondAloneIsRefused_thenTheChainIsToo() throws IOException {
            decisions = PastDecisions.read(String.format(GivenARepairThatPeopleRejected.PROPOSALS, "rejected"));

            List<HealResult> results = heal(HealLimits.STANDARD, "0-1", "1");

            assertThat(tiers(results)).containsExactly("refused", "refused");
            assertThat(reason(results)).contains("not wanted", "wrong button");
        }

        @Test
        void whenTheSecondNeedsAThird_thenBothChainsGoTheirWay() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "0-1-2", "1-2");

            assertThat(tiers(results)).containsExactly("auto", "auto");
            assertThat(results).extracting(result -> result.patches().size()).containsExactly(3, 2);
        }
    }

    @Nested
    class GivenLimits {

        @Test
        void whenManyCausesAreThere_thenTheOrderIsThatOfTheSuite() throws IOException {
            List<HealResult> results = heal(HealLimits.STANDARD, "2", "0", "1");

            assertThat(results).extracting(r -> r.event().subject().line()).containsExactly(3, 1, 2);
            assertThat(proven).hasSize(3);
        }
    }
}
