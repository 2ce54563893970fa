package io.evenkeel.pipeline.plan;

import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.estimate.Estimate.Source;
import io.evenkeel.pipeline.split.ShardPlan;
import io.evenkeel.pipeline.split.WorkItem;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * A plan of a suite with what it was made from.
 *
 * <p>Immutable.
 *
 * @param suite the suite; each of its tests is in exactly one shard
 * @param shards the shares
 * @param sources how many tests were estimated from what
 */
public record SuitePlan(Suite suite, ShardPlan shards, Map<Source, Integer> sources) {

    public SuitePlan {
        sources = Map.copyOf(sources);
    }

    /** Returns whether at least one estimate rests on recorded durations. */
    public boolean fromHistory() {
        return sources.keySet().stream().anyMatch(source -> source != Source.DEFAULT);
    }

    /** Returns the item that takes longest, empty for a suite without tests. */
    public Optional<WorkItem> longest() {
        return shards.shards().stream()
                .flatMap(shard -> shard.items().stream())
                .max(Comparator.comparing(WorkItem::estimate).thenComparing(WorkItem::id));
    }

    /** Returns one line for people: {@code makespan 31.2 s, lower bound 31.1 s, ratio 1.003}. */
    public String sentence() {
        return String.format(
                java.util.Locale.ROOT,
                "makespan %.1f s, lower bound %.1f s, ratio %.3f",
                shards.makespan().toMillis() / 1000.0,
                shards.lowerBound().toMillis() / 1000.0,
                shards.ratio());
    }

    static Map<Source, Integer> count(Iterable<Source> sources) {
        Map<Source, Integer> counts = new EnumMap<>(Source.class);
        sources.forEach(source -> counts.merge(source, 1, Integer::sum));
        return counts;
    }
}
