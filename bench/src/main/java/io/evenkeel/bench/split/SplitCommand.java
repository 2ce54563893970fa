package io.evenkeel.bench.split;

import io.evenkeel.bench.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code evenkeel-bench split}: plans and queues on recorded durations. */
@Command(
        name = "split",
        description = "Plans and queues on recorded suites, ours beside the rules of other tools.",
        mixinStandardHelpOptions = true)
public final class SplitCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Parameters(paramLabel = "FOLDER", description = "Folder with duration files, *.json and *.json.gz at any depth.")
    private Path folder = Path.of(".");

    @Option(names = "--machines", split = ",", description = "Numbers of machines. Default: ${DEFAULT-VALUE}.")
    private List<Integer> machines = List.of(4, 8, 16, 32);

    @Option(
            names = "--mode",
            description = "static: exact durations, equal machines. replay: each recent run planned from older ones."
                    + " noise: speeds and starts unknown. death: one machine dies at half-time."
                    + " setup: families with a set-up. Default: ${DEFAULT-VALUE}.")
    private String mode = "static";

    @Option(names = "--seeds", description = "Draws of the modes with chance. Default: 20, of setup 3.")
    private int seeds = 0;

    @Option(names = "--pull-ms", description = "Cost of a pull of our queue. Default: ${DEFAULT-VALUE}.")
    private double pullMs = 20;

    @Option(
            names = "--process-pull-ms",
            description = "Cost of a pull of queues that start a process for each. Default: ${DEFAULT-VALUE}.")
    private double processPullMs = 2000;

    @Option(names = "--lease-ms", description = "How long a dead machine keeps its work. Default: ${DEFAULT-VALUE}.")
    private double leaseMs = 30_000;

    @Option(names = "--mean", description = "Print the means over the seeds instead of every draw.")
    private boolean mean;

    @Override
    public Integer call() throws Exception {
        if (!Files.isDirectory(folder)) {
            throw wrong("The folder (" + folder + ") must be an existing folder with duration files.");
        }
        if (seeds < 0 || pullMs < 0 || processPullMs < 0 || leaseMs < 0) {
            throw wrong("--seeds (0 for the default), --pull-ms, --process-pull-ms and --lease-ms must be at least 0.");
        }
        for (int count : machines) {
            if (count < 1 || count > 10_000) {
                throw wrong("The number (" + count + ") of machines must be between 1 and 10000.");
            }
        }
        Options options = new Options(seeds == 0 ? 20 : seeds, pullMs, processPullMs, leaseMs);
        Map<String, Mode> modes = Map.of(
                "static", new StaticMode(),
                "replay", new ReplayMode(),
                "noise", new NoiseMode(options),
                "death", new DeathMode(options),
                "setup", new SetupMode(seeds == 0 ? 3 : seeds));
        Mode chosen = modes.get(mode);
        if (chosen == null) {
            throw wrong("The mode (" + mode + ") must be one of "
                    + modes.keySet().stream().sorted().toList() + ".");
        }
        JsonLines out = new JsonLines(System.out);
        for (Recording recording : RecordingReader.readAll(folder)) {
            for (int count : machines) {
                if (mean) {
                    Means means = new Means();
                    chosen.run(recording, count, means);
                    means.fields().forEach(out::print);
                } else {
                    chosen.run(recording, count, row -> out.print(row.fields()));
                }
            }
        }
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
