package io.evenkeel.bench.flaky;

import io.evenkeel.bench.flaky.Simulator.Variant;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evenkeel-bench simulate}: writes a generated history with its truth, in the format that {@code flaky} reads. */
@Command(
        name = "simulate",
        description =
                "Writes a generated test history with exact truth, to be measured with: evenkeel-bench flaky FOLDER",
        mixinStandardHelpOptions = true)
public final class SimulateCommand implements Callable<Integer> {

    @Option(names = "--seed", required = true, description = "number that determines the history")
    private long seed;

    @Option(names = "--out", required = true, description = "folder to write to; created when missing")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private Path out;

    @Option(
            names = "--variant",
            defaultValue = "standard",
            description = "standard, drifting-rates, correlated-retries or slow-fixes; default ${DEFAULT-VALUE}")
    private String variant = "standard";

    @Override
    public Integer call() throws IOException {
        Variant chosen = Variant.valueOf(variant.toUpperCase(Locale.ROOT).replace('-', '_'));
        String prefix = "sim-" + seed + (chosen == Variant.STANDARD ? "" : "-" + variant);
        Files.createDirectories(out);
        Simulator simulator = new Simulator(seed, chosen);
        try (PrintWriter runs = writer(prefix + "-runs.csv.gz");
                PrintWriter verdicts = writer(prefix + "-verdicts.csv.gz");
                PrintWriter causes = writer(prefix + "-truth-failures.csv.gz")) {
            runs.println("run,commit,branch,time,outage");
            verdicts.println("suite,test,run,commit,attempt,status,durationMs");
            causes.println("test,run,attempt,cause");
            simulator.generate(new Simulator.Sink() {
                @Override
                public void run(long run, String commit, String branch, long time, boolean outage) {
                    runs.println(run + "," + commit + "," + branch + "," + time + "," + (outage ? 1 : 0));
                }

                @Override
                public void attempt(int test, long run, String commit, int attempt, String cause, long millis) {
                    verdicts.println(Simulator.suite(test) + "," + Simulator.name(test) + "," + run + "," + commit + ","
                            + attempt + "," + (cause.isEmpty() ? "passed" : "failed") + "," + millis);
                    if (!cause.isEmpty()) {
                        causes.println(Simulator.name(test) + "," + run + "," + attempt + "," + cause);
                    }
                }
            });
        }
        writeTests(simulator, prefix);
        System.err.println("Wrote " + prefix + "-*.csv to " + out);
        return 0;
    }

    private void writeTests(Simulator simulator, String prefix) throws IOException {
        try (PrintWriter tests = writer(prefix + "-truth-tests.csv.gz")) {
            tests.println(
                    "test,kind,flakeRate,flakyFromCommit,flakyToCommit,cluster,durationMedianMs,durationStepCommit,durationStepFactor,brokenIntervals");
            for (int i = 0; i < simulator.tests.length; i++) {
                Simulator.TestTruth test = simulator.tests[i];
                String broken = test.broken.stream().map(b -> b[0] + "-" + b[1]).collect(Collectors.joining(";"));
                tests.println(String.join(
                        ",",
                        Simulator.name(i),
                        test.flaky ? "flaky" : "stable",
                        String.format(Locale.ROOT, "%.6f", test.rate),
                        test.flaky ? "" + test.from : "",
                        test.flaky ? "" + test.to : "",
                        test.cluster >= 0 ? "" + test.cluster : "",
                        "" + test.medianMillis,
                        test.stepCommit >= 0 ? "" + test.stepCommit : "",
                        String.format(Locale.ROOT, "%.3f", test.stepFactor),
                        broken));
            }
        }
    }

    private PrintWriter writer(String file) throws IOException {
        return new PrintWriter(new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(out.resolve(file))), StandardCharsets.UTF_8)));
    }
}
