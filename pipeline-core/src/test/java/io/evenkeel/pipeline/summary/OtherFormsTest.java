package io.evenkeel.pipeline.summary;

import static io.evenkeel.flaky.history.AttemptStatus.FAILED;
import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import io.evenkeel.pipeline.summary.TerminalSummary.Colours;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class OtherFormsTest {

    private static RunSummary sample() {
        SampleRun run = new SampleRun();
        run.executor("a")
                .selects("setup", "one", "two", "three", "four")
                .runs("setup", PASSED)
                .runs("one", PASSED)
                .runs("two", FAILED, FAILED)
                .runs("three", FAILED, PASSED)
                .endsRun("failed");
        return run.summary(Map.of("two", new FailureLabel(Kind.NEW, "passed before")));
    }

    @Nested
    class GivenARunAsJson {

        @Test
        void whenWritten_thenItIsTheDocumentedShape() throws Exception {
            JsonNode json = new ObjectMapper().readTree(JsonSummary.of(sample(), Optional.of("shop/tests")));

            assertThat(json.path("v").asInt()).isEqualTo(1);
            assertThat(json.path("run").asText()).isEqualTo("build-7");
            assertThat(json.path("testFolder").asText()).isEqualTo("shop/tests");
            assertThat(json.path("verdict").asText()).isEqualTo("incomplete");
            assertThat(json.path("sentence").asText())
                    .isEqualTo("1 of 4 tests failed: 1 new; 1 never ran (no reason is known).");
            assertThat(json.path("complete").asBoolean()).isFalse();
            assertThat(json.path("missing").get(0).path("id").asText()).isEqualTo("four");
            assertThat(json.path("counts").toString())
                    .isEqualTo("{\"passed\":1,\"flaky\":1,\"failed\":1,\"skipped\":0}");
            JsonNode failed = json.path("tests").get(3);
            assertThat(failed.path("label").asText()).isEqualTo("new");
            assertThat(failed.path("evidence").asText()).isEqualTo("passed before");
            assertThat(failed.path("durationMs").asInt()).isEqualTo(3_000);
            assertThat(failed.path("attempts").asInt()).isEqualTo(2);
        }

        @Test
        void whenTheFolderOfTheTestsIsNotKnown_thenItIsLeftOut() throws Exception {
            JsonNode json = new ObjectMapper().readTree(JsonSummary.of(sample(), Optional.empty()));

            assertThat(json.has("testFolder")).isFalse();
        }

        @Test
        void whenWrittenTwice_thenItIsTheSame() {
            assertThat(JsonSummary.of(sample(), Optional.of("shop/tests")))
                    .isEqualTo(JsonSummary.of(sample(), Optional.of("shop/tests")));
        }
    }

    @Nested
    class GivenARunAsCtrf {

        @Test
        void whenWritten_thenEveryFieldIsOneOfTheFormatAndTotalsSumUp() throws Exception {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            CtrfReport.write(sample(), SampleRun.START.plusSeconds(9), out);
            JsonNode json = new ObjectMapper().readTree(out.toByteArray());

            JsonNode totals = json.path("results").path("summary");
            assertThat(totals.path("tests").asInt()).isEqualTo(5);
            assertThat(totals.path("passed").asInt()
                            + totals.path("failed").asInt()
                            + totals.path("skipped").asInt()
                            + totals.path("pending").asInt()
                            + totals.path("other").asInt())
                    .isEqualTo(5);
            assertThat(totals.path("stop").asLong() - totals.path("start").asLong())
                    .isEqualTo(sample().facts().wall().toMillis());
            // The names the published schema (ctrf 0.3.0, additionalProperties false) allows for a test.
            List<String> allowed = List.of(
                    "name",
                    "status",
                    "duration",
                    "suite",
                    "message",
                    "trace",
                    "snippet",
                    "line",
                    "filePath",
                    "retries",
                    "flaky",
                    "extra");
            for (JsonNode test : json.path("results").path("tests")) {
                List<String> names = new ArrayList<>();
                test.fieldNames().forEachRemaining(names::add);
                assertThat(allowed).containsAll(names);
                assertThat(names).contains("name", "status", "duration");
                assertThat(test.path("status").asText()).isIn("passed", "failed", "skipped", "pending", "other");
            }
        }
    }

    @Nested
    class GivenARunOnATerminal {

        @Test
        void whenItIsNarrow_thenLinesFitAndTheVerdictStandsLast() {
            String text = TerminalSummary.of(sample(), 40, Colours.NEVER);

            List<String> lines = text.lines().toList();
            assertThat(lines.subList(0, lines.size() - 1)).allMatch(l -> l.length() <= 40);
            assertThat(lines.get(0)).isEqualTo("failed (new): [desktop] two.spec.ts:7 ›…");
            assertThat(lines.get(lines.size() - 1))
                    .isEqualTo("1 of 4 tests failed: 1 new; 1 never ran (no reason is known).");
            assertThat(text).doesNotContain("\u001b");
        }

        @Test
        void whenTitlesAreWide_thenColumnsAreCountedNotCharacters() {
            SampleRun run = new SampleRun();
            run.executor("a").selects("買い物籠に入れる").runs("買い物籠に入れる", FAILED).endsRun("failed");

            String first = TerminalSummary.of(run.summary(), 40, Colours.NEVER)
                    .lines()
                    .findFirst()
                    .orElseThrow();

            // "failed: [desktop] " has 18 columns, eight wide characters 16, then there is room for six more.
            assertThat(first).isEqualTo("failed: [desktop] 買い物籠に入れる.spec…");
        }

        @Test
        void whenAFlakyTestIsKnown_thenItsVerdictSaysSo() {
            SampleRun run = new SampleRun();
            run.executor("a")
                    .selects("old", "new")
                    .runs("old", FAILED, PASSED)
                    .runs("new", FAILED, PASSED)
                    .endsRun("passed");
            RunSummary summary = run.summary(Map.of(
                    "old", new FailureLabel(Kind.KNOWN_FLAKY, "2 flakes in 9 runs"),
                    "new", new FailureLabel(Kind.NEW, "passed before")));

            assertThat(TerminalSummary.of(summary, 100, Colours.NEVER))
                    .contains("flaky (known flaky): [desktop] old.spec.ts")
                    .contains("flaky: [desktop] new.spec.ts");
        }

        @Test
        void whenColoursAreAsked_thenEachLineEndsThem() {
            assertThat(TerminalSummary.of(sample(), 100, Colours.ALWAYS).lines())
                    .allMatch(l -> l.startsWith("\u001b[") && l.endsWith("\u001b[0m"));
        }
    }
}
