package io.evenkeel.pipeline.split;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The best makespan by trying every assignment, and the real run of a shard; nothing shared with the planner. */
final class BruteForce {

    private BruteForce() {}

    /** Returns seconds; lanes of one machine are separate lanes of its speed, each paying its set-ups. */
    static double best(List<WorkItem> items, Machines machines) {
        int lanes = machines.count() * machines.lanes();
        int[] lane = new int[items.size()];
        double best = Double.POSITIVE_INFINITY;
        while (true) {
            double[] ends = new double[lanes];
            List<Set<String>> open = new ArrayList<>();
            for (int at = 0; at < lanes; at++) {
                open.add(new HashSet<>());
            }
            for (int item = 0; item < lane.length; item++) {
                int at = lane[item];
                WorkItem value = items.get(item);
                double cost = seconds(value);
                if (open.get(at).add(value.family().name())) {
                    cost += value.family().setUp().toMillis() / 1000.0;
                }
                ends[at] += cost / machines.speeds().get(at / machines.lanes());
            }
            double makespan = 0;
            for (double end : ends) {
                makespan = Math.max(makespan, end);
            }
            best = Math.min(best, makespan);
            int at = 0;
            while (at < lane.length && ++lane[at] == lanes) {
                lane[at++] = 0;
            }
            if (at == lane.length) {
                return best;
            }
        }
    }

    /** Returns seconds until the last lane ends when each item of the list goes to the lane that is free first. */
    static double run(List<WorkItem> items, int lanes) {
        double[] free = new double[lanes];
        for (WorkItem item : items) {
            int first = 0;
            for (int lane = 0; lane < lanes; lane++) {
                first = free[lane] < free[first] ? lane : first;
            }
            free[first] += seconds(item);
        }
        double end = 0;
        for (double time : free) {
            end = Math.max(end, time);
        }
        return end;
    }

    private static double seconds(WorkItem item) {
        return item.estimate().toMillis() / 1000.0;
    }
}
