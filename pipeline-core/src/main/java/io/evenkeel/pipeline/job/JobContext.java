package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.client.RunOpening;
import io.evenkeel.pipeline.client.RunOpening.Origin;
import io.evenkeel.pipeline.host.RunContext;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/**
 * What every job works with.
 *
 * <p>Immutable.
 *
 * @param run the run this job belongs to
 * @param folder where its files lie
 * @param coordinator empty to do without
 * @param machine the environment of this process and its clock
 * @param people who watches
 */
public record JobContext(
        RunContext run, WorkFolder folder, Optional<CoordinatorClient> coordinator, Machine machine, People people) {

    /** The environment variables of this process, and its clock. */
    public record Machine(Map<String, String> environment, InstantSource clock) {}

    /** Returns what the coordinator is told when the run begins. */
    RunOpening opening(String suite, int discovered, int executors) {
        var revision = run.revision();
        return new RunOpening(
                suite,
                new Origin(
                        revision.branch().orElse(""),
                        revision.commit().orElse(""),
                        run.url().orElse(""),
                        revision.pullRequest().orElse("")),
                discovered,
                executors);
    }
}
