package io.evenkeel.bench.flaky;

import io.evenkeel.bench.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evenkeel-bench flaky FOLDER}: measures the judgement of tests on every data set below a folder. */
@Command(
        name = "flaky",
        description =
                "Measures flaky told from broken, rates, durations, failure signatures and speed on recorded histories.",
        mixinStandardHelpOptions = true)
public final class FlakyCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            description = "folder with *-verdicts.csv[.gz], *-rates.csv[.gz] and companions, at any depth")
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private Path folder;

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "The folder (" + folder + ") must exist.");
        }
        List<DataSet> found = DataSet.findIn(folder);
        if (found.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The folder (" + folder + ") must hold *-verdicts.csv or *-rates.csv files, plain or gzip.");
        }
        JsonLines out = new JsonLines(System.out);
        for (DataSet data : found) {
            for (Result result : measure(data)) {
                result.print(out);
            }
        }
        return 0;
    }

    private static List<Result> measure(DataSet data) throws IOException {
        List<Result> results = new ArrayList<>();
        if (data.file("verdicts").isPresent()) {
            History history = History.read(data);
            if (history.skipped() > 0) {
                System.err.println(
                        data.name() + ": " + history.skipped() + " lines without test, run or known status left out");
            }
            if (data.hasColumn("truth-failures", "label")) {
                results.addAll(new FailureMetrics(data, history).measure());
            }
            if (data.hasColumn("truth-tests", "kind")) {
                results.addAll(new TestMetrics(data, history).measure());
            }
            results.addAll(DurationMetrics.measure(data, "verdicts", DurationMetrics.LEAST_TEST_MILLIS));
            results.addAll(SpeedMetrics.measure(data.name(), history));
        }
        if (data.file("rates").isPresent()) {
            results.addAll(RateMetrics.measure(data));
        }
        if (data.file("jobs").isPresent()) {
            results.addAll(DurationMetrics.measure(data, "jobs", DurationMetrics.LEAST_JOB_MILLIS));
        }
        if (data.file("methods").isPresent()) {
            results.addAll(SignatureMetrics.measure(data));
        }
        return results;
    }
}
