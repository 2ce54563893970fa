package io.evenkeel.bench.split;

import io.evenkeel.bench.split.Recording.Unit;
import io.evenkeel.bench.split.Row.Costs;
import io.evenkeel.bench.split.Row.Setting;
import io.evenkeel.pipeline.estimate.Estimator;
import io.evenkeel.pipeline.split.Family;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.ShardPlan;
import io.evenkeel.pipeline.split.ShardPlanner;
import io.evenkeel.pipeline.split.WorkItem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Plans that know every duration, on equal machines: the quality of the packing alone. And ours when nothing is known, to be compared with
 * Playwright's own rule, which never knows anything: every test weighs the same, units are tests or whole files.
 */
final class StaticMode implements Mode {

    @Override
    public void run(Recording recording, int machines, Consumer<Row> rows) {
        double[] truth = Algorithms.newest(recording);
        double bound = Algorithms.lowerBound(recording.units(), truth, machines);
        Setting setting = new Setting(recording.suite(), "static", machines, 0);
        Fleet fleet = Fleet.equal(machines);
        Algorithms.forEachPlan(
                recording.units(),
                truth,
                machines,
                (name, plan) -> rows.accept(
                        new Row(setting, name, plan.makespan(truth, fleet), bound, new Costs(plan.planMs(), 0, 0))));
        rows.accept(blind(setting, "equal-weights", recording, Unit::id, bound));
        rows.accept(blind(setting, "equal-weights-by-file", recording, Unit::file, bound));
    }

    private static Row blind(
            Setting setting, String name, Recording recording, Function<Unit, String> group, double bound) {
        Map<String, List<Unit>> groups = new LinkedHashMap<>();
        recording
                .units()
                .forEach(unit -> groups.computeIfAbsent(group.apply(unit), key -> new ArrayList<>())
                        .add(unit));
        List<WorkItem> items = new ArrayList<>();
        groups.forEach((id, units) -> items.add(new WorkItem(
                id,
                units.stream().map(Unit::id).toList(),
                Estimator.DEFAULT.multipliedBy(units.size()),
                Family.none(),
                "")));
        long before = System.nanoTime();
        ShardPlan plan = ShardPlanner.plan(items, Machines.of(setting.machines()));
        double planMs = (System.nanoTime() - before) / 1e6;
        Map<String, Double> truth = new HashMap<>();
        recording.units().forEach(unit -> truth.put(unit.id(), unit.newest()));
        double makespan = plan.shards().stream()
                .mapToDouble(shard -> shard.tests().stream()
                        .mapToDouble(test -> truth.getOrDefault(test, 0.0))
                        .sum())
                .max()
                .orElse(0);
        return new Row(setting, name, makespan, bound, new Costs(planMs, 0, 0));
    }
}
