package io.evenkeel.bench.overhead;

import io.evenkeel.bench.JsonLines;
import io.evenkeel.bench.TimedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    @Option(
            names = "--heal",
            paramLabel = "live",
            description =
                    "Run each number of executors once more with this value of --heal; the project must have .evenkeel/references.json (evenkeel learn), or there is nothing to heal by.")
    private Optional<String> heal = Optional.empty();

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
        Map<Way, Series> series = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            Map<String, String> plain = Map.of();
            for (Way way : ways()) {
                int count = way.executors();
                String name = round + "-" + count + way.heal().orElse("");
                Path report = records.resolve(name + ".json");
                TimedRun run = TimedRun.of(
                        words(way),
                        dir,
                        Map.of("PLAYWRIGHT_JSON_OUTPUT_NAME", report.toString(), "EVENKEEL_URL", ""),
                        records.resolve(name + ".log"));
                Map<String, String> verdicts = Verdicts.of(count > 1 ? merged() : report);
                if (count == 0) {
                    plain = verdicts;
                }
                Series of = series.computeIfAbsent(way, w -> new Series());
                of.add(run, differences(plain, verdicts));
                out.print(line(round, way, run, new Compared(verdicts.size(), differences(plain, verdicts))));
            }
        }
        double base = series.getOrDefault(Way.PLAIN, new Series()).medianMs();
        series.forEach((way, of) -> out.print(of.summary(way, base)));
        return 0;
    }

    /** How the suite is run: with so many executors, 0 for the plain command, and with a value of {@code --heal} or without. */
    private record Way(int executors, Optional<String> heal) {

        static final Way PLAIN = new Way(0, Optional.empty());

        String word() {
            return executors == 0
                    ? "plain"
                    : heal.map(value -> "evenkeel --heal " + value).orElse("evenkeel");
        }
    }

    /** The plain command first. */
    private List<Way> ways() {
        List<Way> ways = new ArrayList<>(List.of(Way.PLAIN));
        for (int count : executors) {
            ways.add(new Way(count, Optional.empty()));
            heal.ifPresent(value -> ways.add(new Way(count, heal)));
        }
        return ways;
    }

    /** The reporters are named on both sides, because the verdicts are read from the JSON of both. */
    private List<String> words(Way way) {
        List<String> words = new ArrayList<>();
        if (way.executors() > 0) {
            words.addAll(List.of(evenkeel.toAbsolutePath().toString(), "local", "--executors", "" + way.executors()));
            way.heal().ifPresent(value -> words.addAll(List.of("--heal", value)));
            words.add("--");
        }
        words.addAll(command);
        words.add("--reporter=dot,json");
        return words;
    }

    /** Several executors have several reports of their own; the whole run is in the merged one. */
    private Path merged() {
        return dir.resolve(".evenkeel/report/report.json");
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

    /** How many tests a run had, and which of them ended otherwise than plainly. */
    private record Compared(int tests, List<String> differences) {}

    private static Map<String, Object> line(int round, Way way, TimedRun run, Compared compared) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("way", way.word());
        line.put("executors", way.executors());
        line.put("round", round);
        line.put("wallMs", run.wall().toMillis());
        line.put("exitCode", run.exitCode());
        line.put("tests", compared.tests());
        line.put("otherVerdicts", compared.differences());
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

        Map<String, Object> summary(Way way, double plainMs) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("way", way.word());
            line.put("executors", way.executors());
            line.put("medianMs", Math.round(medianMs()));
            line.put("ratioToPlain", Math.round(medianMs() / plainMs * 1000) / 1000.0);
            line.put("moreMs", Math.round(medianMs() - plainMs));
            line.put("exitCodes", exitCodes.stream().distinct().sorted().toList());
            line.put("otherVerdicts", differences);
            return line;
        }
    }
}
