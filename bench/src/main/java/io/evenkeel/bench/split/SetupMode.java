package io.evenkeel.bench.split;

import io.evenkeel.bench.split.Recording.Unit;
import io.evenkeel.bench.split.Row.Costs;
import io.evenkeel.bench.split.Row.Setting;
import io.evenkeel.pipeline.split.Family;
import io.evenkeel.pipeline.split.Machines;
import io.evenkeel.pipeline.split.ShardPlan;
import io.evenkeel.pipeline.split.ShardPlanner;
import io.evenkeel.pipeline.split.WorkItem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * Units in eight families, each with a set-up that every machine pays that runs one of them; 55 % of the units are in one family,
 * the others equally likely in the rest. Exact durations, equal machines.
 *
 * <p>The bound is the weak one of the literature, max((work + each set-up once) / machines, longest unit with its set-up): it does not
 * see that a family larger than a machine is set up more than once, so 1 is often out of reach.
 */
final class SetupMode implements Mode {

    private static final int FAMILIES = 8;
    private static final double LARGEST = 0.55;
    private static final double[] SETUPS_MS = {22_500, 60_000};

    private final int seeds;

    SetupMode(int seeds) {
        this.seeds = seeds;
    }

    @Override
    public void run(Recording recording, int machines, Consumer<Row> rows) {
        double[] truth = Algorithms.newest(recording);
        for (double setup : SETUPS_MS) {
            for (int seed = 0; seed < seeds; seed++) {
                int[] family = families(truth.length, seed);
                Setting setting = new Setting(recording.suite(), "setup", machines, seed);
                measure(new SetupCase(truth, family, setup, machines), recording.units(), setting, rows);
            }
        }
    }

    private static void measure(SetupCase problem, List<Unit> units, Setting setting, Consumer<Row> rows) {
        double bound = problem.weakBound();
        List<WorkItem> items = new ArrayList<>();
        for (int unit = 0; unit < units.size(); unit++) {
            Family family = new Family("family-" + problem.family()[unit], Millis.duration(problem.setup()));
            items.add(WorkItem.of(units.get(unit).id(), Millis.duration(problem.truth()[unit]))
                    .in(family));
        }
        long before = System.nanoTime();
        ShardPlan plan = ShardPlanner.plan(items, Machines.of(problem.machines()));
        Costs costs = new Costs((System.nanoTime() - before) / 1e6, 0, problem.setup());
        Costs peers = new Costs(0, 0, problem.setup());
        rows.accept(new Row(setting, "evenkeel", Millis.of(plan.makespan()), bound, costs));
        rows.accept(new Row(setting, "proven-bound", Millis.of(plan.lowerBound()), bound, peers));
        rows.accept(new Row(setting, "lpt", problem.blind(), bound, peers));
        rows.accept(new Row(setting, "greedy-with-setup", problem.greedy(), bound, peers));
        rows.accept(new Row(setting, "cut-families", problem.cutFamilies(), bound, peers));
    }

    private static int[] families(int units, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] family = new int[units];
        Arrays.setAll(family, unit -> random.nextDouble() < LARGEST ? 0 : 1 + random.nextInt(FAMILIES - 1));
        return family;
    }
}
