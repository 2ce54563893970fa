package io.evenkeel.bench.split;

import io.evenkeel.bench.split.Row.Costs;
import io.evenkeel.bench.split.Row.Setting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Equal machines of which one dies when half of the lower bound has passed; the seed picks the victim.
 *
 * <p>A queue gets back what had not ended there once the lease is over. A static shard starts again from scratch on a new
 * machine a minute later.
 */
final class DeathMode implements Mode {

    private static final double NEW_MACHINE_MS = 60_000;

    private final Options options;

    DeathMode(Options options) {
        this.options = options;
    }

    @Override
    public void run(Recording recording, int machines, Consumer<Row> rows) {
        if (machines < 2) {
            return; // nobody is left to end the run
        }
        double[] truth = Algorithms.newest(recording);
        List<Integer> ours = Algorithms.queueOrder(recording.units(), truth, machines);
        List<Integer> longestFirst = Algorithms.longestFirst(truth);
        double bound = Algorithms.lowerBound(recording.units(), truth, machines);
        double death = bound / 2;
        Map<String, Algorithms.Plan> plans = new LinkedHashMap<>();
        Algorithms.forEachPlan(recording.units(), truth, machines, plans::put);
        for (int seed = 0; seed < Math.min(machines, options.seeds()); seed++) {
            int victim = seed;
            Setting setting = new Setting(recording.suite(), "death", machines, seed);
            Fleet fleet = Fleet.dying(machines, victim, death);
            for (Algorithms.Queue queue : Algorithms.queues(options.pullMs(), options.processPullMs())) {
                List<Integer> order = queue.name().equals("evenkeel") ? ours : longestFirst;
                double makespan = queue.makespan(truth, truth, order, fleet, options.leaseMs());
                rows.accept(new Row(setting, queue.name(), makespan, bound, new Costs(0, queue.pullMs(), 0)));
            }
            plans.forEach((name, plan) -> {
                double[] loads = plan.loads(truth);
                double makespan = plan.makespan(truth, fleet);
                if (loads[victim] > death) {
                    makespan = Math.max(makespan, death + NEW_MACHINE_MS + loads[victim]);
                }
                String shown = name.equals("evenkeel") ? "static" : name;
                rows.accept(new Row(setting, shown, makespan, bound, new Costs(plan.planMs(), 0, 0)));
            });
        }
    }
}
