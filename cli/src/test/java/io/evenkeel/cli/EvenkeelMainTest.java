package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvenkeelMainTest {

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(Map<String, String> env, String... arguments) {
        return EvenkeelMain.run(
                arguments,
                env,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Nested
    class GivenAQuarantineWithoutCoordinator {

        private int quarantine(String... arguments) {
            String[] all = new String[arguments.length + 3];
            all[0] = "quarantine";
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            all[arguments.length + 1] = "--dir";
            all[arguments.length + 2] = folder.toString();
            return run(Map.of(), all);
        }

        @Test
        void whenATestIsAddedListedAndReleased_thenTheFileFollows() throws IOException {
            assertThat(quarantine("add", "abc-def", "--owner", "team-shop")).isZero();
            assertThat(quarantine("list")).isZero();
            assertThat(Files.readString(folder.resolve(".evenkeel/quarantine.json")))
                    .contains("abc-def");
            assertThat(quarantine("release", "abc-def")).isZero();
            assertThat(quarantine("list", "--json")).isZero();

            assertThat(said())
                    .contains("Quarantined until")
                    .contains("active until")
                    .contains("owner team-shop")
                    .contains("Released: abc-def");
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"tests\" : [ ]");
        }

        @Test
        void whenTheEndIsTooFarOrTheOwnerMissing_thenItEndsWith2() {
            assertThat(quarantine("add", "abc-def", "--owner", "me", "--days", "40"))
                    .isEqualTo(2);
            assertThat(quarantine("add", "abc-def")).isEqualTo(2);
            assertThat(said()).contains("1 to 30").contains("--owner");
        }

        @Test
        void whenAdviceIsAsked_thenItSaysWhereTheHistoryIs() {
            assertThat(quarantine("advise")).isEqualTo(2);
            assertThat(said()).contains("EVENKEEL_URL");
        }
    }

    @Nested
    class GivenACaseFolder {

        private final Path cases = Path.of("../healing-core/src/test/resources/playwright");

        @ParameterizedTest
        @CsvSource({
            "role-name-changed, healed",
            "css-id-changed, healed",
            "text-changed, healed",
            "pw-1.40.1-role-name-changed, healed",
            "pw-1.49.1-role-name-changed, healed",
            "pw-1.58.2-role-name-changed, healed",
            "pw-1.63.0-role-name-changed, healed",
            "strict-mode-violation, ambiguous",
            "element-exists-but-is-hidden, refused",
            "real-defect-locator-fine, refused"
        })
        void whenItIsExplained_thenTheOutcomeAndEachStepAreShown(String name, String outcome) {
            int code = run(Map.of(), "heal", "--explain", cases.resolve(name).toString(), "--json");

            assertThat(code).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"outcome\" : \"" + outcome + "\"");
            assertThat(said()).contains("Failure: ");
        }

        @Test
        void whenItHoldsNoReportEntry_thenItSaysWhichFileIsMissing() {
            int code = run(Map.of(), "heal", "--explain", folder.toString());

            assertThat(code).isEqualTo(2);
            assertThat(said()).contains("report-entry.json");
        }
    }

    @Nested
    class GivenWrongUse {

        @Test
        void whenTheFolderIsNotThere_thenItSaysWhichAndEndsWith2() {
            int code =
                    run(Map.of(), "doctor", "--dir", folder.resolve("nowhere").toString());

            assertThat(code).isEqualTo(2);
            assertThat(said()).contains("nowhere").contains("--dir");
        }

        @Test
        void whenTheCommandLacksItsProgram_thenTheRightFormIsShown() {
            int code = run(Map.of(), "local", "--dir", folder.toString(), "--", "--grep", "x");

            assertThat(code).isEqualTo(2);
            assertThat(said()).contains("-- npx playwright test --grep x");
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-3", "9999", "many"})
        void whenTheNumberOfExecutorsIsAbsurd_thenItEndsWith2(String number) {
            assertThat(run(Map.of(), "local", "--dir", folder.toString(), "--executors", number))
                    .isEqualTo(2);
        }

        @Test
        void whenNobodySaysWhichShardThisIs_thenTheWaysToSayItAreNamed() {
            int code = run(Map.of(), "run", "--dir", folder.toString());

            assertThat(code).isEqualTo(2);
            assertThat(said())
                    .contains("--shard 1/3")
                    .contains("EVENKEEL_SHARD")
                    .contains("evenkeel local");
        }

        @Test
        void whenTheAddressOfTheCoordinatorIsNone_thenTheVariableIsNamedAndTheTokenIsNot() {
            int code = run(
                    Map.of("EVENKEEL_URL", "evenkeel.example", "EVENKEEL_TOKEN", "top-secret"),
                    "report",
                    "--dir",
                    folder.toString());

            assertThat(code).isEqualTo(2);
            assertThat(said()).contains("EVENKEEL_URL").doesNotContain("top-secret");
        }

        @Test
        void whenTheRunKeyIsUnusable_thenItEndsWith2() {
            int code = run(Map.of("EVENKEEL_RUN", "a/b"), "report", "--dir", folder.toString());

            assertThat(code).isEqualTo(2);
            assertThat(said()).contains("EVENKEEL_RUN");
        }
    }

    @Nested
    class GivenAFolderWithoutAnything {

        @Test
        void whenItIsReported_thenThereAreNoResultsAndItEndsWith3() {
            assertThat(run(Map.of(), "report", "--dir", folder.toString())).isEqualTo(3);
            assertThat(said()).contains("There are no results").contains("evenkeel run or local");
        }

        @Test
        void whenItIsHealed_thenItSaysWhatToRunFirst() {
            assertThat(run(Map.of(), "heal", "--dir", folder.toString())).isEqualTo(2);
            assertThat(said()).contains("no run").contains("evenkeel local");
        }

        @Test
        void whenItIsPlanned_thenPlaywrightIsMissingAndItEndsWith3() {
            Map<String, String> env = Map.of("PATH", System.getenv("PATH"));

            assertThat(run(env, "plan", "--dir", folder.toString())).isEqualTo(3);
            assertThat(said()).contains("Playwright is not installed").contains("npm ci");
        }
    }

    @Nested
    class GivenABrokenSpool {

        @Test
        void whenItIsReported_thenTheGoodLinesCountAndTheBadOnesAreSaid() throws IOException {
            Path spool = folder.resolve(".evenkeel/spool/r1_s1.ndjson");
            Files.createDirectories(spool.getParent());
            Files.writeString(spool, """
                    {"v":1,"seq":1,"t":1,"ev":"run.begin","playwright":"1.65.1","config":"playwright.config.ts","rootDir":"/x","workers":1,"projects":[]}
                    {"v":1,"seq":2,"t":2,"ev":"test","id":"a-a","project":"","file":"a.spec.ts","titles":["a"],"line":1,"column":1,"mode":"default"}
                    this is no event
                    {"v":1,"seq":3,"t":3,"ev":"attempt.end","id":"a-a","retry":0,"status":"passed","expected":"passed","startedAt":1,"durationMs":5}
                    {"v":1,"seq":4,"t":4,"ev":"run.end","status":"passed","durationMs":9}
                    {"v":1,"seq":5,"t":5,"ev":"agent.end","exitCode":0,"runnerExitCode":0,"notRun":[]}
                    """);

            int code = run(Map.of(), "report", "--no-report", "--json", "--dir", folder.toString());

            assertThat(said()).contains("1 line is no event").contains("executed 1 of 1 discovered");
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("\"run\":\"r1\"");
            assertThat(code).isZero();
        }
    }

    @Nested
    class GivenTheHelp {

        @ParameterizedTest
        @ValueSource(strings = {"plan", "run", "local", "report", "learn", "heal", "doctor", "coordinator"})
        void whenACommandIsAsked_thenItTeaches(String command) {
            assertThat(run(Map.of(), command, "--help")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)).contains("Usage: evenkeel " + command);
        }

        @Test
        void whenNothingIsAsked_thenExamplesAndExitCodesAreShown() {
            assertThat(run(Map.of(), "--help")).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("evenkeel local --executors 3")
                    .contains("Exit codes");
        }
    }
}
