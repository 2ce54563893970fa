package io.evenkeel.bench.heal;

import io.evenkeel.bench.JsonLines;
import io.evenkeel.healing.Healer;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.pipeline.heal.CaseFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code evenkeel-bench diagnose}: how long the whole diagnosis of a failed test takes, from its files to the proposed locator. */
@Command(
        name = "diagnose",
        description =
                "Times the whole diagnosis of each failed test: report entry, trace, page, ranking, locator, edit.",
        mixinStandardHelpOptions = true)
public final class DiagnoseCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "case folders (report-entry.json, trace.zip ...) at any depth")
    private Path folder = Path.of(".");

    @Option(
            names = "--rounds",
            description =
                    "times each case is diagnosed (default: ${DEFAULT-VALUE}); the first round has a cold virtual machine")
    private int rounds = 20;

    @Override
    public Integer call() throws IOException {
        List<Path> cases;
        try (Stream<Path> walk = Files.walk(folder)) {
            cases = walk.filter(p -> p.endsWith(CaseFolder.ENTRY))
                    .map(Path::getParent)
                    .sorted()
                    .toList();
        }
        if (cases.isEmpty() || rounds < 1) {
            System.err.println("No " + CaseFolder.ENTRY + " in " + folder + ", or no rounds: nothing to diagnose.");
            return 2;
        }
        Map<Path, List<Double>> times = new LinkedHashMap<>();
        Map<Path, String> outcomes = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (Path one : cases) {
                long start = System.nanoTime();
                HealingOutcome outcome = new Healer().diagnose(new CaseFolder(one).read());
                times.computeIfAbsent(one, k -> new ArrayList<>()).add((System.nanoTime() - start) / 1e6);
                outcomes.put(one, outcome.word());
            }
        }
        JsonLines out = new JsonLines(System.out);
        times.forEach((one, all) ->
                out.print(line(folder.relativize(one).toString(), outcomes.getOrDefault(one, ""), traceKb(one), all)));
        out.print(
                line("all", "", 0, times.values().stream().flatMap(List::stream).toList()));
        return 0;
    }

    /** Wall time, because a person waits for it. */
    private static Map<String, Object> line(String name, String outcome, long kb, List<Double> ms) {
        double[] sorted = ms.stream().mapToDouble(d -> d).sorted().toArray();
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("case", name);
        line.put("outcome", outcome.isEmpty() ? null : outcome);
        line.put("traceKb", kb == 0 ? null : kb);
        line.put("n", sorted.length);
        line.put("p50Ms", round(sorted[sorted.length / 2]));
        line.put("p95Ms", round(sorted[(int) (0.95 * (sorted.length - 1))]));
        line.put("maxMs", round(Arrays.stream(sorted).max().orElse(0)));
        return line;
    }

    private static double round(double ms) {
        return Math.round(ms * 10) / 10.0;
    }

    private static long traceKb(Path one) {
        try {
            Path trace = one.resolve("trace.zip");
            return Files.exists(trace) ? Math.max(1, Files.size(trace) / 1024) : 0;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
