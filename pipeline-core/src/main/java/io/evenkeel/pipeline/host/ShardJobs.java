package io.evenkeel.pipeline.host;

import java.util.List;

/**
 * The jobs a plan asks the CI for.
 *
 * <p>Immutable.
 *
 * @param runKey what joins the jobs to one run
 * @param total number of shards of the plan
 * @param busy indexes, from 1, of the shards that have tests; empty for a suite without tests
 */
public record ShardJobs(String runKey, int total, List<Integer> busy) {

    public ShardJobs {
        busy = List.copyOf(busy);
        if (busy.stream().anyMatch(index -> index < 1 || index > total)) {
            throw new IllegalArgumentException(
                    "The shards " + busy + " of run (" + runKey + ") must be between 1 and " + total + ".");
        }
    }
}
