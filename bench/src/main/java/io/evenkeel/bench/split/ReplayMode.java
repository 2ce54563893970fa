package io.evenkeel.bench.split;

import io.evenkeel.bench.split.Recording.Measured;
import io.evenkeel.bench.split.Recording.Unit;
import io.evenkeel.bench.split.Row.Costs;
import io.evenkeel.bench.split.Row.Setting;
import io.evenkeel.pipeline.estimate.Estimates;
import io.evenkeel.pipeline.estimate.Estimator;
import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Each of the newest runs is the truth once, and only older runs are known. Equal machines, pulls for free; measured
 * against the bound of that run. The seed of a row is the number of the run, 0 the newest.
 *
 * <p>A run counts if at least half of the recorded units were measured in it, and if there is an older one.
 */
final class ReplayMode implements Mode {

    private static final int NEWEST = 8;

    @Override
    public void run(Recording recording, int machines, Consumer<Row> rows) {
        for (int run = 0; run < Math.min(NEWEST, recording.runs() - 1); run++) {
            int now = run;
            List<Unit> units = recording.units().stream()
                    .filter(unit -> measured(unit, now).present())
                    .toList();
            if (2 * units.size() >= recording.units().size()) {
                replay(recording, units, new Setting(recording.suite(), "replay", machines, run), rows);
            }
        }
    }

    private static void replay(Recording recording, List<Unit> units, Setting setting, Consumer<Row> rows) {
        int run = (int) setting.seed();
        int machines = setting.machines();
        double[] truth =
                units.stream().mapToDouble(unit -> measured(unit, run).millis()).toArray();
        double bound = Algorithms.lowerBound(units, truth, machines);
        double[] estimates = estimates(recording, units, run);
        double[] plain = lastValueOrMean(units, run);
        Fleet fleet = Fleet.equal(machines);
        for (Algorithms.Queue queue : Algorithms.queues(0, 0)) {
            boolean ours = queue.name().equals("evenkeel");
            double[] known = ours ? estimates : plain;
            List<Integer> order = ours ? Algorithms.queueOrder(units, known, machines) : Algorithms.longestFirst(known);
            rows.accept(
                    new Row(setting, queue.name(), queue.makespan(truth, known, order, fleet, 0), bound, Costs.NONE));
        }
        double[] inOrder = new double[units.size()];
        Arrays.fill(inOrder, 1);
        double listing = new Algorithms.Queue("", QueueRule.single(), 0)
                .makespan(truth, inOrder, Algorithms.longestFirst(inOrder), fleet, 0);
        rows.accept(new Row(setting, "single-queue-listing-order", listing, bound, Costs.NONE));
        Algorithms.forEachPlan(units, plain, machines, (name, plan) -> {
            if (!name.equals("evenkeel")) {
                rows.accept(new Row(setting, name, plan.makespan(truth, fleet), bound, new Costs(plan.planMs(), 0, 0)));
            }
        });
        long before = System.nanoTime();
        List<List<Integer>> shares = Assignment.evenkeel().assign(units, estimates, machines);
        Algorithms.Plan ours = new Algorithms.Plan(shares, (System.nanoTime() - before) / 1e6);
        rows.accept(new Row(setting, "static", ours.makespan(truth, fleet), bound, new Costs(ours.planMs(), 0, 0)));
    }

    /** Returns the product's estimates from the runs older than this one. */
    private static double[] estimates(Recording recording, List<Unit> units, int run) {
        Map<String, TestTiming> timings = new HashMap<>();
        for (Unit unit : recording.units()) {
            List<Duration> recent = new ArrayList<>();
            for (int older = unit.recorded().size() - 1; older > run; older--) {
                if (measured(unit, older).present()) {
                    recent.add(Millis.duration(measured(unit, older).millis()));
                }
            }
            if (!recent.isEmpty()) {
                timings.put(unit.id(), new TestTiming(known(unit), recent));
            }
        }
        Estimates estimates = Estimator.estimate(
                units.stream().map(ReplayMode::known).toList(),
                new Timings(recording.suite(), FixedCost.NONE, timings));
        return units.stream()
                .mapToDouble(unit -> Millis.of(estimates.of(unit.id()).duration()))
                .toArray();
    }

    private static KnownTest known(Unit unit) {
        return new KnownTest(unit.id(), "", unit.file(), List.of(unit.id()));
    }

    /** The rule of most tools: the value of the last run, and the mean of the known units for a new one. */
    private static double[] lastValueOrMean(List<Unit> units, int run) {
        double[] last = units.stream()
                .mapToDouble(unit -> unit.recorded().stream()
                        .skip(run + 1L)
                        .filter(Measured::present)
                        .mapToDouble(Measured::millis)
                        .findFirst()
                        .orElse(Double.NaN))
                .toArray();
        double mean = Arrays.stream(last)
                .filter(value -> !Double.isNaN(value))
                .average()
                .orElse(1);
        return Arrays.stream(last)
                .map(value -> Double.isNaN(value) ? mean : value)
                .toArray();
    }

    private static Measured measured(Unit unit, int run) {
        return run < unit.recorded().size() ? unit.recorded().get(run) : Measured.ABSENT;
    }
}
