package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.Learner;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.playwright.PlaywrightFixture;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.protocol.RunEvent.Attachment;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.HealCheck;
import io.evenkeel.pipeline.protocol.RunEvent.Lane;
import io.evenkeel.pipeline.protocol.RunEvent.Stored;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.verify.AgentTestRunner;
import io.evenkeel.pipeline.verify.TestRun;
import io.evenkeel.pipeline.verify.TestRunner;
import io.evenkeel.pipeline.verify.VerificationJob;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import io.evenkeel.pipeline.verify.Verifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A redesign that renamed a class which two locators of one test use, diagnosed and proven in a real browser. */
class RepairChainIT {

    private static final String CONFIG = """
            import { defineConfig } from '@playwright/test';
            export default defineConfig({
              testDir: './tests',
              workers: 1,
              timeout: 20_000,
              expect: { timeout: 3_000 },
              use: { actionTimeout: 3_000, trace: 'on' },
            });
            """;

    private static final String PAGE = """
            import type { Page } from '@playwright/test';

            export class Cart {
              readonly buy;
              readonly pay;
              constructor(readonly page: Page) {
                this.buy = page.locator('.cart-form .cart-add');
                this.pay = page.locator('.cart-form .cart-order');
              }
            }
            """;

    /** The page the tests open; the order can be sent when something is in the cart. */
    private static final String SHOP = """
            export const shop = `
              <header><h1>Shop</h1><a href="#home">Home</a></header>
              <main><form class="CLASS-form" onsubmit="return false">
                <button class="CLASS-add" type="button">Add to cart</button>
                <button class="CLASS-wish" type="button">Wish for it</button>
                <p role="status"></p>
                <button class="CLASS-order" type="button">Order now</button>
                <p id="order">none</p>
              </form></main>
              <script>
                document.querySelector('.CLASS-add').onclick = () => {
                  document.querySelector('[role=status]').textContent = '1 item';
                };
                document.querySelector('.CLASS-order').onclick = () => {
                  document.querySelector('#order').textContent = 'ordered';
                };
              </script>`;
            """;

    private static final String SPEC = """
            import { test, expect } from '@playwright/test';
            import { Cart } from './cart';
            import { shop } from './shop';

            test('orders', async ({ page }) => {
              await page.setContent(shop);
              const cart = new Cart(page);
              await cart.buy.click();
              await cart.pay.click();
              await expect(page.locator('#order')).toHaveText('ordered');
            });

            test('totals', async ({ page }) => {
              await page.setContent(shop);
              await new Cart(page).buy.click();
              await expect(page.getByRole('status')).toHaveText('2 items');
            });
            """;

    @TempDir
    static Path temp;

    private static Path project;
    private static TestRunner runner;
    private static Suite suite;
    private static ReferenceBook references;

    @BeforeAll
    static void layOut() throws Exception {
        Path target = temp.resolve("project");
        RunCommand command = PlaywrightFixture.project(PlaywrightFixture.NEWEST, "fails", target);
        project = target.toRealPath();
        command = command.in(project);
        Files.delete(project.resolve("tests/fails.spec.ts"));
        Files.writeString(project.resolve("playwright.config.ts"), CONFIG);
        Files.writeString(project.resolve("tests/cart.ts"), PAGE);
        Files.writeString(project.resolve("tests/shop.spec.ts"), SPEC);
        Files.createDirectory(temp.resolve("copies"));
        release("cart");
        suite = new Discovery(temp.resolve("discovery"), System.getenv())
                .discover(command)
                .match(found -> found.suite(), failed -> {
                    throw new AssertionError(failed.message());
                });
        runner = new AgentTestRunner(command, project, System.getenv(), InstantSource.system(), line -> {});
        List<Reference> learned = new ArrayList<>();
        TestRun good = run("orders");
        assertThat(good.passed()).isTrue();
        learned.addAll(
                new Learner(project.toString()).learn(TraceFile.at(good.trace().orElseThrow())));
        references = ReferenceBook.EMPTY.with(learned);
        release("basket");
    }

    private static void release(String name) throws IOException {
        Files.writeString(project.resolve("tests/shop.ts"), SHOP.replace("CLASS", name));
    }

