package io.evenkeel.bench.claims;

import io.evenkeel.bench.JsonLines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evenkeel-bench claims}: agents that claim from one coordinator. */
@Command(
        name = "claims",
        description = "Claims of many agents at one coordinator on this machine, one item each, every answer durable.",
        mixinStandardHelpOptions = true)
public final class ClaimsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Option(names = "--agents", description = "Agents that take part. Default: ${DEFAULT-VALUE}.")
    private int agents = 500;

    @Option(names = "--per-second", description = "Claims a second, of all agents together. Default: ${DEFAULT-VALUE}.")
    private int perSecond = 500;

    @Option(
            names = "--seconds",
            description = "Time that is measured, after a third of it to warm up. Default: ${DEFAULT-VALUE}.")
    private int seconds = 20;

    @Option(names = "--coordinator", description = "Jar of the coordinator. Default: the one of this checkout.")
    private Path jar = Path.of("coordinator", "target", "evenkeel-coordinator.jar");

    @Option(
            names = "--data",
            description = "Folder for its database. Default: a temporary one; name one on the disk to measure.")
    private Path data = Path.of(System.getProperty("java.io.tmpdir"));

    @Override
    public Integer call() throws Exception {
        if (agents < 1 || agents > 5_000 || perSecond < 1 || perSecond > 100_000 || seconds < 1 || seconds > 600) {
            throw wrong("--agents must be 1 to 5000, --per-second 1 to 100000, --seconds 1 to 600.");
        }
        if (!Files.isRegularFile(jar)) {
            throw wrong(
                    "There is no coordinator at " + jar + ". Build it (./mvnw -q -DskipTests package), or name it.");
        }
        try (CoordinatorProcess coordinator = CoordinatorProcess.start(jar, data)) {
            ClaimLoad load = new ClaimLoad(coordinator.url(), coordinator.token());
            load.open(perSecond * (seconds + seconds / 3 + 1), agents);
            Duration before = coordinator.cpu();
            Map<String, Object> row = load.run(perSecond, seconds);
            // The times depend on what else the machine does, this figure hardly.
            long claims = (long) perSecond * (seconds + seconds / 3);
            row.put("serverCpuMs", Math.round(coordinator.cpu().minus(before).toNanos() / 1e4 / claims) / 100.0);
            new JsonLines(System.out).print(row);
        }
        return 0;
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
