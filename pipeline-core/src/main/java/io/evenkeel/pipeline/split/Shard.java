package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.List;

/**
 * The share of one executor.
 *
 * <p>Immutable.
 *
 * @param index from 1
 * @param items in the order they are to start; empty when there are more machines than items
 * @param load time from the first start to the last end on the lanes of its machine
 */
public record Shard(int index, List<WorkItem> items, Duration load) {

    public Shard {
        items = List.copyOf(items);
    }

    /** Returns the ids of its tests in the planned order. */
    public List<String> tests() {
        return items.stream().flatMap(item -> item.tests().stream()).toList();
    }
}
