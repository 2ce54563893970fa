package io.evenkeel.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.SourceLocation;
import io.evenkeel.pipeline.verify.BrokenTest.LaterStep;
import io.evenkeel.pipeline.verify.VerificationOutcome.BudgetSpent;
import io.evenkeel.pipeline.verify.VerificationOutcome.CannotRun;
import io.evenkeel.pipeline.verify.VerificationOutcome.StillFails;
import io.evenkeel.pipeline.verify.VerificationOutcome.Verified;
import io.evenkeel.pipeline.verify.VerificationOutcome.WasFlaky;
import io.evenkeel.pipeline.verify.VerificationRun.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules of a proof, over a runner that reads the sources of the work copy and knows which tests pass with them. */
class VerifierTest {

    private static final String SOURCE = "line1\nfind('buy')\nfind('pay')\n";
    private static final Duration BUDGET = Duration.ofMinutes(5);

    @TempDir
    Path temp;

    private Path project;
    private long ticks;
    private final Application application = new Application();

    @BeforeEach
    void layOut() throws IOException {
        project = Files.createDirectory(temp.resolve("project")).toRealPath();
        Files.createDirectory(temp.resolve("copies"));
        Files.writeString(project.resolve("page.ts"), SOURCE);
    }

    private VerificationOutcome verify(VerificationJob job) {
        Verifier.ProjectPlace place = new Verifier.ProjectPlace(project, project, temp.resolve("copies"));
        return new Verifier(application, place, GoodRelease.none("nobody knows it"), () -> ticks)
                .verify(job, temp.resolve("record"), BUDGET);
    }

    private VerificationJob job(Map<String, String> users, String... broken) {
        return new VerificationJob(
                List.of(Patches.replace("page.ts", SOURCE, "find('buy')", "find('cart')")),
                Stream.of(broken)
                        .map(id -> new BrokenTest(id, id, errors(project, 2)))
                        .toList(),
                users,
                Map.of(),
                ReferenceBook.EMPTY);
    }

    private static List<ErrorInfo> errors(Path root, int line) {
        return List.of(
                new ErrorInfo("Test timeout of 4000ms exceeded.", Optional.empty(), Optional.empty(), Optional.empty()),
                new ErrorInfo(
                        "locator.click: waiting for line " + line,
                        Optional.empty(),
                        Optional.of(new SourceLocation(root.resolve("page.ts").toString(), line, 5)),
                        Optional.empty()));
    }

    /** Tests that pass or fail by what the sources in the copy say; a list of lines, one for each run, where a test fails. */
    private final class Application implements TestRunner {

        /** Failing line of a test by run number, 0 for a pass; the last entry goes on. */
        final Map<String, List<Integer>> patched = new HashMap<>();

        final List<Run> runs = new ArrayList<>();
        final List<String> sources = new ArrayList<>();
        final List<String> missing = new ArrayList<>();
        int unpatchedLine = 2;
        long cost;
        Optional<RunResult> instead = Optional.empty();
        boolean traced;

