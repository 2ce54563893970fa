package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the user should know beyond the plan: which item limits it, how many shards are worth starting, what a target costs.
 *
 * <p>Immutable.
 *
 * @param longest the item that takes longest with its set-up, empty when there is nothing to do
 * @param largestUseful number of shards from which one more does not end the run earlier
 * @param candidates wall time and cost for 1 shard, 2 shards and so on up to {@code largestUseful}, thinned out above 32
 */
public record PlanAdvice(Optional<WorkItem> longest, int largestUseful, List<Candidate> candidates) {

    public PlanAdvice {
        candidates = List.copyOf(candidates);
    }

    /**
     * A number of shards and its price.
     *
     * @param wall fixed time of a machine plus the makespan
     * @param cost machine time in all: each shard's fixed time and load
     */
    public record Candidate(int shards, Duration wall, Duration cost) {}

    /** How a target can be met. */
    public sealed interface Answer {

        /** Calls the function for the kind of answer. */
        <T> T match(
                java.util.function.Function<Enough, T> enough, java.util.function.Function<OutOfReach, T> outOfReach);
    }

    /** The smallest number of shards that ends within the target. */
    public record Enough(Candidate candidate) implements Answer {
        @Override
        public <T> T match(
                java.util.function.Function<Enough, T> enough, java.util.function.Function<OutOfReach, T> outOfReach) {
            return enough.apply(this);
        }
    }

    /** No number of shards ends within the target; {@code fastest} is as close as it gets and {@code reason} says why. */
    public record OutOfReach(Candidate fastest, String reason) implements Answer {
        @Override
        public <T> T match(
                java.util.function.Function<Enough, T> enough, java.util.function.Function<OutOfReach, T> outOfReach) {
            return outOfReach.apply(this);
        }
    }
}
