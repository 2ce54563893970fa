package io.evenkeel.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.summary.ExecutorSummary.End;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.MissingReason;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import io.evenkeel.pipeline.summary.TestSummary;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaywrightJsonReportTest {

    @Nested
    class GivenARealReport {

        // Exit codes are those Playwright ended with when the reports were made.
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "passed                    |   0 | 6 | 0 | 0 | 2 | 6 of 8 tests passed, 2 were skipped.",
                    "failed                    |   1 | 0 | 0 | 8 | 0 | 8 of 8 tests failed.",
                    "flaky                     |   0 | 3 | 1 | 0 | 0 | All 4 tests passed, 1 was flaky.",
                    "skipped                   |   0 | 1 | 0 | 0 | 3 | 1 of 4 tests passed, 3 were skipped.",
                    "timed-out                 |   1 | 0 | 0 | 2 | 0 | 2 of 2 tests failed.",
                    "serial                    |   1 | 1 | 0 | 1 | 1 | 1 of 3 tests failed.",
                    "serial-retries            |   1 | 1 | 0 | 1 | 1 | 1 of 3 tests failed.",
                    "hooks-and-crash           |   1 | 0 | 0 | 3 | 1 | 3 of 4 tests failed.",
                    "global-timeout            |   1 | 1 | 0 | 0 | 1 | 2 of 4 tests never ran (the time limit of the whole run was reached).",
                    "interrupted               | 130 | 1 | 0 | 0 | 0 | 3 of 4 tests never ran (the run was interrupted).",
                    "max-failures              |   1 | 5 | 0 | 1 | 0 | 1 of 6 tests failed.",
                    "load-error                |   1 | 0 | 0 | 0 | 0 | No test ran: Error: Cannot find module './no-such-module'.",
                    "global-setup-error        |   1 | 0 | 0 | 0 | 0 | No test ran: Error: seed failed: connection refused.",
                    "empty                     |   1 | 0 | 0 | 0 | 0 | No tests were found.",
                    "empty-pass-with-no-tests  |   0 | 0 | 0 | 0 | 0 | No tests were found.",
                    "multi-project             |   0 |15 | 2 | 0 | 4 | 17 of 21 tests passed, 4 were skipped, 2 were flaky.",
                    "sharded-1-of-2            |   0 | 6 | 0 | 0 | 2 | 6 of 8 tests passed, 2 were skipped.",
                    "sharded-2-of-2            |   1 | 3 | 0 | 1 | 0 | 1 of 4 tests failed.",
                })
        void whenRead_thenVerdictsExitCodeAndSentenceAreThoseOfTheRun(
                String name, int exitCode, int passed, int flaky, int failed, int skipped, String sentence)
                throws Exception {
            RunSummary summary = read(name);

            assertThat(summary.counts()).isEqualTo(new RunSummary.Counts(passed, flaky, failed, skipped));
            assertThat(ExitCode.of(summary, Gate.playwright()).code().value()).isEqualTo(exitCode);
            assertThat(summary.sentence()).isEqualTo(sentence);
        }

        @Test
        void whenItIsAListing_thenNothingCountsAsRun() throws Exception {
            RunSummary summary = read("list");

            assertThat(summary.tests()).isEmpty();
            assertThat(summary.coverage().discovered()).isEqualTo(21);
            assertThat(summary.coverage().missing()).allMatch(m -> m.reason() == MissingReason.UNEXPLAINED);
            assertThat(ExitCode.of(summary, Gate.playwright()).code()).isEqualTo(ExitCode.UNPROVEN);
        }

        @Test
        void whenTestsStandInSeveralProjects_thenEachHasItsOwnId() throws Exception {
            RunSummary summary = read("multi-project");

            assertThat(summary.tests()).hasSize(21);
            assertThat(summary.tests()).extracting(t -> t.name().id()).doesNotHaveDuplicates();
            // The report says this id for both projects; it is that of the first.
            assertThat(summary.tests())
                    .filteredOn(t -> t.name().title().endsWith("buys an apple"))
                    .extracting(t -> t.name().project())
                    .containsExactly("desktop", "mobile");
        }

        @Test
        void whenATestFailed_thenMessagePlaceAndSnippetAreKeptWithoutColours() throws Exception {
            TestSummary test = read("failed").tests().get(0);

            assertThat(test.diagnosis().failure().firstLine())
                    .isEqualTo("TimeoutError: locator.click: Timeout 1500ms exceeded.");
            assertThat(test.diagnosis().failure().place()).startsWith("broken.spec.ts:");
            assertThat(test.diagnosis().failure().message()).doesNotContain("\u001b");
            assertThat(test.diagnosis().failure().snippet()).isNotEmpty().doesNotContain("\u001b");
        }

        @Test
        void whenTheRunStoppedEarly_thenItsExecutorSaysSo() throws Exception {
            assertThat(read("max-failures").executors().get(0).end()).isEqualTo(End.STOPPED_EARLY);
            assertThat(read("global-timeout").executors().get(0).end()).isEqualTo(End.TIMED_OUT);
            assertThat(read("interrupted").executors().get(0).end()).isEqualTo(End.INTERRUPTED);
        }
    }

    @Nested
    class GivenTheReportsOfTwoShards {

        @Test
        void whenRead_thenTheyAreOneRun() throws Exception {
            RunSummary summary = read("sharded-1-of-2", "sharded-2-of-2");

            assertThat(summary.counts()).isEqualTo(new RunSummary.Counts(9, 0, 1, 2));
            assertThat(summary.coverage().discovered()).isEqualTo(12);
            assertThat(summary.coverage().complete()).isTrue();
            assertThat(summary.executors())
                    .extracting(e -> e.name())
                    .containsExactly("sharded-1-of-2", "sharded-2-of-2");
            assertThat(summary.facts().wall().toMillis()).isEqualTo(17392);
            assertThat(ExitCode.of(summary, Gate.playwright()).code()).isEqualTo(ExitCode.FAILED);
        }
    }

    @Nested
    class GivenSomethingElse {

        @TempDir
        Path folder;

        @Test
        void whenRead_thenItIsRefusedWithTheReason() throws Exception {
            Path broken = Files.writeString(folder.resolve("broken.json"), "{\"config\":{},\"suites\":[");
            Path other = Files.writeString(folder.resolve("other.json"), "{\"results\":{}}");

            assertThatThrownBy(() -> PlaywrightJsonReport.read(List.of(broken), new RunSummaryBuilder("r")))
                    .isInstanceOf(RefusedFileException.class)
                    .hasMessageContaining("broken.json is no JSON");
            assertThatThrownBy(() -> PlaywrightJsonReport.read(List.of(other), new RunSummaryBuilder("r")))
                    .isInstanceOf(RefusedFileException.class)
                    .hasMessageContaining("no report of Playwright's JSON reporter");
        }
    }

    private static RunSummary read(String... names) throws IOException {
        RunSummaryBuilder builder = new RunSummaryBuilder("run");
        PlaywrightJsonReport.read(
                Stream.of(names).map(PlaywrightJsonReportTest::file).toList(), builder);
        return builder.build(Map.of());
    }

    private static Path file(String name) {
        try {
            return Path.of(PlaywrightJsonReportTest.class
                    .getResource("/report/playwright-json-1.65.1/" + name + ".json")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
