package io.evenkeel.pipeline.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.evenkeel.pipeline.doctor.Check.State;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir
    Path project;

    private Check check(String name, Map<String, String> env) {
        return new Doctor(new Machine(env))
                .examine(project).stream()
                        .filter(c -> c.name().equals(name))
                        .findFirst()
                        .orElseThrow();
    }

    @Nested
    class GivenAnEmptyFolder {

        @Test
        void whenThereIsNoPlaywright_thenTheRemedyNamesTheCommand() {
            Check check = check("Playwright", Map.of());

            assertThat(check.state()).isEqualTo(State.MISSING);
            assertThat(check.remedy())
                    .hasValueSatisfying(remedy -> assertThat(remedy).contains("npm ci"));
        }

        @Test
        void whenThereIsNoNode_thenItIsMissing() {
            assertThat(check("Node.js", Map.of("PATH", project.toString())).state())
                    .isEqualTo(State.MISSING);
        }
    }

    @Nested
    class GivenAWorkspace {

        @Test
        void whenPlaywrightIsHoisted_thenItIsFoundAbove() throws IOException {
            Path manifest = project.resolve("node_modules/@playwright/test/package.json");
            Files.createDirectories(manifest.getParent());
            Files.writeString(manifest, "{\"name\":\"@playwright/test\",\"version\":\"1.49.1\"}");

            assertThat(Doctor.playwrightVersion(project.resolve("packages/web")))
                    .contains("1.49.1");
        }

        @Test
        void whenItIsOlderThanSupported_thenThatIsSaid() throws IOException {
            Path manifest = project.resolve("node_modules/@playwright/test/package.json");
            Files.createDirectories(manifest.getParent());
            Files.writeString(manifest, "{\"version\":\"1.32.3\"}");

            assertThat(check("Playwright", Map.of()).state()).isEqualTo(State.LACKING);
        }
    }

    @Nested
    class GivenAPlaywrightWithItsRevisions {

        private Path browsers;

        @BeforeEach
        void install() throws IOException {
            write("node_modules/@playwright/test/package.json", "{\"version\":\"1.65.1\"}");
            write("node_modules/playwright-core/browsers.json", """
                    {"browsers":[{"name":"chromium","revision":"1255"},{"name":"chromium-headless-shell","revision":"1255"}]}""");
            browsers = Files.createDirectories(project.resolve("browsers"));
        }

        private void write(String file, String text) throws IOException {
            Files.createDirectories(project.resolve(file).getParent());
            Files.writeString(project.resolve(file), text);
        }

        private Check browser() {
            return check("Browser", Map.of("PLAYWRIGHT_BROWSERS_PATH", browsers.toString()));
        }

        @Test
        void whenThatRevisionIsThere_thenItIsNamed() throws IOException {
            Files.createDirectory(browsers.resolve("chromium_headless_shell-1255"));

            assertThat(browser().state()).isEqualTo(State.GOOD);
            assertThat(browser().found()).startsWith("chromium_headless_shell-1255 in ");
        }

        @Test
        void whenOnlyAnOlderRevisionIsThere_thenTheOneThatIsMissingIsNamed() throws IOException {
            Files.createDirectory(browsers.resolve("chromium-1091"));

            assertThat(browser().state()).isEqualTo(State.LACKING);
            assertThat(browser().found()).contains("chromium_headless_shell-1255 is not in", "only chromium-1091");
            assertThat(browser().remedy())
                    .hasValueSatisfying(remedy -> assertThat(remedy).contains("playwright install"));
        }

        @Test
        void whenTheFolderIsNotThere_thenThatIsLacking() throws IOException {
            Files.delete(browsers);

            assertThat(browser().state()).isEqualTo(State.LACKING);
        }

        @Test
        void whenTheListIsBroken_thenAnyBrowserCounts() throws IOException {
            write("node_modules/playwright-core/browsers.json", "{");
            Files.createDirectory(browsers.resolve("firefox-1"));

            assertThat(browser().state()).isEqualTo(State.GOOD);
        }
    }

    @Nested
    class GivenACoordinator {

        @Test
        void whenItRefusesTheToken_thenTheRemedySaysHowToMakeOne() throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/readyz", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.createContext("/api", exchange -> {
                exchange.sendResponseHeaders(401, -1);
                exchange.close();
            });
            server.start();
            try {
                Check check = check(
                        "Coordinator",
                        Map.of(
                                "EVENKEEL_URL",
                                "http://127.0.0.1:" + server.getAddress().getPort(),
                                "EVENKEEL_TOKEN",
                                "secret-1"));

                assertThat(check.state()).isEqualTo(State.LACKING);
                assertThat(check.found()).contains("refuses").doesNotContain("secret-1");
                assertThat(check.remedy().orElseThrow()).contains("project add").doesNotContain("secret-1");
            } finally {
                server.stop(0);
            }
        }

        @Test
        void whenNobodyAnswers_thenRunsGoOn() {
            Check check = check("Coordinator", Map.of("EVENKEEL_URL", "http://127.0.0.1:9"));

            assertThat(check.state()).isEqualTo(State.LACKING);
            assertThat(check.remedy().orElseThrow()).contains("go on");
        }
    }
}
