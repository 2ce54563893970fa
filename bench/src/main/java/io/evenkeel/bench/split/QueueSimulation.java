package io.evenkeel.bench.split;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/**
 * A run in which machines pull units from one queue.
 *
 * <p>A pull costs time on the machine that pulls. A machine that finds the queue empty asks again when work comes back from
 * a dead one; that happens when the dead machine's lease ends, and only with what had not ended there. One thread, one run.
 */
final class QueueSimulation {

    private record Event(double at, int machine, boolean orphans) {}

    private final Fleet fleet;
    private final QueueRule rule;
    private final double pullMs;
    private final double leaseMs;
    private final double[] truth;
    private final double[] estimates;
    private final Deque<Integer> queue = new ArrayDeque<>();
    private final Batch[] batches;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::at)
            .thenComparing(Event::orphans, Comparator.reverseOrder())
            .thenComparingInt(Event::machine));
    private final List<Integer> idle = new ArrayList<>();
    private double queued;
    private double end;
    private int done;

    /** The units a machine holds; {@code next} is the first that has not ended. */
    private static final class Batch {

        final List<Integer> units = new ArrayList<>();
        final List<Double> ends = new ArrayList<>();
        double left;
        int next;
    }

    /** What the queue costs: a pull, and how long a dead machine's work stays with it. */
    record Costs(double pullMs, double leaseMs) {}

    private QueueSimulation(double[] truth, double[] estimates, Fleet fleet, QueueRule rule, Costs costs) {
        this.truth = truth;
        this.estimates = estimates;
        this.fleet = fleet;
        this.rule = rule;
        pullMs = costs.pullMs();
        leaseMs = costs.leaseMs();
        batches = new Batch[fleet.machines()];
        Arrays.setAll(batches, machine -> new Batch());
    }

    /**
     * Returns the milliseconds from the start of the run to the end of its last unit.
     *
     * @param truth real duration of each unit at speed 1
     * @param estimates what the queue believes, for the size of a batch
     * @param order units in the order they are handed out
     */
    static double run(
            double[] truth, double[] estimates, List<Integer> order, Fleet fleet, QueueRule rule, Costs costs) {
        QueueSimulation simulation = new QueueSimulation(truth, estimates, fleet, rule, costs);
        return simulation.run(order);
    }

    private double run(List<Integer> order) {
        queue.addAll(order);
        order.forEach(unit -> queued += estimates[unit]);
        for (int machine = 0; machine < fleet.machines(); machine++) {
            events.add(new Event(fleet.start()[machine], machine, false));
        }
        while (!events.isEmpty()) {
            Event event = events.remove();
            if (event.orphans()) {
                takeBack(event);
            } else if (event.at() < fleet.death()[event.machine()]) {
                pull(event.machine(), event.at());
            }
        }
        if (done != truth.length) {
            throw new IllegalStateException("The units (" + done + ") that ran must be all " + truth.length + ".");
        }
        return end;
    }

    private void pull(int machine, double now) {
        if (queue.isEmpty()) {
            idle.add(machine);
            return;
        }
        double target = rule.target(new QueueRule.State(queued, underWay(machine, now), pullMs));
        Batch batch = new Batch();
        batches[machine] = batch;
        double clock = now + pullMs;
        do {
            int unit = queue.remove();
            queued -= estimates[unit];
            batch.left += estimates[unit];
            clock += truth[unit] / fleet.speed()[machine];
            batch.units.add(unit);
            batch.ends.add(clock);
        } while (!queue.isEmpty() && batch.left < target);
        double death = fleet.death()[machine];
        if (clock <= death) {
            done += batch.units.size();
            end = Math.max(end, clock);
            events.add(new Event(clock, machine, false));
        } else {
            events.add(new Event(death + leaseMs, machine, true));
        }
    }

    private void takeBack(Event event) {
        Batch batch = batches[event.machine()];
        double death = fleet.death()[event.machine()];
        for (int at = batch.units.size() - 1; at >= 0; at--) {
            int unit = batch.units.get(at);
            if (batch.ends.get(at) > death) {
                queue.addFirst(unit);
                queued += estimates[unit];
            } else {
                done++;
                end = Math.max(end, batch.ends.get(at));
            }
        }
        batches[event.machine()] = new Batch();
        List<Integer> waiting = List.copyOf(idle);
        idle.clear();
        waiting.forEach(machine -> events.add(new Event(event.at(), machine, false)));
    }

    private double[] underWay(int asking, double now) {
        double[] left = new double[batches.length - 1];
        int at = 0;
        for (int machine = 0; machine < batches.length; machine++) {
            if (machine == asking) {
                continue;
            }
            Batch batch = batches[machine];
            double known = Math.min(now, fleet.death()[machine]);
            while (batch.next < batch.units.size() && batch.ends.get(batch.next) <= known) {
                batch.left -= estimates[batch.units.get(batch.next++)];
            }
            left[at++] = Math.max(0, batch.left);
        }
        return left;
    }
}
