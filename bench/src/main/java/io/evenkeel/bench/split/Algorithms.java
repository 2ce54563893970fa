package io.evenkeel.bench.split;

import io.evenkeel.bench.split.QueueSimulation.Costs;
import io.evenkeel.pipeline.split.LowerBound;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.QueueOrder;
import io.evenkeel.pipeline.split.WorkItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** What several modes need of the algorithms: static rules on a fleet, queues on a fleet, the bound. */
final class Algorithms {

    private Algorithms() {}

    /** Calls back with the name and the shares of each static rule, and how long it took to plan. */
    static void forEachPlan(
            List<Recording.Unit> units, double[] estimates, int machines, BiConsumer<String, Plan> consumer) {
        Assignment.all().forEach((name, rule) -> {
            long before = System.nanoTime();
            List<List<Integer>> shares = rule.assign(units, estimates, machines);
            consumer.accept(name, new Plan(shares, (System.nanoTime() - before) / 1e6));
        });
    }

    /** Shares of the machines and the milliseconds it took to find them. */
    record Plan(List<List<Integer>> shares, double planMs) {

        /** Returns the sum of the durations of each share. */
        double[] loads(double[] truth) {
            return shares.stream()
                    .mapToDouble(share ->
                            share.stream().mapToDouble(unit -> truth[unit]).sum())
                    .toArray();
        }

        /** Returns when the last machine of the fleet has ended its share. */
        double makespan(double[] truth, Fleet fleet) {
            double[] loads = loads(truth);
            return IntStream.range(0, loads.length)
                    .mapToDouble(machine -> fleet.start()[machine] + loads[machine] / fleet.speed()[machine])
                    .max()
                    .orElse(0);
        }
    }

    /** A queue of the comparison: its name, its rule and what a pull costs it. */
    record Queue(String name, QueueRule rule, double pullMs) {

        double makespan(double[] truth, double[] estimates, List<Integer> order, Fleet fleet, double leaseMs) {
            return QueueSimulation.run(truth, estimates, order, fleet, rule, new Costs(pullMs, leaseMs));
        }
    }

    /** Returns ours and the two queues that others use; those start a process for each pull. */
    static List<Queue> queues(double pullMs, double processPullMs) {
        return List.of(
                new Queue("evenkeel", QueueRule.evenkeel(), pullMs),
                new Queue("single-queue", QueueRule.single(), processPullMs),
                new Queue("guided-queue", QueueRule.guided(), processPullMs));
    }

    /** Returns the units in the order the product's queue hands them out. */
    static List<Integer> queueOrder(List<Recording.Unit> units, double[] estimates, int machines) {
        Map<String, Integer> indexes = new HashMap<>();
        return QueueOrder.of(items(units, estimates, indexes), Machines.of(machines)).stream()
                .map(item -> indexes.getOrDefault(item.id(), -1))
                .toList();
    }

    /** Returns a work item for each unit and notes the index of the unit by its id. */
    static List<WorkItem> items(List<Recording.Unit> units, double[] millis, Map<String, Integer> indexes) {
        List<WorkItem> items = new ArrayList<>();
        for (int unit = 0; unit < millis.length; unit++) {
            indexes.put(units.get(unit).id(), unit);
            items.add(WorkItem.of(units.get(unit).id(), Millis.duration(millis[unit])));
        }
        return items;
    }

    /** Returns the units by falling estimate, equal ones in the order of the listing. */
    static List<Integer> longestFirst(double[] estimates) {
        return IntStream.range(0, estimates.length)
                .boxed()
                .sorted(Comparator.comparingDouble(unit -> -estimates[unit]))
                .toList();
    }

    /** Returns the product's lower bound on equal machines, in milliseconds. */
    static double lowerBound(List<Recording.Unit> units, double[] truth, int machines) {
        List<WorkItem> items = items(units, truth, new HashMap<>());
        return Millis.of(LowerBound.of(items, Machines.of(machines)));
    }

    static double[] newest(Recording recording) {
        return recording.units().stream().mapToDouble(Recording.Unit::newest).toArray();
    }
}
