package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.quarantine.QuarantineFile;
import io.evenkeel.pipeline.quarantine.QuarantineList;
import io.evenkeel.pipeline.report.SpoolFiles;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.FailureLabel;
import io.evenkeel.pipeline.summary.Gate;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The list of quarantined tests in a work folder: asked from the coordinator if it answers, else as it was cached.
 *
 * <p>One thread.
 */
public final class QuarantineStep {

    private final Path file;
    private final People people;
    private QuarantineList list;

    private QuarantineStep(Path file, People people, QuarantineList list) {
        this.file = file;
        this.people = people;
        this.list = list;
    }

    /** Reads the cached list. */
    public static QuarantineStep cached(WorkFolder folder, People people) {
        QuarantineFile.Parsed parsed = QuarantineFile.read(folder.quarantine());
        parsed.problems().forEach(people::warn);
        return new QuarantineStep(folder.quarantine(), people, parsed.list());
    }

    /** Returns the list. */
    public QuarantineList list() {
        return list;
    }

    /**
     * Asks the coordinator, and keeps its answer for when it is away.
     *
     * @param suite configuration file
     * @throws IOException when the work folder cannot be written
     */
    public QuarantineStep refreshed(Optional<CoordinatorClient> coordinator, String suite) throws IOException {
        Optional<String> answer =
                coordinator.flatMap(client -> client.quarantine(suite).value());
        if (answer.isPresent()) {
            QuarantineFile.Parsed parsed = QuarantineFile.parse(answer.get(), "the coordinator's answer");
            parsed.problems().forEach(people::warn);
            keep(list.refreshedBy(parsed.list()));
        }
        return this;
    }

    /**
     * Replaces the list, in the folder too.
     *
     * @throws IOException when the work folder cannot be written
     */
    public void keep(QuarantineList next) throws IOException {
        if (!next.equals(list)) {
            QuarantineFile.write(file, next);
            list = next;
        }
    }

    /**
     * Turns the outcome of a share into a good one when all that failed in it is excused.
     *
     * @param commit of the run
     * @throws IOException when the spools cannot be read
     */
    AgentOutcome excuse(AgentOutcome outcome, String commit, Instant now) throws IOException {
        Optional<AgentOutcome.Ran> failed = outcome.finished().filter(ran -> ran.exitCode() != 0);
        if (failed.isEmpty() || list.tests().isEmpty()) {
            return outcome;
        }
        AgentOutcome.Ran ran = failed.get();
        RunSummaryBuilder builder = new RunSummaryBuilder("");
        for (Path spool : ran.spools()) {
            SpoolFiles.read(spool, builder.executor(SpoolFiles.id(spool))::accept)
                    .ifPresent(people::warn);
        }
        Map<String, FailureLabel> labels = list.labels(builder.build(Map.of()), commit, now);
        ExitCode.Decision decision = ExitCode.of(builder.build(labels), Gate.playwright());
        if (decision.code() != ExitCode.PASSED) {
            return outcome;
        }
        labels.forEach((id, label) -> people.say("Failed and does not count: "
                + list.entry(id)
                        .map(entry -> entry.name().isEmpty() ? id : entry.name())
                        .orElse(id) + " ("
                + label.evidence() + ")."));
        return new AgentOutcome.Ran(0, ran.counts(), ran.notRun(), ran.spools());
    }
}
