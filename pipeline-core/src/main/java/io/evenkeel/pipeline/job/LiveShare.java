package io.evenkeel.pipeline.job;

import io.evenkeel.healing.Healer;
import io.evenkeel.healing.Models;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.pipeline.agent.AgentRequest;
import io.evenkeel.pipeline.heal.HealJob;
import io.evenkeel.pipeline.heal.HealLimits;
import io.evenkeel.pipeline.heal.LiveRepair;
import io.evenkeel.pipeline.heal.LiveRepair.Asked;
import io.evenkeel.pipeline.heal.LiveRepair.Decision;
import io.evenkeel.pipeline.heal.PastDecisions;
import io.evenkeel.pipeline.heal.ProjectSources;
import io.evenkeel.pipeline.live.LiveHealing;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.spool.SpoolAppender;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Live healing of one share: what it needs is read when the first locator is broken, so a green run pays nothing for it. Thread-safe; ends with {@link #close}.
 */
final class LiveShare implements AutoCloseable {

    private final JobContext context;
    private final LiveMode.On mode;
    private final ReferenceBook references;
    private final LiveHealing healing;
    private Optional<LiveRepair> repair = Optional.empty();

    private LiveShare(JobContext context, LiveMode.On mode, ReferenceBook references) throws IOException {
        this.context = context;
        this.mode = mode;
        this.references = references;
        this.healing = LiveHealing.start(this::decide, HealLimits.STANDARD.redesign(), context.people()::say);
    }

    /** Starts what the mode asks for; empty when it is off, and when it cannot be, because the tests run anyway. */
    static Optional<LiveShare> start(JobContext context, LiveMode mode) {
        return mode.match(Optional::empty, on -> {
            try {
                return start(context, on);
            } catch (IOException e) {
                context.people().warn("Nothing can be healed live: " + e.getMessage() + ". The tests run without it.");
                return Optional.empty();
            }
        });
    }

    private static Optional<LiveShare> start(JobContext context, LiveMode.On mode) throws IOException {
        ReferenceBook references = ReferencesFile.read(context.folder(), context.people());
        if (references.references().isEmpty()) {
            context.people()
                    .warn(
                            "Nothing can be healed live: there are no references in "
                                    + context.folder().references()
                                    + ". Let the tests pass once with --trace=on, then run evenkeel learn, and keep the file between builds.");
            return Optional.empty();
        }
        return Optional.of(new LiveShare(context, mode, references));
    }

    /** Returns the request with our script in Playwright's workers. */
    AgentRequest of(AgentRequest request) {
        return new AgentRequest(
                request.command()
                        .withEnvironment(
                                Map.of(LiveHealing.VARIABLE, healing.address().toString())),
                request.options(),
                request.share(),
                request.evenkeelDir(),
                request.spool());
    }

    private Decision decide(Asked asked) {
        try {
            return repair().decide(asked);
        } catch (IOException e) {
            return new Decision.Left("The project cannot be read: " + e.getMessage());
        }
    }

    private synchronized LiveRepair repair() throws IOException {
        if (repair.isEmpty()) {
            PastDecisions decisions = context.coordinator()
                    .flatMap(coordinator -> coordinator.healingProposals().value())
                    .map(PastDecisions::read)
                    .orElse(PastDecisions.NONE);
            Optional<RunManifest> manifest = RunManifest.all(context.folder()).stream()
                    .filter(run -> run.runKey().equals(context.run().runKey()))
                    .findFirst();
            if (manifest.isEmpty()) {
                throw new IOException("the manifest of run " + context.run().runKey() + " is not there");
            }
            Healer healer = new Healer(Models.shipped().with(decisions.tuning()), mode.destructive());
            repair = Optional.of(new LiveRepair(
                    healer::diagnose,
                    ProjectSources.in(mode.project()),
                    new HealJob.Memory(references, decisions),
                    manifest.get().places(mode.project()),
                    System::nanoTime));
        }
        return repair.get();
    }

    /** Adds what was healed to the last spool of the share, once its reporter has ended. */
    void record(AgentRequest request) {
        List<HealEvent> healed = healing.healed();
        try {
            List<Path> spools = context.folder().spools().spoolsOf(request.spool());
            if (healed.isEmpty() || spools.isEmpty()) {
                return;
            }
            SpoolAppender appender = new SpoolAppender(spools.get(spools.size() - 1));
            for (HealEvent heal : healed) {
                appender.append(
                        seq -> EventJson.heal(seq, context.machine().clock().instant(), heal));
            }
        } catch (IOException e) {
            context.people()
                    .warn("What was healed live cannot be written (" + e
                            + "); the tests are marked as healed all the same.");
        }
    }

    @Override
    public void close() {
        healing.close();
    }
}
