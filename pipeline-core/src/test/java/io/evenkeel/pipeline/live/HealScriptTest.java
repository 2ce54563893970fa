package io.evenkeel.pipeline.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.playwright.Adapters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code evenkeel-heal.cjs} in a Node process whose Playwright is not as expected. */
class HealScriptTest {

    /** Loads something that calls itself Playwright and sends one message, as its client would. */
    private static final String PROGRAM = """
            const { chromium } = require('playwright-core');
            const frame = { _type: 'Frame', parentFrame: () => null, url: () => '', locator: String };
            const options = { frames: [{ file: 'a.spec.ts', line: 1 }], timeout: 3000 };
            chromium._connection.sendMessageToServer(frame, 'click', { selector: '#a' }, options).then(
              sent => console.log(JSON.stringify({ sent, env: Object.keys(process.env).filter(name => /EVENKEEL|NODE_OPTIONS/.test(name)) })));
            """;

    @TempDir
    Path folder;

    private Path script;

    @BeforeEach
    void install() throws IOException {
        script = Adapters.install(folder.resolve("adapters")).preload().resolveSibling("evenkeel-heal.cjs");
    }

    private record Said(String out, String err) {}

    private Said run(String playwright, String address) throws IOException, InterruptedException {
        Path module = Files.createDirectories(folder.resolve("node_modules/playwright-core"));
        Files.writeString(module.resolve("index.js"), playwright);
        Path program = Files.writeString(folder.resolve("program.js"), PROGRAM);
        ProcessBuilder builder = new ProcessBuilder("node", program.toString()).directory(folder.toFile());
        builder.environment().put("NODE_OPTIONS", "--require \"" + script + "\"");
        builder.environment().put("EVENKEEL_NODE_OPTIONS", "");
        builder.environment().put("EVENKEEL_HEAL", address);
        Path err = folder.resolve("err.txt");
        Process process = builder.redirectError(err.toFile()).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(Files.readString(err)).isZero();
        return new Said(out.strip(), Files.readString(err));
    }

    private static String connection(String parameters) {
        return "class Connection { async sendMessageToServer(" + parameters + ") { return { method, params }; } }\n"
                + "module.exports = { chromium: { _connection: new Connection() } };\n";
    }

    @Nested
    class GivenAPlaywrightOfAnotherBuild {

        @Test
        void whenItsMessagesHaveAnotherForm_thenTheyPassUntouched() throws Exception {
            Said said = run(connection("object, method, params, one, two"), "http://127.0.0.1:1/x");

            assertThat(said.out()).contains("{\"sent\":{\"method\":\"click\",\"params\":{\"selector\":\"#a\"}}");
            assertThat(said.err()).contains("live healing is off").contains("in another way");
        }

        @Test
        void whenItTellsItsTestsElsewhere_thenTheActionIsSentAsItIs() throws Exception {
            Said said = run(connection("object, method, params, options"), "http://127.0.0.1:1/x");

            assertThat(said.out()).contains("{\"sent\":{\"method\":\"click\",\"params\":{\"selector\":\"#a\"}}");
            assertThat(said.err()).containsOnlyOnce("live healing is off").contains("tells its tests elsewhere");
        }
    }

    @Test
    void whenItIsLoaded_thenWhatTheTestStartsDoesNotLoadItAgain() throws Exception {
        Said said = run(connection("object, method, params, options"), "http://127.0.0.1:1/x");

        assertThat(said.out()).contains("\"env\":[]");
    }
}
