package io.evenkeel.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.Learner;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.verify.VerificationOutcome.BudgetSpent;
import io.evenkeel.pipeline.verify.VerificationOutcome.StillFails;
import io.evenkeel.pipeline.verify.VerificationOutcome.Verified;
import io.evenkeel.pipeline.verify.VerificationOutcome.WasFlaky;
import io.evenkeel.pipeline.workcopy.WorkCopy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Proofs with Playwright itself, in a real browser. */
class VerifierIT {

    private static final String CONFIG = """
            import { defineConfig } from '@playwright/test';
            export default defineConfig({
              testDir: './tests',
              retries: 2,
              workers: 1,
              timeout: 20_000,
              reporter: [['json', { outputFile: 'report.json' }]],
              expect: { timeout: 3_000 },
              use: { actionTimeout: 3_000, trace: 'off' },
            });
            """;

    private static final String PAGE = """
            import type { Page } from '@playwright/test';

            export class Cart {
              readonly buy;
              constructor(readonly page: Page) {
                this.buy = page.getByTestId('buy');
              }
              async open() {
                await this.page.setContent(`
                  <button data-testid="add-to-cart" onclick="status.textContent = '1 item'">Add</button>
                  <button data-testid="wishlist" onclick="status.textContent = 'wished'">Wish</button>
                  <p role="status"></p><p id="total">9</p>
                  <script>var status = document.querySelector('[role=status]');</script>`.replaceAll('status.text', "document.querySelector('[role=status]').text"));
              }
              async buyOne() {
                await this.buy.click();
              }
            }
            """;

    private static final String GOOD_PAGE = PAGE.replace("data-testid=\"add-to-cart\"", "data-testid=\"buy\"");

    private static final String SPEC = """
            import { test, expect } from '@playwright/test';
            import { Cart } from './pages/cart';

            test('buys', async ({ page }) => {
              const cart = new Cart(page);
              await cart.open();
              await cart.buyOne();
              await expect(page.getByRole('status')).toHaveText('1 item');
            });

            test('shows the total', async ({ page }) => {
              const cart = new Cart(page);
              await cart.open();
              await cart.buyOne();
              await expect(page.locator('#total')).toHaveText('10');
            });

            test('keeps the total', async ({ page }) => {
              const cart = new Cart(page);
              await cart.open();
              await cart.buyOne();
              await expect(page.locator('#total')).toHaveText('9');
              await page.getByRole('status').click();
            });

            test('opens', async ({ page }) => {
              await new Cart(page).open();
              await expect(page.getByTestId('wishlist')).toBeVisible();
            });

            test('hangs', async ({ page }) => {
              test.setTimeout(0);
              if (process.env.VERIFIER_HANGS) await new Promise(() => setInterval(() => {}, 1000));
            });
            """;

    @TempDir
    static Path temp;

    private static Path project;
    private static RunCommand command;
    private static Suite suite;

    @BeforeAll
    static void layOut() throws Exception {
        Path target = temp.resolve("project");
        command = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", target);
        project = target.toRealPath();
        command = command.in(project);
        Files.delete(project.resolve("tests/fails.spec.ts"));
        Files.writeString(project.resolve("playwright.config.ts"), CONFIG);
        Files.createDirectories(project.resolve("tests/pages"));
        Files.writeString(project.resolve("tests/pages/cart.ts"), PAGE);
        Files.writeString(project.resolve("tests/shop.spec.ts"), SPEC);
        suite = new Discovery(temp.resolve("discovery"), System.getenv())
                .discover(command)
                .match(found -> found.suite(), failed -> {
                    throw new AssertionError(failed.message());
                });
        Files.createDirectory(temp.resolve("copies"));
    }

    private static String id(String title) {
        return suite.tests().stream()
                .filter(test -> test.place().fullTitle().equals(title))
                .map(SuiteTest::id)
                .findFirst()
                .orElseThrow();
    }

    private static TestRunner runner(RunCommand command) {
        return new AgentTestRunner(command, project, System.getenv(), InstantSource.system(), line -> {});
    }

    /** Runs a test in the project as a user would, to have its errors. */
    private static BrokenTest broken(String title) throws Exception {
        Path record = Files.createTempDirectory(temp, "first");
        return runner(command)
                .run(new TestRunner.Run(project, List.of(id(title)), record, Duration.ofMinutes(3)))
                .match(
                        ended -> new BrokenTest(
                                id(title), title, ended.tests().get(0).errors()),
                        late -> {
                            throw new AssertionError("too slow");
                        },
                        cannot -> {
                            throw new AssertionError(cannot.reason());
                        });
    }