        @Override
        public RunResult run(Run run) {
            runs.add(run);
            ticks += cost;
            if (instead.isPresent()) {
                return instead.get();
            }
            try {
                String source = Files.readString(run.root().resolve("page.ts"));
                sources.add(source);
                boolean isPatched = source.contains("find('cart')");
                List<TestRun> tests = new ArrayList<>();
                for (String id : run.ids()) {
                    if (!missing.contains(id)) {
                        tests.add(isPatched ? patched(run, id) : result(run, id, unpatchedLine));
                    }
                }
                return ticks > BUDGET.toNanos() ? new RunResult.OutOfTime(List.of()) : new RunResult.Ended(tests);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private TestRun patched(Run run, String id) {
            List<Integer> lines = patched.getOrDefault(id, List.of(0));
            int before = (int) runs.stream().filter(r -> r.ids().contains(id)).count() - 1;
            int index = runs.get(0).ids().contains(id) ? before - 1 : before;
            return result(run, id, lines.get(Math.min(index, lines.size() - 1)));
        }

        private TestRun result(Run run, String id, int line) {
            return new TestRun(
                    id,
                    line == 0 ? AttemptStatus.PASSED : AttemptStatus.TIMED_OUT,
                    AttemptStatus.PASSED,
                    line == 0 ? List.of() : errors(run.root(), line),
                    traced ? Optional.of(trace(run, id, line)) : Optional.empty());
        }

        /** A trace with a call on each line up to the one where the test failed. */
        private Path trace(Run run, String id, int line) {
            Path file = temp.resolve("trace-" + runs.size() + "-" + id + ".zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.putNextEntry(new ZipEntry("0-trace.trace"));
                StringBuilder events = new StringBuilder("{\"type\":\"context-options\",\"version\":8}\n");
                for (int i = 1; i <= (line == 0 ? 3 : line); i++) {
                    events.append(
                            "{\"type\":\"before\",\"callId\":\"call@%d\",\"method\":\"click\",\"stack\":[{\"file\":\"%s\",\"line\":%d,\"column\":5}]}\n"
                                    .formatted(i, run.root().resolve("page.ts"), i));
                }
                zip.write(events.toString().getBytes(StandardCharsets.UTF_8));
                return file;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static Proof proof(VerificationOutcome outcome) {
        return outcome.match(Verified::proof, s -> fail(s), f -> fail(f), b -> fail(b), c -> fail(c));
    }

    private static Proof fail(VerificationOutcome outcome) {
        throw new AssertionError(outcome.message());
    }

    @Nested
    class GivenARepairThatWorks {

        @Test
        void whenOneTestIsBroken_thenItIsVerifiedByOneRunWithoutAndTwoWithThePatch() throws IOException {
            Proof proof = proof(verify(job(Map.of(), "a")));

            assertThat(proof.runs())
                    .extracting(VerificationRun::kind)
                    .containsExactly(Kind.UNPATCHED, Kind.PATCHED, Kind.PATCHED);
            assertThat(proof.passed()).containsExactly("a");
            assertThat(project.resolve("page.ts")).hasContent(SOURCE);
            try (Stream<Path> left = Files.list(temp.resolve("copies"))) {
                assertThat(left).isEmpty();
            }
        }

        @Test
        void whenManyTestsHaveTheCause_thenItIsTriedOnceForAll() {
            Proof proof = proof(verify(job(Map.of("u", "user"), "a", "b", "c")));

            assertThat(application.runs)
                    .extracting(TestRunner.Run::ids)
                    .containsExactly(List.of("a"), List.of("a", "b", "c", "u"), List.of("a", "b", "c"));
            assertThat(proof.passed()).containsExactly("a", "b", "c");
            assertThat(proof.usersPassed()).isEqualTo(1);
        }

        @Test
        void whenNothingElseIsKnown_thenTheProofSaysWhatWasNotLookedAt() {
            Proof proof = proof(verify(job(Map.of(), "a")));

            assertThat(proof.checks())
                    .extracting(Proof.Check::name, Proof.Check::finding)
                    .contains(
                            org.assertj.core.groups.Tuple.tuple("negative control", Proof.Finding.NOT_AVAILABLE),
                            org.assertj.core.groups.Tuple.tuple("post-state", Proof.Finding.NOT_AVAILABLE),
                            org.assertj.core.groups.Tuple.tuple(
                                    "assertion after the step", Proof.Finding.NOT_AVAILABLE));
        }

        @Test
        void whenTheTestStandsInASerialBlock_thenThoseBeforeItRunWithIt() {
            VerificationJob plain = job(Map.of(), "b");
            verify(new VerificationJob(
                    plain.patches(), plain.broken(), Map.of(), Map.of("b", List.of("s1", "s2")), ReferenceBook.EMPTY));

            assertThat(application.runs.get(0).ids()).containsExactly("s1", "s2", "b");
        }

        @Test
        void whenAnotherTestFailsFurtherOn_thenTheProofNamesIt() {
            application.patched.put("b", List.of(3));

            Proof proof = proof(verify(job(Map.of(), "a", "b")));

            assertThat(proof.passed()).containsExactly("a");
            assertThat(proof.laterFailures()).singleElement().satisfies(later -> {
                assertThat(later.test().id()).isEqualTo("b");
                assertThat(later.reason()).contains("gets past the repaired step", "page.ts:3");
            });
        }

        @Test
        void whenAUserFailsOnceAndPassesTheSecondTime_thenItIsNotHeldAgainstTheRepair() {
            application.patched.put("u", List.of(3, 0));

            assertThat(proof(verify(job(Map.of("u", "user"), "a"))).usersPassed())
                    .isEqualTo(1);
        }
    }

    @Nested
    class GivenATestThatPassesWithoutThePatch {

        @Test
        void whenItIsRunAgain_thenItWasFlakyAndNothingIsPatched() {
            application.unpatchedLine = 0;

            VerificationOutcome outcome = verify(job(Map.of(), "a"));

            assertThat(outcome).isInstanceOf(WasFlaky.class);
            assertThat(application.runs).hasSize(1);
        }
    }

    @Nested
    class GivenARepairThatDoesNotHold {

        @Test
        void whenTheTestFailsAtTheSamePlace_thenItStillFails() {
            application.patched.put("a", List.of(2));

            assertThat(verify(job(Map.of(), "a"))).isInstanceOfSatisfying(StillFails.class, fails -> {
                assertThat(fails.reason()).contains("a still fails at the repaired step", "locator.click");
                assertThat(fails.later()).isEmpty();
            });
        }

        @Test
        void whenTheOnlyTestFailsFurtherOn_thenItIsNotVerified() {
            application.patched.put("a", List.of(3));

            assertThat(verify(job(Map.of(), "a")))
                    .isInstanceOfSatisfying(
                            StillFails.class,
                            fails -> assertThat(fails.reason()).contains("gets past the repaired step", "page.ts:3"));
        }

        @Test
        void whenAllTestsFailFurtherOn_thenEachFailureIsGivenWithThePlacesOfTheProject() {
            application.traced = true;
            application.patched.put("a", List.of(3));
            application.patched.put("b", List.of(3));

            assertThat(verify(job(Map.of(), "a", "b"))).isInstanceOfSatisfying(StillFails.class, fails -> {
                assertThat(fails.later()).extracting(later -> later.test().id()).containsExactly("a", "b");
                assertThat(fails.later()).allSatisfy(later -> {
                    assertThat(FailurePlace.of(later.run().errors(), project).innermost())
                            .isEqualTo("page.ts:3");
                    assertThat(later.run().trace())
                            .hasValueSatisfying(trace -> assertThat(trace).isRegularFile());
                });
            });
        }

        @Test
        void whenOneTestDoesNotGetToTheStep_thenNothingIsKnownOfWhatIsBehindIt() {
            application.traced = true;
            application.patched.put("a", List.of(3));
            application.patched.put("b", List.of(1));

            assertThat(verify(job(Map.of(), "a", "b")))
                    .isInstanceOfSatisfying(
                            StillFails.class, fails -> assertThat(fails.later()).isEmpty());
        }

        @Test
        void whenTheTestPassesOnlySometimes_thenItIsNotVerified() {
            application.patched.put("a", List.of(0, 3));

            assertThat(verify(job(Map.of(), "a")))
                    .isInstanceOfSatisfying(
                            StillFails.class,
                            fails -> assertThat(fails.reason()).contains("passes with the patch once and fails once"));
        }

        @Test
        void whenAUserOfTheDefinitionBreaks_thenItIsNotVerified() {
            application.patched.put("u", List.of(3));

            assertThat(verify(job(Map.of("u", "the other test"), "a")))
                    .isInstanceOfSatisfying(
                            StillFails.class,
                            fails -> assertThat(fails.reason()).contains("the other test passed before"));
        }
    }

    @Nested
    class GivenTwoRepairsForOneTest {

        private VerificationJob both() {
            VerificationJob first = job(Map.of(), "a");
            Patch second = Patches.replace("page.ts", SOURCE, "find('pay')", "find('order')");
            return new VerificationJob(
                    List.of(first.patches().get(0), second),
                    List.of(first.broken().get(0).then(new LaterStep(second, errors(project, 3)))),
                    Map.of(),
                    Map.of(),
                    ReferenceBook.EMPTY);
        }

        @Test
        void whenBothAreRight_thenTheTestRunsWithBothAndEachStepIsChecked() {
            application.traced = true;

            Proof proof = proof(verify(both()));

            assertThat(application.sources)
                    .containsExactly(
                            SOURCE, "line1\nfind('cart')\nfind('order')\n", "line1\nfind('cart')\nfind('order')\n");
            assertThat(proof.checks())
                    .extracting(check -> check.name() + " " + check.reason().substring(0, 9))
                    .containsExactly(
                            "assertion after the step page.ts:2",
                            "post-state page.ts:2",
                            "assertion after the step page.ts:3",
                            "post-state page.ts:3",
                            "negative control page.ts:2",
                            "negative control page.ts:3");
            assertThat(proof.checks())
                    .filteredOn(check -> check.name().equals(Proof.Check.ASSERTION))
                    .extracting(Proof.Check::finding)
                    .containsOnly(Proof.Finding.MISSING);
        }

        @Test
        void whenTheSecondIsWrong_thenItStillFailsThere() {
            application.traced = true;
            application.patched.put("a", List.of(3));

            assertThat(verify(both())).isInstanceOfSatisfying(StillFails.class, fails -> {
                assertThat(fails.reason()).contains("still fails at the repaired step", "line 3");
                assertThat(fails.later()).isEmpty();
            });
        }

        @Test
        void whenTheTestFailsBehindBoth_thenTheNextRepairMayBeginThere() {
            application.traced = true;
            application.patched.put("a", List.of(4));

            assertThat(verify(both()))
                    .isInstanceOfSatisfying(
                            StillFails.class, fails -> assertThat(fails.later()).hasSize(1));
        }
    }

    @Nested
    class GivenNoWayToProveIt {

        @Test
        void whenTheTestFailsElsewhereInTheCopy_thenItCannotRun() {
            application.unpatchedLine = 1;

            assertThat(verify(job(Map.of(), "a")))
                    .isInstanceOfSatisfying(
                            CannotRun.class,
                            cannot -> assertThat(cannot.reason())
                                    .contains("page.ts:1", "page.ts:2", "nothing can be proven"));
        }

        @Test
        void whenTheTestFailsBeforeItGetsToTheStep_thenTheRepairIsNotHeldToBeWrong() {
            application.traced = true;
            application.patched.put("a", List.of(1));

            assertThat(verify(job(Map.of(), "a")))
                    .isInstanceOfSatisfying(
                            CannotRun.class,
                            cannot -> assertThat(cannot.reason())
                                    .contains(
                                            "before it gets to the repaired step",
                                            "page.ts:1",
                                            "Nothing can be proven"));
        }

        @Test
        void whenTheTraceShowsTheStepPassed_thenTheFailureBehindItCounts() {
            application.traced = true;
            application.patched.put("a", List.of(3));

            assertThat(verify(job(Map.of(), "a"))).isInstanceOf(StillFails.class);
        }

        @Test
        void whenATestDoesNotRun_thenItIsNamed() {
            application.missing.add("u");

            assertThat(verify(job(Map.of("u", "user"), "a")))
                    .isInstanceOfSatisfying(
                            CannotRun.class,
                            cannot -> assertThat(cannot.reason()).contains("did not run", "the first is u"));
        }

        @Test
        void whenTheSuiteDoesNotLoad_thenTheReasonIsPassedOn() {
            application.instead = Optional.of(new RunResult.CouldNotRun("The suite does not load: x."));

            assertThat(verify(job(Map.of(), "a")).message()).isEqualTo("The suite does not load: x.");
        }

        @Test
        void whenTheSourceChangedSince_thenNothingIsRunWithThePatch() throws IOException {
            VerificationJob job = job(Map.of(), "a");
            Files.writeString(project.resolve("page.ts"), "// new\n" + SOURCE);

            assertThat(verify(job))
                    .isInstanceOfSatisfying(
                            CannotRun.class,
                            cannot -> assertThat(cannot.reason()).contains("changed since the run"));
            assertThat(application.runs).hasSize(1);
        }

        @Test
        void whenTheTimeIsOver_thenTheBudgetIsSpentAndTheRunsAreKept() {
            application.cost = Duration.ofMinutes(2).toNanos();

            assertThat(verify(job(Map.of(), "a"))).isInstanceOfSatisfying(BudgetSpent.class, spent -> {
                assertThat(spent.reason()).contains("300 s", "run 3");
                assertThat(spent.runs()).hasSize(3);
            });
        }

        @Test
        void whenARunHangs_thenTheTestsThatDidNotEndAreNamed() {
            application.instead = Optional.of(new RunResult.OutOfTime(List.of()));

            assertThat(verify(job(Map.of(), "a")))
                    .isInstanceOfSatisfying(
                            BudgetSpent.class,
                            spent -> assertThat(spent.reason())
                                    .contains("run 1", "ended with all its processes", "not finished: a"));
        }

        @Test
        void whenEachRunIsLimited_thenTheLimitIsWhatIsLeft() {
            application.cost = Duration.ofMinutes(1).toNanos();

            verify(job(Map.of(), "a"));

            assertThat(application.runs)
                    .extracting(TestRunner.Run::limit)
                    .containsExactly(Duration.ofMinutes(5), Duration.ofMinutes(4), Duration.ofMinutes(3));
        }
    }

    @Nested
    class GivenFailurePlaces {

        private FailurePlace place(String stack) {
            return FailurePlace.of(
                    List.of(new ErrorInfo("x", Optional.of(stack), Optional.empty(), Optional.empty())),
                    Path.of("/work/shop"));
        }

        @Test
        void whenAHelperIsCalledFromTwoLines_thenThePlacesDiffer() {
            String helper =
                    "Error: x\n    at Cart.buy (/work/shop/pages/cart.ts:12:7)\n    at /work/shop/tests/a.spec.ts:";

            assertThat(place(helper + "5:3")).isNotEqualTo(place(helper + "9:3"));
            assertThat(place(helper + "5:3").innermost()).isEqualTo("pages/cart.ts:12");
        }

        @Test
        void whenFramesLieInPackagesOrOutside_thenTheyDoNotCount() {
            assertThat(place("Error\n at x (/work/shop/node_modules/lib/a.js:1:1)\n at y (node:internal/a:2:2)")
                            .isKnown())
                    .isFalse();
        }

        @Test
        void whenTheStackHasFileUrls_thenTheyAreRead() {
            assertThat(place("Error\n    at file:///work/shop/tests/a.spec.mjs:4:9")
                            .innermost())
                    .isEqualTo("tests/a.spec.mjs:4");
        }
    }

    @Nested
    class GivenProposalsForManyTests {

        private RootCauses.Proposal proposal(String id, String after, double confidence) {
            return new RootCauses.Proposal(
                    new BrokenTest(id, id, List.of()),
                    Patches.replace("page.ts", SOURCE, "find('buy')", after),
                    confidence);
        }

        @Test
        void whenTheyEditOnePlaceAlike_thenTheyAreOneCause() {
            List<RootCauses.RootCause> causes =
                    RootCauses.of(List.of(proposal("a", "x", 0.9), proposal("b", "x", 0.95), proposal("a", "x", 0.8)));

            assertThat(causes).singleElement().satisfies(cause -> {
                assertThat(cause.tests()).extracting(BrokenTest::id).containsExactly("b", "a");
                assertThat(cause.contested()).isEqualTo(RootCauses.Contested.AGREED);
            });
        }

        @Test
        void whenTheyDisagree_thenTheMostConfidentWinsAndItIsContested() {
            assertThat(RootCauses.of(List.of(proposal("a", "x", 0.9), proposal("b", "y", 0.95))))
                    .singleElement()
                    .satisfies(cause -> {
                        assertThat(cause.patch().after()).isEqualTo("y");
                        assertThat(cause.contested()).isEqualTo(RootCauses.Contested.CONTESTED);
                    });
        }
    }
}
