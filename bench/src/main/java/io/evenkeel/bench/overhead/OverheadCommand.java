package io.evenkeel.bench.overhead;

import io.evenkeel.bench.JsonLines;
import io.evenkeel.bench.TimedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code evenkeel-bench overhead}: wall time, verdicts and exit code of {@code evenkeel local} beside the plain command.
 *
 * <p>The two alternate, so that a machine that becomes slower is slower for both; medians are compared, never single runs.
 */
@Command(
        name = "overhead",
        description = {
            "Runs a real suite with the plain command and with evenkeel local in turns.",
            "",
            "Prints a line for each run, then one with the medians of each way. A suite without history is planned by"
                    + " the numbers of its tests; the runs of the first round become the history of the next."
        },
        mixinStandardHelpOptions = true)
public final class OverheadCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--dir", required = true, description = "Folder of a Playwright project.")
    @SuppressWarnings("NullAway.Init") // required
    private Path dir;

    @Option(names = "--evenkeel", description = "The evenkeel command. Default: ${DEFAULT-VALUE}.")
    private Path evenkeel = Path.of("evenkeel");

    @Option(names = "--executors", split = ",", description = "Numbers of executors. Default: ${DEFAULT-VALUE}.")
    private List<Integer> executors = List.of(1, 2);

    @Option(names = "--rounds", description = "How often each way is run. Default: ${DEFAULT-VALUE}.")
    private int rounds = 3;

    @Parameters(paramLabel = "COMMAND", description = "The plain command after two dashes.")
    private List<String> command = List.of("npx", "playwright", "test");

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(dir)) {
            throw new ParameterException(spec.commandLine(), "The folder (" + dir + ") must be a Playwright project.");
        }
        if (rounds < 1 || executors.stream().anyMatch(count -> count < 1)) {
            throw new ParameterException(spec.commandLine(), "--rounds and --executors must be at least 1.");
        }
        JsonLines out = new JsonLines(System.out);
        Path records = Files.createTempDirectory("evenkeel-overhead-");
        Map<Integer, Series> series = new TreeMap<>();
        for (int round = 1; round <= rounds; round++) {
            Map<String, String> plain = Map.of();
            for (int count : counts()) {
                Path report = records.resolve(round + "-" + count + ".json");
                TimedRun run = TimedRun.of(
                        words(count),
                        dir,
                        Map.of("PLAYWRIGHT_JSON_OUTPUT_NAME", report.toString(), "EVENKEEL_URL", ""),
                        records.resolve(round + "-" + count + ".log"));
                Map<String, String> verdicts = Verdicts.of(count > 1 ? merged() : report);
                if (count == 0) {
                    plain = verdicts;
                }
                Series of = series.computeIfAbsent(count, c -> new Series());
                of.add(run, differences(plain, verdicts));
                out.print(line(round, count, run, verdicts.size(), differences(plain, verdicts)));
            }
        }
        double base = series.getOrDefault(0, new Series()).medianMs();
        series.forEach((count, of) -> out.print(of.summary(way(count), count, base)));
        return 0;
    }

    /** The plain command first; 0 stands for it. */
    private List<Integer> counts() {
        List<Integer> counts = new ArrayList<>(List.of(0));
        counts.addAll(executors);
        return counts;
    }

    /** The reporters are named on both sides, because the verdicts are read from the JSON of both. */
    private List<String> words(int count) {
        List<String> words = new ArrayList<>();
        if (count > 0) {
            words.addAll(List.of(evenkeel.toAbsolutePath().toString(), "local", "--executors", "" + count, "--"));
        }
        words.addAll(command);
        words.add("--reporter=dot,json");
        return words;
    }

    /** Several executors have several reports of their own; the whole run is in the merged one. */
    private Path merged() {
        return dir.resolve(".evenkeel/report/report.json");
    }

    private static String way(int count) {
        return count == 0 ? "plain" : "evenkeel";
    }

    private static List<String> differences(Map<String, String> plain, Map<String, String> ours) {
        Map<String, String> all = new TreeMap<>(plain);
        all.putAll(ours);
        return all.keySet().stream()
                .filter(test -> !plain.getOrDefault(test, "missing").equals(ours.getOrDefault(test, "missing")))
                .map(test ->
                        test + ": " + plain.getOrDefault(test, "missing") + ", " + ours.getOrDefault(test, "missing"))
                .toList();
    }

    private static Map<String, Object> line(int round, int count, TimedRun run, int tests, List<String> differences) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("way", way(count));
        line.put("executors", count);
        line.put("round", round);
        line.put("wallMs", run.wall().toMillis());
        line.put("exitCode", run.exitCode());
        line.put("tests", tests);
        line.put("otherVerdicts", differences);
        return line;
    }

    /** All runs of one way. One thread. */
    private static final class Series {
        private final List<Long> wallMs = new ArrayList<>();
        private final List<Integer> exitCodes = new ArrayList<>();
        private int differences;

        void add(TimedRun run, List<String> otherVerdicts) {
            wallMs.add(run.wall().toMillis());
            exitCodes.add(run.exitCode());
            differences += otherVerdicts.size();
        }

        double medianMs() {
            List<Long> sorted = wallMs.stream().sorted().toList();
            int half = sorted.size() / 2;
            return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2.0;
        }

        Map<String, Object> summary(String way, int executors, double plainMs) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("way", way);
            line.put("executors", executors);
            line.put("medianMs", Math.round(medianMs()));
            line.put("ratioToPlain", Math.round(medianMs() / plainMs * 1000) / 1000.0);
            line.put("moreMs", Math.round(medianMs() - plainMs));
            line.put("exitCodes", exitCodes.stream().distinct().sorted().toList());
            line.put("otherVerdicts", differences);
            return line;
        }
    }
}
