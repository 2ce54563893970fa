package io.evenkeel.pipeline.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaywrightCommandTest {

    private static final Adapters ADAPTERS =
            new Adapters(Path.of("/e/evenkeel-reporter.cjs"), Path.of("/my tools/evenkeel-preload.cjs"));

    private static PlaywrightCommand command(String line) {
        return new PlaywrightCommand(RunCommand.of(Path.of("/shop"), line.split(" ")));
    }

    @Nested
    class GivenPlaywrightInTheCommand {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "npx playwright test",
                    "npx --no-install playwright test a.spec.ts --project desktop mobile",
                    "yarn playwright test --grep x",
                    "pnpm exec playwright test",
                    "xvfb-run npx playwright test",
                    "./node_modules/.bin/playwright test -c e2e/playwright.config.ts",
                    "node node_modules/@playwright/test/cli.js test"
                })
        void whenOptionsAreAdded_thenTheyStandLastAndSoWin(String line) {
            RunCommand with = command(line).with(ADAPTERS, List.of("--list"), Map.of());

            assertThat(String.join(" ", with.words())).isEqualTo(line + " --list");
            assertThat(with.environment())
                    .containsEntry("PW_TEST_REPORTER", "/e/evenkeel-reporter.cjs")
                    .doesNotContainKeys("NODE_OPTIONS", "EVENKEEL_OPTIONS");
        }

        @Test
        void whenOptionsEndWithTwoDashes_thenOursStandBefore() {
            RunCommand with =
                    command("npx playwright test --workers=2 -- a.spec.ts").with(ADAPTERS, List.of("--list"), Map.of());

            assertThat(with.words()).endsWith("--workers=2", "--list", "--", "a.spec.ts");
        }
    }

    @Nested
    class GivenScript {

        @ParameterizedTest
        @ValueSource(strings = {"npm test", "npm run e2e -- --grep x", "yarn e2e", "make e2e", "sh -c playwright.sh"})
        void whenOptionsAreAdded_thenThePreloadBringsThem(String line) {
            RunCommand with = command(line)
                    .with(ADAPTERS, List.of("--grep", "\"a b\""), Map.of("NODE_OPTIONS", "--max-old-space-size=4096"));

            assertThat(String.join(" ", with.words())).isEqualTo(line);
            assertThat(with.environment())
                    .containsEntry("EVENKEEL_OPTIONS", "[\"--grep\",\"\\\"a b\\\"\"]")
                    .containsEntry(
                            "NODE_OPTIONS", "--max-old-space-size=4096 --require \"/my tools/evenkeel-preload.cjs\"")
                    .containsEntry("EVENKEEL_NODE_OPTIONS", "--max-old-space-size=4096");
        }

        @Test
        void whenThereAreNoOptions_thenNothingIsPreloaded() {
            assertThat(command("npm test").with(ADAPTERS, List.of(), Map.of()).environment())
                    .doesNotContainKey("NODE_OPTIONS");
        }
    }

    @Nested
    class GivenReporterOfTheUserInPwTestReporter {

        @Test
        void whenOursIsAdded_thenTheirsIsChained() {
            assertThat(command("npm test")
                            .with(ADAPTERS, List.of(), Map.of("PW_TEST_REPORTER", "/theirs.js"))
                            .environment())
                    .containsEntry("EVENKEEL_CHAIN_REPORTER", "/theirs.js");
        }

        @Test
        void whenItIsOursAlready_thenItIsNotChainedToItself() {
            assertThat(command("npm test")
                            .with(ADAPTERS, List.of(), Map.of("PW_TEST_REPORTER", "/old/evenkeel-reporter.cjs"))
                            .environment())
                    .doesNotContainKey("EVENKEEL_CHAIN_REPORTER");
        }
    }

    @Nested
    class GivenOptionThatContradicts {

        @ParameterizedTest
        @ValueSource(strings = {"--shard=1/3", "--shard 1/3", "--last-failed", "--ui", "--debug", "--list"})
        void whenAsked_thenTheReasonNamesTheOption(String option) {
            assertThat(command("npx playwright test " + option).refusal())
                    .hasValueSatisfying(reason ->
                            assertThat(reason).contains(option.split("[ =]")[0]).doesNotContain("\n"));
        }

        @Test
        void whenOptionOnlyLooksLikeOne_thenItIsFine() {
            assertThat(command("npx playwright test --debugger-port=1 shard ui.spec.ts -x --list-tests")
                            .refusal())
                    .isEmpty();
        }
    }
}
