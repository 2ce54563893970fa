package io.evenkeel.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import io.evenkeel.coordinator.SpoolScript.Test;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The pages in a real browser: what they show, that they follow a run, and that nothing in them breaks the strict policy. */
@SuppressWarnings({"NullAway.Init", "ClassCanBeStatic"}) // JUnit fills the fields and needs inner classes
class DashboardIT {

    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final Test CART = new Test("cart.spec.ts", List.of("cart", "adds an article"), "desktop");
    private static final Test PAY = new Test("checkout.spec.ts", List.of("checkout", "pays by card"), "desktop");
    private static final Test COUPON = new Test("checkout.spec.ts", List.of("checkout", "accepts a coupon"), "mobile");
    private static final String BROKEN =
            "Error: locator.click: Timeout 5000ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Pay now' })";
    private static final String SNIPPET =
            "  10 |   await page.goto('/checkout');\n  11 |   await page.getByLabel('Card').fill('4111');\n> 12 |   await page.getByRole('button', { name: 'Pay now' }).click();\n     |                                                       ^\n  13 |   await expect(page.getByText('Thank you')).toBeVisible();";

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    private Path folder;

    private Coordinator coordinator;
    private Ci ci;
    private BrowserContext context;
    private Page page;
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    static void launch() throws IOException {
        Files.createDirectories(PICTURES);
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node())));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--no-first-run")));
    }

    @AfterAll
    static void quit() {
        playwright.close();
    }

    @BeforeEach
    void start() {
        coordinator = Coordinator.start(Settings.local(folder));
        ci = Ci.of(coordinator, coordinator.projects().add("shop", "Shop").token());
        openContext(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void stop() {
        context.close();
        coordinator.close();
    }

    @Nested
    class GivenNoRun {

        @org.junit.jupiter.api.Test
        void whenTheListIsOpened_thenItTellsHowToBegin() {
            page.navigate(coordinator.url().toString());

            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, named("No runs yet")))
                    .isVisible();
            picture("empty");
            assertThat(complaints).isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenARunIsMissing_thenThePageSaysSo() {
            page.navigate(coordinator.url() + "/runs/77");

            PlaywrightAssertions.assertThat(page.getByText("There is no run 77"))
                    .isVisible();
        }
    }

    @Nested
    class GivenAFailedRunWithHistory {

        private long run;

        @BeforeEach
        void recordRuns() {
            for (int i = 1; i <= 6; i++) {
                SpoolScript script = suite(1_790_000_000_000L + i * 3_600_000L);
                script.end(CART, 0, "passed", 812).end(PAY, 0, "passed", 2300);
                if (i % 3 == 0) {
                    script.fail(
                                    COUPON,
                                    0,
                                    "Error: expect(locator).toHaveText(expected) failed\n\nExpected: \"10 % off\"\nReceived: \"\"",
                                    SNIPPET)
                            .end(COUPON, 1, "passed", 640);
                } else {
                    script.end(COUPON, 0, "passed", 640);
                }
                record("history-" + i, script, "passed", 0);
            }
            String picture = ci.store(screenshot());
            String trace = ci.store(new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
            SpoolScript script = suite(1_790_100_000_000L).end(CART, 0, "passed", 790);
            script.fail(PAY, 0, BROKEN, SNIPPET, "screenshot", "image/png", picture, "trace", "application/zip", trace);
            script.fail(PAY, 1, BROKEN, SNIPPET, "screenshot", "image/png", picture);
            script.fail(COUPON, 0, "Error: expect(locator).toHaveText(expected) failed", SNIPPET)
                    .end(COUPON, 1, "passed", 655);
            script.heal(heal()).heal(refused());
            run = record("build-482", script, "failed", 1);
        }

        @org.junit.jupiter.api.Test
        void whenTheListIsOpened_thenItShowsTheSentenceAndTheCounts() {
            page.navigate(coordinator.url().toString());

            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.LINK, named("1 of 3 tests failed")))
                    .isVisible();
            PlaywrightAssertions.assertThat(page.locator(".run")).hasCount(7);
            picture("runs");
            page.getByRole(AriaRole.NAVIGATION, inNavigation("Status"))
                    .getByText("failed")
                    .click();
            PlaywrightAssertions.assertThat(page.locator(".run")).hasCount(1);
            assertThat(complaints).isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenTheListIsOpened_thenItBeginsWithWhatToDoNext() {
            page.navigate(coordinator.url().toString());

            Locator fix = page.locator(".panel .advice .fix-now");
            PlaywrightAssertions.assertThat(fix).containsText("Repair the flaky test");
            PlaywrightAssertions.assertThat(fix).containsText("checkout › accepts a coupon");
            PlaywrightAssertions.assertThat(fix.locator(".why")).containsText("3 flakes in 7 runs");
            picture("advice-top");
            page.navigate(coordinator.url() + "/advice");
            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING, named("What to do next")))
                    .isVisible();
            PlaywrightAssertions.assertThat(page.locator(".advice .rerun-to-decide"))
                    .containsText("checkout › pays by card");
            picture("advice");
            fix = page.locator(".advice .fix-now");
            fix.getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName("Show the run"))
                    .click();
            PlaywrightAssertions.assertThat(page)
                    .hasURL(coordinator.url() + "/runs/" + run + "?q=checkout.spec.ts#tests");
            PlaywrightAssertions.assertThat(page.locator("#tests li")).hasCount(2);
            assertThat(complaints).isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenTheRunIsOpened_thenTheFailureComesFirstWithItsEvidence() {
            page.navigate(coordinator.url() + "/runs/" + run);

            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.HEADING).first())
                    .containsText("1 of 3 tests failed, 1 passed only after a retry.");
            Locator card = page.locator(".card").first();
            PlaywrightAssertions.assertThat(card.locator(".message").first()).containsText("waiting for getByRole");
            PlaywrightAssertions.assertThat(card.locator(".snippet").first()).containsText("Pay now");
            PlaywrightAssertions.assertThat(card.locator(".label")).hasText("new");
            PlaywrightAssertions.assertThat(card.locator(".evidence")).containsText("it passed its last 6 runs");
            PlaywrightAssertions.assertThat(card.getByText("npx playwright show-trace http"))
                    .isVisible();
            assertThat(card.locator("img").first().evaluate("image => image.decode().then(() => image.naturalWidth)"))
                    .isEqualTo(320);
            PlaywrightAssertions.assertThat(page.locator(".card.flaky .label")).hasText("known flaky");
            picture("failed");
            assertThat(complaints).isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenTheRunIsOpened_thenRepairsShowTheirProofAndPatch() {
            page.navigate(coordinator.url() + "/runs/" + run);

            Locator verified = page.locator(".heal.verified");
            PlaywrightAssertions.assertThat(verified.locator("code.add"))
                    .hasText("getByRole('button', { name: 'Pay' })");
            PlaywrightAssertions.assertThat(verified.locator(".proof li")).hasCount(4);
            PlaywrightAssertions.assertThat(verified.locator(".diff .add")).hasCount(1);
            PlaywrightAssertions.assertThat(page.locator(".heal.refused")).containsText("not on the page");
            page.locator("#h-heals").scrollIntoViewIfNeeded();
            picture("healed");
        }

        @org.junit.jupiter.api.Test
        void whenTheReviewPageIsOpened_thenItListsProposalsDecisionsAndRefusals() {
            ci.send(
                    "PUT",
                    "/api/v1/healing/proposals",
                    "{\"file\":\"" + heal().path("file").asText()
                            + "\",\"originalSelector\":\"getByRole('button', { name: 'Pay now' })\",\"healedSelector\":\"getByRole('button', { name: 'Pay' })\",\"state\":\"rejected\",\"by\":\"ann <b>\",\"reason\":\"wrong button\",\"pullRequest\":\"javascript:alert(1)\"}");

            page.navigate(coordinator.url() + "/healing");

            Locator proposal = page.locator(".heal.proposal");
            PlaywrightAssertions.assertThat(proposal).hasCount(1);
            PlaywrightAssertions.assertThat(proposal.locator(".label")).hasText("rejected");
            PlaywrightAssertions.assertThat(proposal).containsText("rejected by ann <b> on");
            PlaywrightAssertions.assertThat(proposal).containsText("wrong button");
            PlaywrightAssertions.assertThat(proposal.getByText("pull request")).hasCount(0);
            PlaywrightAssertions.assertThat(
                            page.locator("table.success tbody tr").first())
                    .containsText("0 %");
            picture("healing");
            page.getByRole(
                            AriaRole.LINK,
                            new Page.GetByRoleOptions().setName("refused").setExact(true))
                    .click();
            PlaywrightAssertions.assertThat(page.locator(".heal.refused")).containsText("not on the page");
            PlaywrightAssertions.assertThat(page.locator(".heal.proposal")).hasCount(0);
            assertThat(complaints).isEmpty();
        }

        @org.junit.jupiter.api.Test
        void whenTheScreenIsAPhone_thenNothingIsWiderThanIt() {
            context.close();
            openContext(new Browser.NewContextOptions()
                    .setViewportSize(400, 850)
                    .setDeviceScaleFactor(2)
                    .setColorScheme(ColorScheme.DARK));
            for (String path : List.of("/", "/advice", "/runs/" + run)) {
                page.navigate(coordinator.url() + path);
                picture(path.equals("/") ? "phone-runs" : path.equals("/advice") ? "phone-advice" : "phone-failed");
                assertThat(page.evaluate("document.documentElement.scrollWidth"))
                        .isEqualTo(400);
            }
        }

        @org.junit.jupiter.api.Test
        void whenThereIsNoScript_thenEverythingCanBeRead() {
            context.close();
            openContext(new Browser.NewContextOptions().setJavaScriptEnabled(false));

            page.navigate(coordinator.url() + "/?status=failed");
            page.getByRole(AriaRole.LINK, named("What to do next")).click();
            PlaywrightAssertions.assertThat(page.locator(".advice .fix-now")).containsText("3 flakes in 7 runs");
            page.goBack();
            page.locator(".run a.sentence").click();

            PlaywrightAssertions.assertThat(page.locator(".message").first()).containsText("waiting for getByRole");
            page.locator("input[name=q]").fill("cart");
            page.getByRole(AriaRole.BUTTON, named("Filter")).click();
            PlaywrightAssertions.assertThat(page.locator(".tests li")).hasCount(1);
        }
    }

    @Nested
    class GivenARunThatGoesOn {

        @org.junit.jupiter.api.Test
        void whenAttemptsEnd_thenTheOpenPageFollows() {
            long run = ci.opened("live-1", "\"branch\":\"main\",\"discovered\":3");
            SpoolScript script = suite(System.currentTimeMillis());
            ci.events("live-1", "s1", script.take());
            page.navigate(coordinator.url() + "/runs/" + run);
            PlaywrightAssertions.assertThat(page.locator("#sentence")).containsText("Running: 0 of 3 tests done");

            ci.events(
                    "live-1",
                    "s1",
                    script.end(CART, 0, "passed", 700).start(PAY, 0).take());
            PlaywrightAssertions.assertThat(page.locator("#sentence")).containsText("1 of 3 tests done");
            PlaywrightAssertions.assertThat(page.locator("li.passed")).hasCount(1);
            picture("running");
            ci.events("live-1", "s1", script.fail(PAY, 0, BROKEN, SNIPPET).take());
            PlaywrightAssertions.assertThat(page.locator(".card .message")).containsText("waiting for getByRole");
            ci.events(
                    "live-1",
                    "s1",
                    script.end(COUPON, 0, "passed", 500).stop("failed").take());
            ci.finish("live-1", 3, 3, 1);

            PlaywrightAssertions.assertThat(page.locator("#sentence")).hasText("1 of 3 tests failed.");
            PlaywrightAssertions.assertThat(page.locator("main.failed")).isVisible();
            PlaywrightAssertions.assertThat(page.locator(".card .label")).hasText("new");
            assertThat(complaints).isEmpty();
        }
    }

    @Nested
    class GivenHostileTexts {

        @org.junit.jupiter.api.Test
        void whenNamesHoldMarkup_thenItIsShownAsText() {
            String evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
            Test test = new Test(evil + ".spec.ts", List.of(evil), evil);
            long run =
                    ci.opened("x", "\"branch\":\"\\\"><script>alert(3)</script>\",\"ciUrl\":\"javascript:alert(4)\"");
            SpoolScript script = new SpoolScript(1_790_000_000_000L).begin(1).announce(test, 1);
            script.fail(
                    test,
                    0,
                    evil,
                    evil,
                    evil,
                    "text/html",
                    ci.store("<script>alert(5)</script>".getBytes(StandardCharsets.UTF_8)));
            ci.events("x", "s1", script.stop("failed").lines());
            ci.finish("x", 1, 1, 1);
            ci.opened("y", "\"branch\":\"main\",\"commit\":\"c1\"");
            SpoolScript onMain = new SpoolScript(1_790_000_100_000L).begin(1).announce(test, 1);
            ci.events("y", "s1", onMain.fail(test, 0, evil, evil).stop("failed").lines());
            ci.finish("y", 1, 1, 1);
            page.onDialog(dialog -> complaints.add("dialog " + dialog.message()));

            page.navigate(coordinator.url().toString());
            page.navigate(coordinator.url() + "/advice");
            PlaywrightAssertions.assertThat(page.locator(".advice .about").first())
                    .containsText(evil);
            assertThat(page.locator("img[src=x]").count()).isZero();
            page.navigate(coordinator.url() + "/runs/" + run);

            PlaywrightAssertions.assertThat(page.locator(".message")).hasText(evil);
            assertThat(page.locator("img[src=x]").count()).isZero();
            assertThat(page.locator("a[href^=javascript]").count()).isZero();
            assertThat(complaints).isEmpty();
        }
    }

    private static SpoolScript suite(long startMs) {
        return new SpoolScript(startMs)
                .begin(2)
                .announce(CART, 5)
                .announce(PAY, 9)
                .announce(COUPON, 31);
    }

    private long record(String key, SpoolScript script, String status, int exitCode) {
        long run = ci.opened(
                key,
                "\"branch\":\"main\",\"commit\":\"" + Integer.toHexString(key.hashCode())
                        + "c0ffee42\",\"ciUrl\":\"https://ci.example.org/" + key + "\",\"discovered\":3");
        assertThat(ci.events(key, "s1", script.stop(status).lines()).status()).isEqualTo(200);
        assertThat(ci.finish(key, 3, 3, exitCode).status()).isEqualTo(200);
        return run;
    }

    private static ObjectNode heal() {
        ObjectNode heal = Ci.JSON.createObjectNode();
        heal.put("id", PAY.id())
                .put("file", "pages/checkout.ts")
                .put("line", 14)
                .put("cause", "locator-not-found");
        heal.put("originalSelector", "getByRole('button', { name: 'Pay now' })");
        heal.put("healedSelector", "getByRole('button', { name: 'Pay' })");
        heal.put("confidence", 0.96).put("strategy", "text").put("tier", "auto").put("success", true);
        heal.putArray("signals").addObject().put("name", "role").put("share", 0.6);
        heal.withArray("signals").addObject().put("name", "text").put("share", 0.4);
        ObjectNode proof =
                heal.putObject("verification").put("unpatched", "failed").put("users", 2);
        proof.putArray("patched").add("passed").add("passed");
        heal.put("reason", "The button kept its role and place; its text lost one word.");
        heal.put(
                "patch",
                "--- a/pages/checkout.ts\n+++ b/pages/checkout.ts\n@@ -14 +14 @@\n-  pay = this.page.getByRole('button', { name: 'Pay now' });\n+  pay = this.page.getByRole('button', { name: 'Pay' });\n");
        return heal;
    }

    private static ObjectNode refused() {
        ObjectNode heal = Ci.JSON.createObjectNode();
        heal.put("id", COUPON.id())
                .put("file", "pages/coupon.ts")
                .put("line", 4)
                .put("cause", "locator-not-found");
        heal.put("originalSelector", "getByTestId('coupon')")
                .put("confidence", 0.08)
                .put("tier", "refused");
        return heal.put("success", false)
                .put("reason", "The field is not on the page any more; no candidate comes close.");
    }

    private static byte[] screenshot() {
        try (Page blank = browser.newPage(new Browser.NewPageOptions().setViewportSize(320, 200))) {
            blank.setContent(
                    "<body style='font:20px sans-serif;background:#eef'><h3>Checkout</h3><button>Pay</button></body>");
            return blank.screenshot();
        }
    }

    private void openContext(Browser.NewContextOptions options) {
        context = browser.newContext(options);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static Page.GetByRoleOptions inNavigation(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static String node() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PLAYWRIGHT_NODEJS_PATH", "")),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                                .map(folder -> folder + "/node"))
                .filter(path -> Files.isExecutable(Path.of(path)) && Files.isRegularFile(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Node on PATH. Set PLAYWRIGHT_NODEJS_PATH."));
    }

    private static Path chromium() {
        return Stream.of(
                        System.getenv().getOrDefault("EVENKEEL_CHROMIUM", ""),
                        "/usr/bin/chromium",
                        "/usr/bin/google-chrome")
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Chromium. Set EVENKEEL_CHROMIUM to its executable."));
    }
}
