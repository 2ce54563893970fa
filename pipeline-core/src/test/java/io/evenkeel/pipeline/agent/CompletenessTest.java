package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.agent.AgentOutcome.Counts;
import io.evenkeel.pipeline.agent.AgentOutcome.Incomplete;
import io.evenkeel.pipeline.agent.AgentOutcome.Interrupted;
import io.evenkeel.pipeline.agent.AgentOutcome.NotStarted;
import io.evenkeel.pipeline.agent.AgentOutcome.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletenessTest {

    @TempDir
    Path folder;

    /** Lines are written short: {@code b} begin, {@code t:id} selected, {@code p:id} passed, {@code f:id} failed, {@code e} error, {@code r:status} end. */
    private RunDigest digest(String... lines) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            String argument = lines[i].substring(Math.min(2, lines[i].length()));
            String fields = switch (lines[i].charAt(0)) {
                case 'b' -> "\"ev\":\"run.begin\",\"projects\":[{\"name\":\"setup\",\"role\":\"setup\"}]";
                case 't' ->
                    "\"ev\":\"test\",\"id\":\"" + argument + "\",\"project\":\""
                            + (argument.startsWith("s") ? "setup" : "") + "\"";
                case 'p', 'f' ->
                    "\"ev\":\"attempt.end\",\"id\":\"" + argument + "\",\"status\":\""
                            + (lines[i].charAt(0) == 'p' ? "passed" : "failed") + "\",\"expected\":\"passed\"";
                case 'e' -> "\"ev\":\"error\",\"message\":\"Error: it broke\\nat x\"";
                default -> "\"ev\":\"run.end\",\"status\":\"" + argument + "\"";
            };
            text.append("{\"v\":1,\"seq\":")
                    .append(i + 1)
                    .append(",")
                    .append(fields)
                    .append("}\n");
        }
        Path spool = folder.resolve("a.ndjson");
        Files.writeString(spool, text);
        return RunDigest.of(List.of(spool));
    }

    private static AgentOutcome judge(RunDigest digest, int exitCode, String... planned) {
        return Completeness.judge(List.of(planned), digest, exitCode, List.of());
    }

    @Nested
    class GivenEverythingRan {

        @Test
        void whenItPassed_thenZero() throws IOException {
            AgentOutcome outcome =
                    judge(digest("b", "t:s1", "t:a", "t:b", "p:s1", "p:a", "p:b", "r:passed"), 0, "a", "b");

            assertThat(outcome).isEqualTo(new Ran(0, new Counts(2, 2, 2), List.of(), List.of()));
        }

        @Test
        void whenSomethingFailed_thenOneWhateverTheScriptEndsWith() throws IOException {
            AgentOutcome outcome = judge(digest("b", "t:a", "f:a", "r:failed"), 2, "a");

            assertThat(outcome.exitCode()).isEqualTo(1);
        }

        @Test
        void whenTheScriptForgives_thenSoDoWe() throws IOException {
            assertThat(judge(digest("b", "t:a", "f:a", "r:failed"), 0, "a").exitCode())
                    .isZero();
        }
    }

    @Nested
    class GivenTestsWithoutResult {

        @Test
        void whenPlaywrightStoppedAfterAFailure_thenItIsExplained() throws IOException {
            AgentOutcome outcome = judge(digest("b", "t:a", "t:b", "f:a", "r:failed"), 1, "a", "b");

            assertThat(outcome).isEqualTo(new Ran(1, new Counts(2, 2, 1), List.of("b"), List.of()));
        }

        @Test
        void whenTheGlobalTimeoutPassed_thenItIsExplained() throws IOException {
            assertThat(judge(digest("b", "t:a", "r:timedout"), 1, "a").exitCode())
                    .isEqualTo(1);
        }

        @Test
        void whenPlaywrightSaysAllPassed_thenItIsIncomplete() throws IOException {
            AgentOutcome outcome = judge(digest("b", "t:a", "t:b", "p:a", "r:passed"), 0, "a", "b");

            assertThat(outcome).isInstanceOf(Incomplete.class);
            assertThat(outcome.exitCode()).isEqualTo(3);
            assertThat(outcome.message())
                    .contains("1 of 2 tests", "the first is b")
                    .doesNotContain("\n");
        }

        @Test
        void whenATestWasNeverSelected_thenAFailureElsewhereExplainsNothing() throws IOException {
            assertThat(judge(digest("b", "t:a", "f:a", "r:failed"), 1, "a", "gone")
                            .exitCode())
                    .isEqualTo(3);
        }

        @Test
        void whenTheRunnerWasKilled_thenItIsIncomplete() throws IOException {
            assertThat(judge(digest("b", "t:a", "t:b", "p:a"), 137, "a", "b")).isInstanceOf(Incomplete.class);
        }

        @Test
        void whenTheRunnerWasKilledAfterTheLastTest_thenItIsIncompleteBecauseItNeverSaidItEnded() throws IOException {
            assertThat(judge(digest("b", "t:a", "p:a"), 137, "a").exitCode()).isEqualTo(3);
        }
    }

    @Nested
    class GivenNoRun {

        @Test
        void whenConfigThrows_thenPlaywrightsOwnCode() throws IOException {
            assertThat(judge(digest(), 1, "a")).isInstanceOf(NotStarted.class);
            assertThat(judge(digest(), 1, "a").exitCode()).isEqualTo(1);
        }

        @Test
        void whenCommandSucceedsWithoutPlaywright_thenIncomplete() throws IOException {
            assertThat(judge(digest(), 0, "a").exitCode()).isEqualTo(3);
            assertThat(Completeness.judgeEverything(digest(), 0, List.of()).exitCode())
                    .isEqualTo(3);
        }

        @Test
        void whenNothingWasFound_thenTheErrorIsTold() throws IOException {
            AgentOutcome outcome = Completeness.judgeEverything(digest("b", "e", "r:failed"), 1, List.of());

            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.message()).contains("Error: it broke").doesNotContain("at x");
        }

        @Test
        void whenOptionsWereLost_thenWrongUse() throws IOException {
            assertThat(judge(digest(), RunProcess.OPTIONS_LOST, "a").exitCode()).isEqualTo(2);
        }
    }

    @Test
    void whenInterrupted_thenItIsSaidWhateverIsMissing() throws IOException {
        AgentOutcome outcome = judge(digest("b", "t:a", "t:b", "p:a", "r:interrupted"), 130, "a", "b");

        assertThat(outcome).isEqualTo(new Interrupted(new Counts(2, 2, 1), List.of("b"), List.of()));
        assertThat(outcome.exitCode()).isEqualTo(130);
    }
}
