package io.evenkeel.bench.split;

import io.evenkeel.bench.split.Row.Costs;
import io.evenkeel.bench.split.Row.Setting;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Durations are known exactly; speeds and starts of the machines are not. Measured against the fluid bound. */
final class NoiseMode implements Mode {

    private final Options options;

    NoiseMode(Options options) {
        this.options = options;
    }

    @Override
    public void run(Recording recording, int machines, Consumer<Row> rows) {
        double[] truth = Algorithms.newest(recording);
        List<Integer> ours = Algorithms.queueOrder(recording.units(), truth, machines);
        List<Integer> longestFirst = Algorithms.longestFirst(truth);
        Map<String, Algorithms.Plan> plans = new LinkedHashMap<>();
        Algorithms.forEachPlan(recording.units(), truth, machines, plans::put);
        for (int seed = 0; seed < options.seeds(); seed++) {
            Setting setting = new Setting(recording.suite(), "noise", machines, seed);
            Fleet fleet = Fleet.noisy(machines, seed);
            double bound = fleet.fluidBound(Arrays.stream(truth).sum());
            for (Algorithms.Queue queue : Algorithms.queues(options.pullMs(), options.processPullMs())) {
                List<Integer> order = queue.name().equals("evenkeel") ? ours : longestFirst;
                double makespan = queue.makespan(truth, truth, order, fleet, 0);
                rows.accept(new Row(setting, queue.name(), makespan, bound, new Costs(0, queue.pullMs(), 0)));
            }
            plans.forEach((name, plan) -> {
                String shown = name.equals("evenkeel") ? "static" : name;
                rows.accept(
                        new Row(setting, shown, plan.makespan(truth, fleet), bound, new Costs(plan.planMs(), 0, 0)));
            });
        }
    }
}
