package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The order in which a machine starts the items of its lanes.
 *
 * <p>Playwright gives the next item to the worker that is free first. If the items of all lanes are handed out by the time
 * they start in the assignment, the k-th item finds exactly the lane free that the assignment gave it (or one that is
 * free at the same moment), so any assignment to lanes can be run by order alone. Within a lane the items of one family
 * stand together, in it those of one group, the longest first.
 */
final class LaneOrder {

    private record Started(WorkItem item, double at, int lane) {}

    private LaneOrder() {}

    /** Returns the shard of these lanes, each a list of items in any order. */
    static Shard shard(int index, List<List<WorkItem>> lanes, double speed) {
        List<Started> started = new ArrayList<>();
        for (int lane = 0; lane < lanes.size(); lane++) {
            double clock = 0;
            Set<Family> open = new HashSet<>();
            for (WorkItem item : inLane(lanes.get(lane))) {
                started.add(new Started(item, clock, lane));
                clock += cost(item, open) / speed;
            }
        }
        started.sort(Comparator.comparingDouble(Started::at).thenComparingInt(Started::lane));
        List<WorkItem> items = started.stream().map(Started::item).toList();
        return new Shard(index, items, load(items, lanes.size(), speed));
    }

    /** Returns the time from the first start to the last end when each item goes to the lane that is free first. */
    static Duration load(List<WorkItem> items, int lanes, double speed) {
        double[] free = new double[lanes];
        List<Set<Family>> open = new ArrayList<>();
        for (int lane = 0; lane < lanes; lane++) {
            open.add(new HashSet<>());
        }
        double end = 0;
        for (WorkItem item : items) {
            int first = 0;
            for (int lane = 1; lane < lanes; lane++) {
                if (free[lane] < free[first]) {
                    first = lane;
                }
            }
            free[first] += cost(item, open.get(first)) / speed;
            end = Math.max(end, free[first]);
        }
        return Problem.duration(end);
    }

    private static long cost(WorkItem item, Set<Family> open) {
        long setUp = open.add(item.family()) ? Problem.micros(item.family().setUp()) : 0;
        return Problem.micros(item.estimate()) + setUp;
    }

    private static List<WorkItem> inLane(List<WorkItem> items) {
        Map<String, Long> byFamily = new HashMap<>();
        Map<String, Long> byGroup = new HashMap<>();
        for (WorkItem item : items) {
            long work = Problem.micros(item.estimate());
            byFamily.merge(item.family().name(), work, Long::sum);
            byGroup.merge(item.group(), work, Long::sum);
        }
        return items.stream()
                .sorted(Comparator.<WorkItem>comparingLong(
                                item -> -byFamily.getOrDefault(item.family().name(), 0L))
                        .thenComparing(item -> item.family().name())
                        .thenComparing(item -> -byGroup.getOrDefault(item.group(), 0L))
                        .thenComparing(WorkItem::group)
                        .thenComparing(WorkItem::estimate, Comparator.reverseOrder())
                        .thenComparing(WorkItem::id))
                .toList();
    }
}
