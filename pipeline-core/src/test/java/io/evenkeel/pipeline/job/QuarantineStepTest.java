package io.evenkeel.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentOutcome.Counts;
import io.evenkeel.pipeline.agent.AgentOutcome.Ran;
import io.evenkeel.pipeline.quarantine.QuarantineFile;
import io.evenkeel.pipeline.quarantine.Quarantined;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a share and a report end with when quarantined tests fail; the spools are written as the reporter writes them. */
class QuarantineStepTest {

    private static final Instant NOW = Instant.parse("2026-01-05T10:00:00Z");
    private static final String CART = "aaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbbbbbbbb";
    private static final String PAY = "cccccccccccccccccccc-dddddddddddddddddddd";

    @TempDir
    private Path root;

    private final List<String> said = new ArrayList<>();
    private final People people = new People() {
        @Override
        public void say(String line) {
            said.add(line);
        }

        @Override
        public void warn(String line) {
            said.add(line);
        }
    };

    private WorkFolder folder() {
        return new WorkFolder(root);
    }

    @BeforeEach
    void quarantine() throws IOException {
        QuarantineStep.cached(folder(), people)
                .keep(QuarantineFile.parse("{\"v\":1,\"tests\":[]}", "").list().with(entry()));
    }

    private static Quarantined entry() {
        return Quarantined.of(CART, "team-shop", "6 flakes in 40 runs", NOW, 14);
    }

    private Path spool(String run, String cart, String pay, String more) throws IOException {
        String head = "{\"v\":1,\"seq\":%d,\"t\":1790000000000,\"ev\":\"%s\"";
        StringBuilder text = new StringBuilder();
        int seq = 0;
        text.append(head.formatted(++seq, "run.begin"))
                .append(
                        ",\"playwright\":\"1.62.0\",\"config\":\"playwright.config.ts\",\"rootDir\":\"/w\",\"workers\":1,\"projects\":[]}\n");
        for (String id : List.of(CART, PAY)) {
            text.append(head.formatted(++seq, "test"))
                    .append(",\"id\":\"" + id
                            + "\",\"project\":\"\",\"file\":\"cart.spec.ts\",\"line\":3,\"titles\":[\""
                            + (id.equals(CART) ? "adds" : "pays") + "\"]}\n");
        }
        text.append(attempt(head.formatted(++seq, "attempt.end"), CART, cart));
        text.append(attempt(head.formatted(++seq, "attempt.end"), PAY, pay));
        if (!more.isEmpty()) {
            text.append(head.formatted(++seq, "error")).append(more).append("\n");
        }
        text.append(head.formatted(++seq, "run.end")).append(",\"status\":\"failed\",\"durationMs\":500}\n");
        text.append(head.formatted(++seq, "agent.end")).append(",\"exitCode\":1,\"runnerExitCode\":1}\n");
        Path file = folder().spools().folder().resolve(run + "_s1.ndjson");
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text.toString());
    }

    private static String attempt(String head, String id, String status) {
        String error = status.equals("passed")
                ? ""
                : ",\"errors\":[{\"message\":\"Error: boom\",\"stack\":\"Error: boom\\n    at /w/cart.spec.ts:4:1\"}]";
        return head + ",\"id\":\"" + id + "\",\"retry\":0,\"status\":\"" + status
                + "\",\"expected\":\"passed\",\"startedAt\":1790000000000,\"durationMs\":80,\"worker\":0,\"parallel\":0"
                + error + "}\n";
    }

    private AgentOutcome excuse(Path spool, Instant now) throws IOException {
        AgentOutcome ran = new Ran(1, new Counts(2, 2, 2), List.of(), List.of(spool));
        return QuarantineStep.cached(folder(), people).excuse(ran, "c1", now);
    }

    private int report(String run) throws IOException, InterruptedException {
        return new ReportJob(folder(), Optional.empty(), InstantSource.fixed(NOW), people)
                .report(new ReportJob.Request(
                        root,
                        Optional.of(run),
                        io.evenkeel.pipeline.report.MergeRequest.Reporters.OURS,
                        io.evenkeel.pipeline.summary.Gate.playwright(),
                        ReportJob.Whole.SUMMARY_ONLY))
                .orElseThrow()
                .decision()
                .code()
                .value();
    }

    @Nested
    class GivenAShare {

        @Test
        void whenOnlyTheQuarantinedTestFails_thenItEndsWith0AndSaysSo() throws IOException {
            AgentOutcome outcome = excuse(spool("r", "failed", "passed", ""), NOW);

            assertThat(outcome.exitCode()).isZero();
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("quarantined until 2026-01-19, owner team-shop: 6 flakes in 40 runs");
        }

        @Test
        void whenAnotherTestFailsToo_thenItEndsWith1() throws IOException {
            assertThat(excuse(spool("r", "failed", "failed", ""), NOW).exitCode())
                    .isEqualTo(1);
        }

        @Test
        void whenAnErrorOutsideOfTestsComes_thenItEndsWith1() throws IOException {
            Path spool = spool("r", "failed", "passed", ",\"error\":{\"message\":\"Error: teardown failed\"}}");

            assertThat(excuse(spool, NOW).exitCode()).isEqualTo(1);
        }

        @Test
        void whenTheEntryHasEnded_thenItEndsWith1() throws IOException {
            Path spool = spool("r", "failed", "passed", "");

            assertThat(excuse(spool, NOW.plusSeconds(15 * 86_400L)).exitCode()).isEqualTo(1);
        }
    }

    @Nested
    class GivenReportsWithoutACoordinator {

        @Test
        void whenTheQuarantinedTestFailsOnTwoRunsInARow_thenTheSecondCounts() throws Exception {
            spool("r1", "failed", "passed", "");
            int first = report("r1");
            spool("r2", "failed", "passed", "");
            int second = report("r2");
            spool("r3", "passed", "passed", "");
            report("r3");
            spool("r4", "failed", "passed", "");

            assertThat(first).isZero();
            assertThat(second).isEqualTo(1);
            assertThat(report("r4")).isZero();
            assertThat(Files.readString(folder().summaryJson())).contains("quarantined");
        }
    }
}
