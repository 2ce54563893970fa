package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.List;

/**
 * Which shard runs which work items, and how good that is.
 *
 * <p>Every item of the input is in exactly one shard. Immutable.
 *
 * @param shards one for each machine, by index
 * @param lowerBound time no plan of these items on these machines can beat
 */
public record ShardPlan(List<Shard> shards, Duration lowerBound) {

    public ShardPlan {
        shards = List.copyOf(shards);
    }

    /** Returns the largest load. */
    public Duration makespan() {
        return shards.stream().map(Shard::load).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Returns makespan / lower bound: 1 is perfect, also when there is nothing to do. */
    public double ratio() {
        return lowerBound.isZero() ? 1 : (double) makespan().toNanos() / lowerBound.toNanos();
    }
}
