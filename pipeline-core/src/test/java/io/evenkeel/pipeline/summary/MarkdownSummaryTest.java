package io.evenkeel.pipeline.summary;

import static io.evenkeel.flaky.history.AttemptStatus.FAILED;
import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEvidence;
import io.evenkeel.pipeline.protocol.RunEvent.Heal;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.protocol.RunEvent.TestPlace;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MarkdownSummaryTest {

    /** A run with a bit of everything; the page is committed so that a change of it is seen by a reviewer. */
    @Nested
    class GivenARunWithABitOfEverything {

        @Test
        void whenWritten_thenItIsTheGoldenPage() throws Exception {
            MarkdownOptions options = new MarkdownOptions(
                    MarkdownOptions.COMMENT,
                    "https://ci.example/job/7/report",
                    "https://ci.example/job/7",
                    "npx playwright test");

            String page = MarkdownSummary.of(everything(), options);

            Path actual = Files.writeString(Path.of("target/summary-golden.md"), page);
            assertThat(page).as("%s", actual.toAbsolutePath()).isEqualTo(golden());
        }

        @Test
        void whenTheBudgetIsSmall_thenThePageFitsAndNamesWhatWasCut() {
            for (int budget = 2_000; budget < 12_000; budget += 500) {
                String page = MarkdownSummary.of(
                        everything(),
                        new MarkdownOptions(budget, "https://ci.example/report", "", "npx playwright test"));

                assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(budget);
                assertThat(page).startsWith("### ❌ 3 of 6 tests failed: 1 new, 1 known flaky, 1 quarantined");
                assertThat(count(page, "<details><summary>")).isEqualTo(count(page, "\n</details>\n"));
                assertThat(count(page, "\n```")).isEven();
            }
            assertThat(MarkdownSummary.of(
                            everything(),
                            new MarkdownOptions(2_000, "https://ci.example/report", "", "npx playwright test")))
                    .contains("_Cut to size here: ")
                    .contains("[the report](https://ci.example/report) has the whole._");
        }
    }

    @Nested
    class GivenAGreenRun {

        private final SampleRun run = new SampleRun();

        @Test
        void whenNothingWasHealed_thenAnOldCommentBecomesOneGreenLine() {
            run.executor("a").selects("one").runs("one", PASSED).endsRun("passed");

            assertThat(CommentAdvice.of(run.summary())).isEqualTo(CommentAdvice.ONLY_UPDATE);
            assertThat(MarkdownSummary.verdictLine(run.summary())).isEqualTo("### ✅ The 1 test passed.\n");
        }

        @Test
        void whenATestIsMissing_thenItIsNotGreen() {
            run.executor("a").selects("one", "two").runs("one", PASSED).endsRun("passed");

            assertThat(CommentAdvice.of(run.summary())).isEqualTo(CommentAdvice.WRITE);
            assertThat(MarkdownSummary.of(run.summary(), MarkdownOptions.plain(5_000)))
                    .startsWith("### ⚠️ 1 of 2 tests never ran")
                    .contains("`shop › two` · `desktop` · `two.spec.ts:7` – no reason is known");
        }
    }

    @Nested
    class GivenManyFailures {

        @Test
        void whenWritten_thenTenAreDetailedAndTheRestListed() {
            SampleRun run = new SampleRun();
            SampleRun.Executor executor = run.executor("a");
            IntStream.range(0, 5_000).forEach(i -> {
                executor.selects("t" + i);
                executor.fails("t" + i, "Error: " + "long ".repeat(100));
            });
            executor.endsRun("failed");

            String page = MarkdownSummary.of(run.summary(), MarkdownOptions.plain(MarkdownOptions.COMMENT));

            assertThat(page).contains("More failures (4,990)").contains("- … and 4,790 more");
            assertThat(count(page, "<details><summary><code>")).isEqualTo(10);
        }
    }

    private static RunSummary everything() {
        SampleRun run = new SampleRun();
        run.builder.plan(List.of(
                new PlannedShard(1, Duration.ofMillis(7_500), List.of("cart", "login", "search")),
                new PlannedShard(2, Duration.ofMillis(6_000), List.of("wish", "orders", "hostile"))));
        SampleRun.Executor one = run.executor("shard-1");
        one.selects("setup", "cart", "login", "search").runs("setup", PASSED);
        one.fails("cart", """
                \u001b[31mTimeoutError: locator.click: Timeout 1500ms exceeded.\u001b[39m
                Call log:
                  - waiting for getByRole('button', { name: 'Add to cart' })
                """);
        one.runs("login", FAILED, PASSED).runs("search", PASSED);
        one.says(new Heal(heal())).says(new Heal(refusal())).endsRun("failed");
        SampleRun.Executor two = run.executor("shard-2");
        two.selects("setup", "wish", "orders").runs("setup", PASSED).runs("wish", FAILED, FAILED);
        two.fails("orders", "Error: page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:3000/orders");
        two.selects(hostile())
                .ends("hostile", 0, PASSED, AttemptEvidence.none())
                .endsRun("failed");
        return run.summary(Map.of(
                "cart", new FailureLabel(Kind.NEW, "passed the last 120 runs on main, fails since this change"),
                "wish", new FailureLabel(Kind.KNOWN_FLAKY, "failed 9 of its last 60 runs on main, see #412"),
                "orders", new FailureLabel(Kind.QUARANTINED, "since 2026-11-02, by @ann")));
    }

    private static TestSelected hostile() {
        return new TestSelected(
                "hostile",
                "desktop",
                new TestPlace("hostile.spec.ts", List.of(HOSTILE), 3, 1, "default"),
                List.of(),
                AttemptStatus.PASSED);
    }

    private static HealEvent heal() {
        return new HealEvent(
                new HealSubject("cart", "pages/cart-page.ts", 12, "locator-not-found", Optional.empty()),
                new HealLocator(
                        "getByRole('button', { name: 'Add to cart' })",
                        Optional.of("getByRole('button', { name: 'Put in basket' })"),
                        "text",
                        Map.of("text", 0.6, "role", 0.4)),
                new HealDecision(0.97, "auto", "the button has a new name", Duration.ofMillis(80)),
                Optional.of(new HealVerification("failed", List.of("passed", "passed"), 3, true)),
                Optional.of("""
                        --- a/pages/cart-page.ts
                        +++ b/pages/cart-page.ts
                        @@ -12 +12 @@
                        -  add = this.page.getByRole('button', { name: 'Add to cart' });
                        +  add = this.page.getByRole('button', { name: 'Put in basket' });
                        """));
    }

    private static HealEvent refusal() {
        return new HealEvent(
                new HealSubject("wish", "wish.spec.ts", 9, "text-differs", Optional.empty()),
                new HealLocator("getByTestId('wish-count')", Optional.empty(), "", Map.of()),
                new HealDecision(
                        0.02, "refused", "the element is there and shows \"2\", the test wants \"3\"", Duration.ZERO),
                Optional.empty(),
                Optional.empty());
    }

    static final String HOSTILE =
            "@everyone #1 a|b `tick` ``` <img src=x onerror=alert(1)> </code></details> [x](javascript:1)\n# head\r\n\u001b[31mred\u202e";

    private static String golden() throws IOException {
        try (var in = MarkdownSummaryTest.class.getResourceAsStream("/summary/golden.md")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
