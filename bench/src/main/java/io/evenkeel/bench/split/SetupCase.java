package io.evenkeel.bench.split;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Units with families, and the rules other planners use for them; our own implementation.
 *
 * <p>Immutable by convention: nobody writes to the arrays.
 *
 * @param truth milliseconds of each unit
 * @param family number of its family, from 0
 * @param setup milliseconds of every family's set-up
 */
record SetupCase(double[] truth, int[] family, double setup, int machines) {

    private static final int TRIED_TIMES = 60;

    /** Units that are placed together, of one family. */
    private record Bundle(double work, int family) {}

    double weakBound() {
        double work = Arrays.stream(truth).sum();
        long families = Arrays.stream(family).distinct().count();
        double longest = Arrays.stream(truth).max().orElse(-setup) + setup;
        return Math.max((work + families * setup) / machines, longest);
    }

    /** Longest first, blind to set-ups; they are paid all the same. */
    double blind() {
        double[] load = new double[machines];
        boolean[][] open = new boolean[machines][families()];
        double[] blindLoad = new double[machines];
        for (Bundle unit : singles()) {
            int machine = lightest(blindLoad);
            blindLoad[machine] += unit.work();
            load[machine] += cost(unit, open[machine]);
            open[machine][unit.family()] = true;
        }
        return Arrays.stream(load).max().orElse(0);
    }

    /** Longest first to the machine where it ends first, its set-up counted. */
    double greedy() {
        return place(singles());
    }

    /**
     * Each family cut into the fewest equal batches that fit a time, batches placed longest first; best of many times.
     */
    double cutFamilies() {
        double best = Double.POSITIVE_INFINITY;
        for (int step = 0; step < TRIED_TIMES; step++) {
            double time = weakBound() * (1 + 0.02 * step);
            List<Bundle> batches = new ArrayList<>();
            for (int kind = 0; kind < families(); kind++) {
                batches.addAll(batches(kind, time));
            }
            batches.sort(Comparator.comparingDouble(batch -> -batch.work()));
            best = Math.min(best, place(batches));
        }
        return best;
    }

    private List<Bundle> batches(int kind, double time) {
        List<Bundle> units =
                singles().stream().filter(unit -> unit.family() == kind).toList();
        double work = units.stream().mapToDouble(Bundle::work).sum();
        if (units.isEmpty()) {
            return List.of();
        }
        int count = (int) Math.max(1, Math.min(machines, Math.ceil(work / Math.max(1, time - setup))));
        double[] parts = new double[count];
        for (Bundle unit : units) {
            parts[lightest(parts)] += unit.work();
        }
        return Arrays.stream(parts).mapToObj(part -> new Bundle(part, kind)).toList();
    }

    private double place(List<Bundle> bundles) {
        double[] load = new double[machines];
        boolean[][] open = new boolean[machines][families()];
        for (Bundle bundle : bundles) {
            double[] ends = new double[machines];
            Arrays.setAll(ends, machine -> load[machine] + cost(bundle, open[machine]));
            int machine = lightest(ends);
            load[machine] = ends[machine];
            open[machine][bundle.family()] = true;
        }
        return Arrays.stream(load).max().orElse(0);
    }

    private double cost(Bundle bundle, boolean[] open) {
        return bundle.work() + (open[bundle.family()] ? 0 : setup);
    }

    private List<Bundle> singles() {
        return IntStream.range(0, truth.length)
                .mapToObj(unit -> new Bundle(truth[unit], family[unit]))
                .sorted(Comparator.comparingDouble(unit -> -unit.work()))
                .toList();
    }

    private int families() {
        return Arrays.stream(family).max().orElse(0) + 1;
    }

    private static int lightest(double[] loads) {
        int best = 0;
        for (int at = 1; at < loads.length; at++) {
            if (loads[at] < loads[best]) {
                best = at;
            }
        }
        return best;
    }
}