    private static SuiteTest test(String title) {
        return suite.tests().stream()
                .filter(test -> test.place().fullTitle().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static TestRun run(String title) throws IOException {
        Path record = Files.createTempDirectory(temp, "run").toRealPath();
        return runner.run(new TestRunner.Run(project, List.of(test(title).id()), record, Duration.ofMinutes(3)))
                .match(ended -> ended.tests().get(0), late -> none(), cannot -> none());
    }

    private static TestRun none() {
        throw new AssertionError("The test did not run.");
    }

    private static HealResult heal(String title) throws IOException {
        TestRun failed = run(title);
        assertThat(failed.passed()).isFalse();
        AttemptEnd end = new AttemptEnd(
                failed.id(),
                0,
                new AttemptOutcome(
                        failed.status(), failed.expected(), Instant.EPOCH, Duration.ofSeconds(1), new Lane(0, 0)),
                new AttemptEvidence(
                        failed.errors(),
                        List.of(new Attachment(
                                "trace",
                                "application/zip",
                                failed.trace().map(Path::toString),
                                Optional.empty(),
                                Stored.nowhere())),
                        List.of()));
        TestSelected selected = new TestSelected(
                failed.id(),
                "",
                new TestPlace("shop.spec.ts", List.of(title), 1, 1, "default"),
                List.of(),
                AttemptStatus.PASSED);
        List<HealResult> results = new HealJob(
                        new Healer()::diagnose,
                        RepairChainIT::verify,
                        HealLimits.STANDARD,
                        System::nanoTime,
                        line -> {})
                .heal(new HealJob.Request(
                        new RunRecord(List.of(selected), new LinkedHashMap<>(Map.of(failed.id(), end)), Map.of()),
                        suite,
                        ProjectSources.in(project),
                        new HealJob.Memory(references, PastDecisions.NONE),
                        new SourcePlaces(project.toString(), List.of())));
        assertThat(results).hasSize(1);
        return results.get(0);
    }

    private static VerificationOutcome verify(VerificationJob job, Duration budget) {
        Verifier.ProjectPlace place = new Verifier.ProjectPlace(project, project, temp.resolve("copies"));
        try {
            return new Verifier(runner, place, RepairChainIT::layOver, System::nanoTime)
                    .verify(job, Files.createTempDirectory(temp, "record"), budget);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> layOver(Path copy) {
        try {
            Files.writeString(copy.resolve("tests/shop.ts"), SHOP.replace("CLASS", "cart"));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Nested
    class GivenTwoBrokenLocatorsInOneTest {

        @Test
        void whenItIsHealed_thenBothAreRepairedAndProvenTogether() throws Exception {
            HealResult result = heal("orders");

            assertThat(result.event().decision().reason())
                    .contains("2 locators are repaired together", "Fails without the patch");
            assertThat(result.verified()).isTrue();
            assertThat(result.patches())
                    .extracting(patch -> patch.definition().site().line())
                    .containsExactly(7, 8);
            byte[] page = PatchedSources.applied(result.patches(), PAGE.getBytes(StandardCharsets.UTF_8));
            assertThat(new String(page, StandardCharsets.UTF_8)).doesNotContain(".cart-");
            List<HealCheck> checks = result.event().verification().orElseThrow().checks();
            assertThat(checks)
                    .filteredOn(check -> check.name().equals("negative control"))
                    .hasSize(2)
                    .allSatisfy(check -> assertThat(check.finding()).isEqualTo("holds"));
            assertThat(checks)
                    .filteredOn(check -> check.name().equals("assertion after the step"))
                    .hasSize(2)
                    .allSatisfy(check -> assertThat(check.finding()).isEqualTo("holds"));
            assertThat(project.resolve("tests/cart.ts")).hasContent(PAGE);
        }
    }

    @Nested
    class GivenADefectBehindABrokenLocator {

        @Test
        void whenItIsHealed_thenNothingIsProposedAndTheDefectIsNamed() throws Exception {
            HealResult result = heal("totals");

            assertThat(result.event().decision().tier()).isEqualTo("refused");
            assertThat(result.patches()).isEmpty();
            assertThat(result.event().decision().reason())
                    .contains("gets past the repaired step", "shop.spec.ts:16", "That cannot be repaired");
        }
    }
}
