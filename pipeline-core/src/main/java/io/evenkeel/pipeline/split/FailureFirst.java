package io.evenkeel.pipeline.split;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Puts what fails often before the rest, and keeps the order of the rest. Pure. */
public final class FailureFirst {

    /** From here an item counts as failing: one failure in the latest ten runs or so. */
    private static final double OFTEN = 0.05;

    private FailureFirst() {}

    /** Returns the items with the failing ones first, the worst of them at the head. */
    public static List<WorkItem> order(List<WorkItem> items, ToDoubleFunction<String> failing) {
        Comparator<WorkItem> worst = Comparator.comparingDouble(item -> -worst(item, failing));
        List<WorkItem> first = new ArrayList<>(items.stream()
                .filter(item -> worst(item, failing) >= OFTEN)
                .sorted(worst)
                .toList());
        items.stream().filter(item -> worst(item, failing) < OFTEN).forEach(first::add);
        return List.copyOf(first);
    }

    /** Returns the plan with each shard in that order; who runs what stays, and the loads with more than one lane become estimates of another order. */
    public static ShardPlan order(ShardPlan plan, ToDoubleFunction<String> failing) {
        return new ShardPlan(
                plan.shards().stream()
                        .map(shard -> new Shard(shard.index(), order(shard.items(), failing), shard.load()))
                        .toList(),
                plan.lowerBound());
    }

    private static double worst(WorkItem item, ToDoubleFunction<String> failing) {
        return item.tests().stream().mapToDouble(failing).max().orElse(0);
    }
}
