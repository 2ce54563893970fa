package io.evenkeel.pipeline.split;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cuts each family into as few equal batches as fit into a time, and packs the batches longest first.
 *
 * <p>The plan that people make by hand, tried for several times between the bound and what is known. O(n log n) each.
 */
final class CutFamilies {

    private static final int TIMES = 16;

    private record Batch(int[] jobs, long work, int kind) {}

    private CutFamilies() {}

    /** Returns the best packing found, or the given one if that is better. */
    static Packing improve(Packing known, double bound) {
        Packing best = known;
        double high = known.makespan();
        for (int step = 0; step <= TIMES; step++) {
            Packing packing = cut(known.problem, bound + (high - bound) * step / TIMES);
            if (packing.makespan() < best.makespan()) {
                best = packing;
            }
        }
        return best;
    }

    private static Packing cut(Problem problem, double time) {
        Batch[] batches = IntStream.range(0, problem.setUp.length)
                .boxed()
                .flatMap(kind -> Arrays.stream(batches(problem, kind, time)))
                .sorted(Comparator.comparingLong((Batch batch) -> -(batch.work + problem.setUp[batch.kind])))
                .toArray(Batch[]::new);
        Packing packing = new Packing(problem);
        for (Batch batch : batches) {
            int best = 0;
            double end = Double.POSITIVE_INFINITY;
            for (int lane = 0; lane < packing.load.length; lane++) {
                long setUp = packing.jobs(lane, batch.kind) == 0 ? problem.setUp[batch.kind] : 0;
                double candidate = (packing.load[lane] + batch.work + setUp) / problem.speed[lane];
                if (candidate < end) {
                    end = candidate;
                    best = lane;
                }
            }
            for (int job : batch.jobs) {
                packing.place(job, best);
            }
        }
        return packing;
    }

    private static Batch[] batches(Problem problem, int kind, double time) {
        int[] jobs = IntStream.range(0, problem.work.length)
                .filter(job -> problem.family[job] == kind)
                .toArray();
        long work = Arrays.stream(jobs).mapToLong(job -> problem.work[job]).sum();
        double room = Math.max(1, time - problem.setUp[kind]);
        int count = (int) Math.max(1, Math.min(problem.lanes(), Math.ceil(work / room)));
        long[] load = new long[count];
        int[] size = new int[count];
        int[][] parts = new int[count][jobs.length];
        for (int job : jobs) {
            int lightest = 0;
            for (int part = 1; part < count; part++) {
                if (load[part] < load[lightest]) {
                    lightest = part;
                }
            }
            parts[lightest][size[lightest]++] = job;
            load[lightest] += problem.work[job];
        }
        Batch[] batches = new Batch[count];
        for (int part = 0; part < count; part++) {
            batches[part] = new Batch(Arrays.copyOf(parts[part], size[part]), load[part], kind);
        }
        return batches;
    }
}
