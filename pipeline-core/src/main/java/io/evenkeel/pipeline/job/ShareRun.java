package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.Agent;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.agent.RunOutput;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.spool.SpoolFolder;
import io.evenkeel.pipeline.spool.SpoolShipper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Runs one share with an agent while its spool is shipped. {@link #run} is for one thread, {@link #interrupt} for any. */
final class ShareRun {

    /** With 3 s before the tests and what the end of the run may ask, a coordinator that is away costs less than 5 s. */
    private static final Duration LAST_WAIT = Duration.ofMillis(1500);

    private final JobContext context;
    private final RunOpening opening;
    private final AgentRequest request;
    private final LiveMode live;
    private final Agent agent;

    ShareRun(JobContext context, RunOpening opening, AgentRequest request, Manner manner) {
        this.live = manner.live();
        this.context = context;
        this.opening = opening;
        this.request = request;
        this.agent = new Agent(
                context.machine().environment(), context.machine().clock(), context.people()::warn, manner.output());
    }

    /** How a share is run: where the command prints to, and whether its locators are healed meanwhile. */
    record Manner(RunOutput output, LiveMode live) {}

    AgentRequest request() {
        return request;
    }

    void interrupt() {
        agent.interrupt();
    }

    AgentOutcome run() throws IOException {
        boolean queued = request.share().match(everything -> false, ids -> false, planned -> false, inQueue -> true);
        if (!queued) {
            forgetFirstTry();
        }
        Optional<LiveShare> healing = LiveShare.start(context, live);
        Optional<CancelWatch> watch = context.coordinator()
                .filter(client -> !queued)
                .map(client -> CancelWatch.start(client, context.run().runKey(), this::cancel));
        Optional<SpoolShipper> shipper = context.coordinator()
                .map(client -> SpoolShipper.start(
                        context.folder().spools(),
                        request.spool(),
                        client.eventsWhileTestsRun(context.run().runKey(), opening),
                        client.artifacts(),
                        context.people()::warn));
        try {
            AgentOutcome outcome = agent.run(healing.map(h -> h.of(request)).orElse(request));
            healing.ifPresent(h -> h.record(request));
            return outcome;
        } finally {
            healing.ifPresent(LiveShare::close);
            watch.ifPresent(CancelWatch::close);
            shipper.ifPresent(s -> s.finish(LAST_WAIT));
        }
    }

    private void cancel() {
        context.people().warn("The run was cancelled.");
        agent.interrupt();
    }

    /** A retried job runs its share again; what it said before would count as another executor. */
    private void forgetFirstTry() throws IOException {
        SpoolFolder spools = context.folder().spools();
        for (Path old : spools.all()) {
            String name = SpoolFolder.nameOf(old);
            if (WorkFolder.isSameShare(name, request.spool().name())) {
                Files.delete(old);
                Files.deleteIfExists(spools.folder().resolve(name + ".ack"));
            }
        }
    }
}
