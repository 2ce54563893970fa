package io.evenkeel.bench.flaky;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FlakyCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    /** Runs the command and returns the figures of our own method by data set and metric. */
    private Map<String, Double> figures() throws IOException {
        PrintStream real = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            assertThat(new CommandLine(new FlakyCommand()).execute(folder.toString()))
                    .isZero();
        } finally {
            System.setOut(real);
        }
        Map<String, Double> figures = new HashMap<>();
        for (String line : printed.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode json = JSON.readTree(line);
            if (json.path("method").asText().equals("evenkeel")) {
                figures.put(
                        json.path("dataset").asText() + " "
                                + json.path("metric").asText(),
                        json.path("value").asDouble(Double.NaN));
            }
        }
        return figures;
    }

    @Nested
    class GivenASmallHistoryWithTruth {

        @Test
        void whenFlakesAndBreakagesAreClear_thenTheyAreToldApart() throws IOException {
            StringBuilder verdicts = new StringBuilder("suite,test,run,commit,attempt,status,durationMs\n");
            StringBuilder truth = new StringBuilder("test,run,commit,label,rule,massRun\n");
            for (int run = 1; run <= 60; run++) {
                boolean flake = run % 12 == 5;
                boolean broken = run >= 30 && run < 36;
                verdicts.append("s,flaky,%d,c%d,1,%s,100\n".formatted(run, run, flake ? "failed" : "passed"));
                verdicts.append("s,\"bro,ken\",%d,c%d,1,%s,100\n".formatted(run, run, broken ? "failed" : "passed"));
                truth.append(flake ? "flaky,%d,c%d,flake_certain,x,0\n".formatted(run, run) : "");
                truth.append(broken ? "\"bro,ken\",%d,c%d,broken_certain,x,0\n".formatted(run, run) : "");
            }
            Files.writeString(folder.resolve("mini-verdicts.csv"), verdicts);
            Files.writeString(folder.resolve("mini-truth-failures.csv"), truth);

            Map<String, Double> figures = figures();

            assertThat(figures.get("mini auc_at_once")).isGreaterThan(0.85);
            assertThat(figures.get("mini auc_one_run_later")).isGreaterThan(0.9);
            assertThat(figures.get("mini bytes_per_test")).isBetween(100.0, 1024.0);
            assertThat(figures).doesNotContainKey("mini recall");
        }
    }

    @Nested
    class GivenKnownRates {

        @Test
        void whenRunsAreDrawn_thenTheIntervalsHoldThem() throws IOException {
            StringBuilder rates = new StringBuilder("suite,test,failingRuns,passingRuns,firstFailingRun,label\n");
            for (int i = 1; i <= 200; i++) {
                rates.append("s,t%d,%d,%d,1,flaky\n".formatted(i, 25 * i, 10_000 - 25 * i));
            }
            Files.writeString(folder.resolve("known-rates.csv"), rates);

            assertThat(figures().get("known interval_coverage")).isBetween(0.8, 0.97);
        }
    }

    @Nested
    class GivenNothingToMeasure {

        @Test
        void whenTheFolderIsEmptyOrMissing_thenItSaysWhatItNeeds() {
            CommandLine command = new CommandLine(new FlakyCommand());

            assertThat(command.execute(folder.toString())).isEqualTo(2);
            assertThat(command.execute(folder.resolve("none").toString())).isEqualTo(2);
        }
    }

    @Nested
    class GivenAGeneratedHistory {

        @Test
        void whenItIsGeneratedTwice_thenItIsTheSameAndAnotherSeedIsNot() {
            assertThat(digest(3)).isEqualTo(digest(3)).isNotEqualTo(digest(4));
        }

        private long digest(long seed) {
            long[] digest = {seed == 0 ? 1 : 0};
            new Simulator(seed, Simulator.Variant.STANDARD).generate(new Simulator.Sink() {
                @Override
                public void run(long run, String commit, String branch, long time, boolean outage) {
                    digest[0] = digest[0] * 31 + commit.hashCode() + time + (outage ? 1 : 0);
                }

                @Override
                public void attempt(int test, long run, String commit, int attempt, String cause, long millis) {
                    digest[0] = digest[0] * 31 + test + 7L * attempt + cause.hashCode() + millis;
                }
            });
            return digest[0];
        }
    }
}
