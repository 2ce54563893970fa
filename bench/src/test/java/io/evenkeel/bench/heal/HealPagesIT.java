package io.evenkeel.bench.heal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.Step;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The corpus holds in a real browser. Needs a Chromium: {@code EVENKEEL_CHROMIUM} or that of the system. */
class HealPagesIT {

    private static final String TRUTH = "[" + HealPagesCommand.TRUTH + "]";

    @TempDir
    private Path folder;

    @Nested
    class GivenTheCorpusAsPages {

        @Test
        void whenOpenedInChromium_thenEveryLocatorFoundItsElementAndFindsNothingNow() throws Exception {
            int count = HealPagesCommand.write(folder, 6, TrainHealCommand.HELD_OUT_SEED);
            JsonNode cases =
                    new ObjectMapper().readTree(folder.resolve("pages.json").toFile());
            List<String> wrong = new ArrayList<>();
            int gone = 0;
            int asked = 0;
            try (Playwright playwright = Playwright.create(new Playwright.CreateOptions()
                            .setEnv(Map.of(
                                    "PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node())));
                    Browser browser = playwright
                            .chromium()
                            .launch(new BrowserType.LaunchOptions()
                                    .setExecutablePath(chromium())
                                    .setArgs(List.of("--no-sandbox", "--disable-background-networking")))) {
                Page page = browser.newPage();
                for (JsonNode one : cases) {
                    gone += one.get("present").asBoolean() ? 0 : 1;
                    asked += one.get("locators").size();
                    check(page, one, wrong);
                }
            }

            assertThat(cases).hasSize(count);
            assertThat(asked).isGreaterThan(20);
            assertThat(gone / (double) count).isBetween(0.3, 0.7);
            assertThat(wrong).isEmpty();
        }
    }

    private void check(Page page, JsonNode one, List<String> wrong) {
        String then = one.get("old").asText();
        page.navigate(folder.resolve(then).toUri().toString());
        if (page.locator(TRUTH).count() != 1) {
            wrong.add(then + ": the element meant is not there once");
        }
        for (JsonNode locator : one.get("locators")) {
            if (page.locator(selector(locator.asText()))
                            .and(page.locator(TRUTH))
                            .count()
                    != 1) {
                wrong.add(then + ": " + locator + " does not find its element");
            }
        }
        String now = one.get("new").asText();
        page.navigate(folder.resolve(now).toUri().toString());
        if (page.locator(TRUTH).count() != (one.get("present").asBoolean() ? 1 : 0)) {
            wrong.add(now + ": the element is there and should be gone, or the other way round");
        }
        for (JsonNode locator : one.get("locators")) {
            if (page.locator(selector(locator.asText())).count() != 0) {
                wrong.add(now + ": " + locator + " still finds something");
            }
        }
    }

    /** The locators of the corpus have one step, of four kinds. */
    private static String selector(String code) {
        Step step = Locator.parse(code).orElseThrow().steps().get(0);
        return step.match(new Step.Cases<>(
                role -> "internal:role=" + role.role()
                        + role.name().stream()
                                .map(n -> "[name=" + quoted(n.words()) + "i]")
                                .findFirst()
                                .orElse(""),
                text -> text.family() == Step.Family.TEST_ID
                        ? "internal:testid=[data-testid=" + quoted(text.text().words()) + "s]"
                        : "internal:label=" + quoted(text.text().words()) + "i",
                css -> css.selector(),
                filter -> unknown(code),
                new Step.Others<>(p -> unknown(code), f -> unknown(code), c -> unknown(code))));
    }

    private static String unknown(String code) {
        throw new AssertionError("The corpus has a locator of another kind: " + code);
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    private static String node() {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PLAYWRIGHT_NODEJS_PATH", "")),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                                .map(path -> path + "/node"))
                .filter(path -> Files.isExecutable(Path.of(path)) && Files.isRegularFile(Path.of(path)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("No Node on PATH. Set PLAYWRIGHT_NODEJS_PATH."));
    }

    private static Path chromium() {
        return Stream.of(
                        System.getenv().getOrDefault("EVENKEEL_CHROMIUM", ""),
                        "/usr/bin/chromium",
                        "/usr/bin/google-chrome")
                .filter(path -> !path.isEmpty() && Files.isExecutable(Path.of(path)))
                .findFirst()
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("No Chromium found. Set EVENKEEL_CHROMIUM to one."));
    }
}
