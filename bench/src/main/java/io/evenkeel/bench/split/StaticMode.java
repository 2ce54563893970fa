package io.evenkeel.bench.split;

import io.evenkeel.bench.split.Row.Costs;
import io.evenkeel.bench.split.Row.Setting;
import java.util.function.Consumer;

/** Plans that know every duration, on equal machines: the quality of the packing alone. */
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
    }
}
