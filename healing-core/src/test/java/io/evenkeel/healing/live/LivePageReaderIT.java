package io.evenkeel.healing.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.Tracing;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Content;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceReader;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Needs a Chromium: {@code EVENKEEL_CHROMIUM} or that of the system. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePageReaderIT {

    private static final String PAGE = """
            <!doctype html><html><head><title>Orders</title></head><body>
            <h1>Orders</h1>
            <form><label for="q">Find</label><input id="q" value="initial"><input type="checkbox" id="c">
            <textarea id="t">old</textarea><button type="submit" data-testid="go">Go</button></form>
            <div id="host"></div>
            <iframe title="Payment" srcdoc="<main><button id='pay'>Pay now</button><iframe srcdoc='<a href=/terms>Terms</a>'></iframe></main>"></iframe>
            <script>
              const root = document.getElementById('host').attachShadow({ mode: 'open' });
              root.innerHTML = '<section aria-label="Basket"><button class="tiny">Empty basket</button></section>';
            </script>
            </body></html>
            """;

    /** What a recorder adds to a document so that it can be shown again. */
    private static final Set<String> ADDED = Set.of("base", "style");

    private final LivePageReader reader = new LivePageReader(Duration.ofSeconds(30));
    private Playwright playwright;
    private Browser browser;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    void launch() {
        playwright = Playwright.create(new Playwright.CreateOptions()
                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1", "PLAYWRIGHT_NODEJS_PATH", node())));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium())
                        .setArgs(List.of("--no-sandbox", "--disable-background-networking", "--no-first-run")));
    }

    @AfterAll
    void quit() {
        playwright.close();
    }

    @BeforeEach
    void open() {
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(900, 700));
        page = context.newPage();
    }

    @AfterEach
    void close() {
        context.close();
    }

    private static Element only(DomSnapshot dom, String tag, String text) {
        List<Element> found = dom.elements().stream()
                .filter(e -> e.tag().equals(tag) && e.text(80).equals(text))
                .toList();
        assertThat(found).as(tag + " " + text).hasSize(1);
        return found.get(0);
    }

    @Nested
    class GivenAPageWithFramesAndAShadowRoot {

        @BeforeEach
        void show() {
            page.setContent(PAGE);
            page.frameLocator("iframe")
                    .frameLocator("iframe")
                    .getByText("Terms")
                    .waitFor();
        }

        @Test
        void whenRead_thenAllDocumentsAreThere() {
            DomSnapshot dom = reader.read(page);

            assertThat(dom.title()).isEqualTo("Orders");
            assertThat(only(dom, "button", "Go").frame()).isZero();
            assertThat(only(dom, "button", "Empty basket").parent().map(p -> p.attribute("aria-label")))
                    .contains("Basket");
            assertThat(only(dom, "button", "Pay now").frame()).isEqualTo(1);
            assertThat(only(dom, "a", "Terms").frame()).isEqualTo(2);
        }

        @Test
        void whenSomethingWasTyped_thenItIsNotRead() {
            page.locator("#q").fill("secret word");
            page.locator("#t").fill("secret text");
            page.locator("#c").check();

            DomSnapshot dom = reader.read(page);

            assertThat(dom.elements())
                    .noneSatisfy(e ->
                            assertThat(e.attributes().toString() + e.text(200)).containsAnyOf("secret", "initial"));
            assertThat(dom.elements()).anySatisfy(e -> {
                assertThat(e.attribute("id")).isEqualTo("c");
                assertThat(e.attribute("checked")).isEqualTo("true");
            });
        }

        @Test
        void whenRead_thenBoxesAreThoseOfTheBrowser() {
            var expected = page.frameLocator("iframe").locator("#pay").boundingBox();

            var box = only(reader.read(page), "button", "Pay now").box();

            assertThat(box.known()).isTrue();
            assertThat(Math.abs(box.x() - expected.x)).isLessThan(4); // the border of the frame
            assertThat(Math.abs(box.y() - expected.y)).isLessThan(4);
            assertThat(Math.abs(box.width() - expected.width)).isLessThan(2);
        }

        @Test
        void whenATraceIsRecordedAtTheSameMoment_thenBothReadersAgree(@TempDir Path folder) throws Exception {
            context.tracing().start(new Tracing.StartOptions().setSnapshots(true));
            page.locator("#q").fill("anything");
            page.getByTestId("go").hover();
            DomSnapshot live = reader.read(page);
            context.tracing().stop(new Tracing.StopOptions().setPath(folder.resolve("trace.zip")));

            Trace trace = TraceReader.read(TraceFile.at(folder.resolve("trace.zip")));
            DomSnapshot recorded = trace.lastPage().orElseThrow().dom();

            assertThat(lines(live)).isEqualTo(lines(recorded));
            assertThat(prints(live)).isEqualTo(prints(recorded));
        }
    }

    /** The page as text: what a reader must not lose. */
    private static List<String> lines(DomSnapshot dom) {
        return dom.elements().stream()
                .filter(e -> !ADDED.contains(e.tag()))
                .map(e -> e.frame() + " " + e.tag() + " " + e.attribute("id") + " " + e.attribute("class") + " "
                        + e.attribute("checked") + " " + own(e))
                .toList();
    }

    private static String own(Element element) {
        StringBuilder text = new StringBuilder();
        element.content()
                .forEach(c -> text.append(c.match(e -> ADDED.contains(e.tag()) ? "" : "|", Content.Text::value)));
        return text.toString().replaceAll("\\s+", " ").strip();
    }

    private static List<Object> prints(DomSnapshot dom) {
        Fingerprints fingerprints = new Fingerprints(new Accessibility(dom), "data-testid");
        return dom.elements().stream()
                .filter(e -> Set.of("button", "a", "input", "textarea").contains(e.tag()))
                .map(fingerprints::of)
                .<Object>map(LivePageReaderIT::withoutBox)
                .toList();
    }

    private static Object withoutBox(Fingerprint f) {
        return List.of(f.nature(), f.wording(), f.attributes(), f.placement());
    }

    @Nested
    class GivenAPageThatCannotBeRead {

        @Test
        void whenItsScriptNeverPauses_thenItIsRefusedInTime() {
            page.setContent("<button>Save</button>");
            page.evaluate(
                    "() => { setTimeout(() => { const end = Date.now() + 8000; while (Date.now() < end); }, 0); }");
            page.waitForTimeout(50);

            assertThatThrownBy(() -> new LivePageReader(Duration.ofMillis(500)).read(page))
                    .isInstanceOf(SnapshotRefusedException.class)
                    .hasMessageContaining("never pauses");
        }

        @Test
        void whenItHasTooManyElements_thenItIsRefusedWithTheBound() {
            page.setContent("<div id=all></div>");
            page.evaluate("() => { document.getElementById('all').innerHTML = '<i></i>'.repeat(101000); }");

            assertThatThrownBy(() -> reader.read(page))
                    .isInstanceOf(SnapshotRefusedException.class)
                    .hasMessageContaining("100000 elements");
        }

        @Test
        void whenItIsClosed_thenItIsRefused() {
            page.close();

            assertThatThrownBy(() -> reader.read(page)).isInstanceOf(SnapshotRefusedException.class);
        }
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
                .filter(path -> !path.isEmpty() && Files.isExecutable(Path.of(path)))
                .findFirst()
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("No Chromium found. Set EVENKEEL_CHROMIUM to one."));
    }
}
