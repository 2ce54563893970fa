package io.evenkeel.bench.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.bench.JsonLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evenkeel-bench report}: wall and processor time of {@code evenkeel report} after a large run, without any network. */
@Command(
        name = "report",
        description = {
            "Times the report job of a large run, its program's start and Playwright's merge-reports included.",
            "",
            "Prints a line for each round and one with the medians. Each round is checked: the summary must be complete"
                    + " and hold every test."
        },
        mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--tests", description = "Tests of the run. Default: ${DEFAULT-VALUE}.")
    private int tests = 10_000;

    @Option(names = "--shards", description = "Shards of the run. Default: ${DEFAULT-VALUE}.")
    private int shards = 20;

    @Option(names = "--rounds", description = "How often each way is timed. Default: ${DEFAULT-VALUE}.")
    private int rounds = 5;

    @Option(names = "--seed", description = "What the run is made from. Default: ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(names = "--jar", description = "Jar of evenkeel. Default: the one of this checkout.")
    private Path jar = Path.of("cli", "target", "evenkeel.jar");

    @Option(names = "--packages", description = "Folder whose node_modules hold Playwright. Default: ${DEFAULT-VALUE}.")
    private Path packages = Path.of("examples", "shop");

    @Override
    public Integer call() throws Exception {
        if (tests < 1 || shards < 1 || rounds < 1) {
            throw new ParameterException(spec.commandLine(), "--tests, --shards and --rounds must be at least 1.");
        }
        if (!Files.isRegularFile(jar)) {
            throw new ParameterException(spec.commandLine(), "There is no " + jar + ". Build it first, or use --jar.");
        }
        if (!Files.isDirectory(packages.resolve("node_modules"))) {
            throw new ParameterException(
                    spec.commandLine(),
                    "There is no " + packages.resolve("node_modules") + ". Run npm ci there first.");
        }
        MadeRun run = MadeRun.of(tests, shards, seed);
        JsonLines out = new JsonLines(System.out);
        Map<String, List<CountedRun>> series = new LinkedHashMap<>();
        for (int round = 1; round <= rounds; round++) {
            for (String way : List.of("summary", "report")) {
                CountedRun counted = once(run, way);
                series.computeIfAbsent(way, w -> new ArrayList<>()).add(counted);
                Map<String, Object> line = line(way);
                line.put("round", round);
                line.put("wallMs", counted.wall().toMillis());
                line.put("cpuMs", counted.cpu().toMillis());
                out.print(line);
            }
        }
        series.forEach((way, counted) -> {
            Map<String, Object> line = line(way);
            line.put("medianWallMs", median(counted.stream().map(c -> c.wall().toMillis())));
            line.put("medianCpuMs", median(counted.stream().map(c -> c.cpu().toMillis())));
            out.print(line);
        });
        return 0;
    }

    private Map<String, Object> line(String way) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("way", way);
        line.put("tests", tests);
        line.put("shards", shards);
        line.put("seed", seed);
        return line;
    }

    private static long median(Stream<Long> values) {
        List<Long> sorted = values.sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Every round has a folder of its own, as every job of a CI has. */
    private CountedRun once(MadeRun run, String way) throws IOException, InterruptedException {
        Path project = Files.createTempDirectory("evenkeel-report-").toRealPath();
        try {
            Files.writeString(
                    project.resolve("playwright.config.ts"), "export default { testDir: './tests', retries: 1 };\n");
            Files.createSymbolicLink(
                    project.resolve("node_modules"),
                    packages.resolve("node_modules").toRealPath());
            run.writeTo(project);
            List<String> words = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    // as the action and the templates start it
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-jar",
                    jar.toAbsolutePath().toString(),
                    "report"));
            if (way.equals("summary")) {
                words.add("--no-report");
            }
            Path log = project.resolve("report.log");
            CountedRun counted = CountedRun.of(words, project, log);
            check(run, way, project, log);
            return counted;
        } finally {
            delete(project);
        }
    }

    /** A fast report that is wrong counts for nothing. */
    private void check(MadeRun run, String way, Path project, Path log) throws IOException {
        Path file = project.resolve(".evenkeel/summary.json");
        JsonNode summary =
                Files.exists(file) ? new ObjectMapper().readTree(file.toFile()) : new ObjectMapper().createObjectNode();
        long failed = summary.path("tests").findValuesAsText("verdict").stream()
                .filter("failed"::equals)
                .count();
        boolean right = summary.path("complete").asBoolean()
                && summary.path("executed").asInt() == tests
                && failed == run.failed()
                && (way.equals("summary") || Files.exists(project.resolve(".evenkeel/report/html/index.html")));
        if (!right) {
            throw new IOException("The report is not what the run was; it said: " + Files.readString(log));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
