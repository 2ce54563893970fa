package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.client.Agreement;
import io.evenkeel.pipeline.discover.Discovery;
import io.evenkeel.pipeline.discover.DiscoveryOutcome;
import io.evenkeel.pipeline.discover.SettledPorts;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.estimate.Timings;
import io.evenkeel.pipeline.estimate.json.TimingsFileException;
import io.evenkeel.pipeline.estimate.json.TimingsJson;
import io.evenkeel.pipeline.plan.StoredPlan;
import io.evenkeel.pipeline.plan.SuitePlan;
import io.evenkeel.pipeline.plan.SuitePlanner;
import io.evenkeel.pipeline.plan.SuiteQueue;
import io.evenkeel.pipeline.plan.json.PlanJson;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.Strategy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists a suite, finds out what its tests take, and writes the plan.
 *
 * <p>One thread.
 */
public final class PlanJob {

    private final JobContext context;

    public PlanJob(JobContext context) {
        this.context = context;
    }

    /** Durations and where they come from: {@code coordinator}, {@code timings} or {@code nothing}. */
    public record Known(Timings timings, String source) {}

    /** Lists the tests of a command. */
    public DiscoveryOutcome discover(RunCommand command) {
        return new Discovery(context.folder().root(), context.machine().environment()).discover(command);
    }

    /** The same, and finds out which ports of web servers are really fixed. */
    DiscoveryOutcome discoverWithPorts(RunCommand command) {
        return new SettledPorts(this::discover).discover(command);
    }

    /** Returns what is known of a suite: the coordinator's durations if it has any, else those in the file. */
    public Known known(String suite) throws IOException {
        if (context.coordinator().isPresent()) {
            Optional<String> text = context.coordinator().get().timings(suite).value();
            if (text.isPresent()) {
                Timings timings = parse(text.get());
                if (!timings.of(suite).tests().isEmpty()) {
                    return new Known(timings, "coordinator");
                }
            }
        }
        Timings own = TimingsFile.read(context.folder(), context.people()).of(suite);
        return new Known(own, own.tests().isEmpty() ? "nothing" : "timings");
    }

    private Timings parse(String text) throws IOException {
        Path file = Files.createTempFile("evenkeel-timings", ".json");
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
            return TimingsJson.read(file);
        } catch (TimingsFileException e) {
            context.people().warn("The durations of the coordinator cannot be used: " + e.getMessage());
            return Timings.none("");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Returns the items of a suite in the order a queue hands them out. */
    public List<QueueItem> queue(Suite suite, Known known, Machines machines, Strategy strategy) {
        return SuiteQueue.items(suite, known.timings(), machines, strategy);
    }

    /** Plans a suite and writes {@code plan.json} and the list of each shard; lists of an earlier, larger plan are removed. */
    public SuitePlan plan(Suite suite, Known known, Machines machines, Strategy strategy) throws IOException {
        SuitePlan plan = SuitePlanner.plan(suite, known.timings(), machines, strategy);
        write(StoredPlan.of(context.run().runKey(), plan, known.source()));
        return plan;
    }

    /** A plan that all executors of the run follow. */
    record Agreed(StoredPlan plan, SuitePlan own) {}

    /**
     * Plans a suite as {@link #plan} does, and takes the plan of whoever was first in this run, if a coordinator has it: durations may have
     * been learned since.
     */
    Agreed agreed(Suite suite, Known known, Machines machines, Strategy strategy) throws IOException {
        SuitePlan own = SuitePlanner.plan(suite, known.timings(), machines, strategy);
        StoredPlan mine = StoredPlan.of(context.run().runKey(), own, known.source());
        StoredPlan plan = context.coordinator()
                .flatMap(client -> client.agree(
                                context.run().runKey(),
                                new Agreement(
                                        suite.digest(),
                                        machines.count(),
                                        suite.config().workers(),
                                        PlanJson.write(mine)))
                        .value())
                .flatMap(PlanJob::read)
                .filter(theirs -> theirs.suite().digest().equals(suite.digest())
                        && theirs.shards().size() == machines.count())
                .orElse(mine);
        write(plan);
        return new Agreed(plan, own);
    }

    /** What is no plan counts as none: this executor's own is as good as any. */
    private static Optional<StoredPlan> read(String text) {
        try {
            return Optional.of(PlanJson.read(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void write(StoredPlan stored) throws IOException {
        Files.createDirectories(context.folder().root());
        try (Stream<Path> files = Files.list(context.folder().root())) {
            for (Path old : files.filter(
                            file -> String.valueOf(file.getFileName()).matches("shard-\\d+\\.txt"))
                    .toList()) {
                Files.delete(old);
            }
        }
        for (StoredPlan.Share share : stored.shards()) {
            String lines = share.tests().isEmpty() ? "" : String.join("\n", share.tests()) + "\n";
            WorkFolder.write(context.folder().shard(share.index()), lines);
        }
        WorkFolder.write(context.folder().plan(), PlanJson.write(stored));
    }
}