    private static Patch patch(String testId, CallSite... users) {
        return Patches.replace(
                "tests/pages/cart.ts", PAGE, "getByTestId('buy')", "getByTestId('" + testId + "')", users);
    }

    private static VerificationOutcome verify(RunCommand command, VerificationJob job, Duration budget)
            throws Exception {
        Verifier.ProjectPlace place = new Verifier.ProjectPlace(project, project, temp.resolve("copies"));
        return new Verifier(runner(command), place, VerifierIT::layOver, System::nanoTime)
                .verify(job, Files.createTempDirectory(temp, "record"), budget);
    }

    /** The last good release: the button had the test id that the tests ask for. */
    private static Optional<String> layOver(Path copy) {
        try {
            Files.writeString(copy.resolve("tests/pages/cart.ts"), GOOD_PAGE);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /** What a passing run on the last good release teaches. */
    private static ReferenceBook learned(String... titles) throws Exception {
        Path good = Files.createTempDirectory(temp, "good").toRealPath();
        try (WorkCopy copy = WorkCopy.ofTree(project, good, WorkCopy.Limits.within(Duration.ofMinutes(1)))) {
            layOver(copy.folder());
            List<Reference> references = new ArrayList<>();
            Path record = Files.createTempDirectory(temp, "learn");
            RunResult result = runner(command)
                    .run(new TestRunner.Run(
                            copy.folder(),
                            Stream.of(titles).map(VerifierIT::id).toList(),
                            record,
                            Duration.ofMinutes(3)));
            List<TestRun> tests = result.match(ended -> ended.tests(), late -> List.of(), cannot -> List.of());
            assertThat(tests).hasSize(titles.length).allMatch(TestRun::passed);
            for (TestRun test : tests) {
                references.addAll(new Learner(copy.folder().toString())
                        .learn(TraceFile.at(test.trace().orElseThrow())));
            }
            return ReferenceBook.EMPTY.with(references);
        }
    }

    private static Proof.Check check(VerificationOutcome outcome, String name) {
        Proof proof = outcome.match(Verified::proof, s -> none(s), f -> none(f), b -> none(b), c -> none(c));
        return proof.checks().stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static VerificationJob job(Patch patch, Map<String, String> users, BrokenTest... broken) {
        return new VerificationJob(List.of(patch), List.of(broken), users, Map.of(), ReferenceBook.EMPTY);
    }

    /** The user's files; test results and reports of the first run are the user's too. */
    private static Map<String, String> files() throws Exception {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(project)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                content.put(project.relativize(file).toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }

    @Nested
    class GivenALocatorInAPageObject {

        @Test
        void whenTheRightRepairIsProven_thenAllItsTestsPassAndTheRealDefectIsNamed() throws Exception {
            SourceFiles sources = SourceFiles.of(Map.of(
                    "tests/pages/cart.ts", PAGE.getBytes(StandardCharsets.UTF_8),
                    "tests/shop.spec.ts", SPEC.getBytes(StandardCharsets.UTF_8)));
            BrokenTest buys = broken("buys");
            BrokenTest total = broken("shows the total");
            Patch patch = patch("add-to-cart", new CallSite("tests/pages/cart.ts", 17, 11));
            Map<String, String> users = new DefinitionUsers(suite, project, sources)
                    .of(patch, Set.of(buys.id(), total.id(), id("keeps the total"), id("hangs")), 10);
            Map<String, String> before = files();

            VerificationOutcome outcome = verify(command, job(patch, users, buys, total), Duration.ofMinutes(5));

            assertThat(outcome.message()).startsWith("Fails without the patch");
            Proof proof = outcome.match(Verified::proof, s -> none(s), f -> none(f), b -> none(b), c -> none(c));
            assertThat(users).containsOnlyKeys(id("opens"));
            assertThat(proof.passed()).containsExactly(buys.id());
            assertThat(proof.usersPassed()).isEqualTo(1);
            assertThat(proof.laterFailures())
                    .singleElement()
                    .satisfies(later -> assertThat(later.reason()).contains("tests/shop.spec.ts:15", "toHaveText"));
            assertThat(proof.checks()).anySatisfy(check -> {
                assertThat(check.name()).isEqualTo("assertion after the step");
                assertThat(check.finding()).isEqualTo(Proof.Finding.HOLDS);
            });
            assertThat(proof.runs())
                    .allSatisfy(run -> assertThat(run.tests())
                            .allSatisfy(test -> assertThat(test.trace())
                                    .hasValueSatisfying(
                                            trace -> assertThat(trace).isRegularFile())));
            assertThat(files()).isEqualTo(before);
            try (Stream<Path> left = Files.list(temp.resolve("copies"))) {
                assertThat(left).isEmpty();
            }
        }

        @Test
        void whenAnotherElementIsTaken_thenTheAssertionAfterItRefusesTheRepair() throws Exception {
            VerificationOutcome outcome =
                    verify(command, job(patch("wishlist"), Map.of(), broken("buys")), Duration.ofMinutes(5));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            StillFails.class,
                            fails -> assertThat(fails.reason())
                                    .contains("gets past the repaired step", "shop.spec.ts:8"));
        }

        @Test
        void whenTheNewLocatorFindsNothing_thenItStillFailsAtTheStep() throws Exception {
            VerificationOutcome outcome =
                    verify(command, job(patch("nowhere"), Map.of(), broken("buys")), Duration.ofMinutes(5));

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            StillFails.class,
                            fails -> assertThat(fails.reason()).contains("still fails at the repaired step"));
        }
    }

    @Nested
    class GivenAReferenceFromTheLastGoodRelease {

        private VerificationJob job(Patch patch, String title) throws Exception {
            return new VerificationJob(
                    List.of(patch), List.of(broken(title)), Map.of(), Map.of(), learned("buys", "keeps the total"));
        }

        @Test
        void whenTheNewLocatorIsRight_thenItFindsNothingThereAndThePostStateHolds() throws Exception {
            VerificationOutcome outcome = verify(command, job(patch("add-to-cart"), "buys"), Duration.ofMinutes(5));

            assertThat(check(outcome, Proof.Check.CONTROL).finding()).isEqualTo(Proof.Finding.HOLDS);
            assertThat(check(outcome, Proof.Check.CONTROL).reason()).contains("finds nothing");
            assertThat(check(outcome, Proof.Check.POST_STATE).finding()).isEqualTo(Proof.Finding.HOLDS);
        }

        @Test
        void whenAGreenTestHidesTheWrongElement_thenTheLastGoodReleaseRefutesIt() throws Exception {
            VerificationOutcome outcome =
                    verify(command, job(patch("wishlist"), "keeps the total"), Duration.ofMinutes(5));

            assertThat(check(outcome, Proof.Check.CONTROL).finding()).isEqualTo(Proof.Finding.REFUTES);
            assertThat(check(outcome, Proof.Check.CONTROL).reason()).contains("button \"Wish\"", "button \"Add\"");
            assertThat(outcome.message()).contains("finds another element");
        }

        @Test
        void whenTheStepsBehindFindSomethingElse_thenThePostStateSaysSo() throws Exception {
            VerificationJob plain = job(patch("add-to-cart"), "keeps the total");
            ReferenceBook role = new ReferenceBook(plain.references().references().stream()
                    .map(r -> r.locator().contains("status")
                            ? new Reference(r.site(), r.locator(), r.action(), button(r.element()), r.page())
                            : r)
                    .toList());

            VerificationOutcome outcome = verify(
                    command,
                    new VerificationJob(plain.patches(), plain.broken(), Map.of(), Map.of(), role),
                    Duration.ofMinutes(5));

            assertThat(check(outcome, Proof.Check.POST_STATE).finding()).isEqualTo(Proof.Finding.MISSING);
            assertThat(check(outcome, Proof.Check.POST_STATE).reason())
                    .contains("getByRole('status')", "used to find button");
        }

        private Fingerprint button(Fingerprint element) {
            return new Fingerprint(
                    new Nature("button", "button"),
                    element.wording(),
                    element.attributes(),
                    element.placement(),
                    element.box());
        }
    }

    @Nested
    class GivenATestThatPasses {

        @Test
        void whenItIsRunWithoutThePatch_thenItWasFlaky() throws Exception {
            BrokenTest flaky =
                    new BrokenTest(id("opens"), "opens", broken("buys").errors());

            assertThat(verify(command, job(patch("add-to-cart"), Map.of(), flaky), Duration.ofMinutes(5)))
                    .isInstanceOf(WasFlaky.class);
        }
    }

    @Nested
    class GivenARunThatHangs {

        @Test
        void whenTheTimeIsOver_thenItIsEndedWithAllItsProcesses() throws Exception {
            RunCommand hanging = command.withEnvironment(Map.of("VERIFIER_HANGS", "1"));
            BrokenTest hangs = new BrokenTest(id("hangs"), "hangs", List.of());

            VerificationOutcome outcome =
                    verify(hanging, job(patch("add-to-cart"), Map.of(), hangs), Duration.ofSeconds(15));

            assertThat(outcome).isInstanceOf(BudgetSpent.class);
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    private static Proof none(VerificationOutcome outcome) {
        throw new AssertionError(outcome.message());
    }
}
