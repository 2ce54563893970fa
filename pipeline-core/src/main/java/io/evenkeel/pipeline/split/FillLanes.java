package io.evenkeel.pipeline.split;

import java.util.Arrays;

/**
 * Fills lanes up to a given time family by family, so that few lanes pay each set-up.
 *
 * <p>A family goes whole to the lane it fits best; if it fits nowhere, it fills one lane after the other (the emptiest, or
 * by chance another one) and the rest looks again. Jobs for which no lane has room go where they end first. Whether a
 * time can be met depends on the order of the families, so several orders are tried for each time, and the time is found
 * by bisection. One thread.
 */
final class FillLanes {

    private static final int BISECTIONS = 12;
    private static final int MOST_ORDERS = 40;

    private final Problem problem;
    private final int[][] jobs;
    private final long[] total;
    private final Random random = new Random(2);

    private FillLanes(Problem problem) {
        this.problem = problem;
        int[] count = new int[problem.setUp.length];
        total = new long[problem.setUp.length];
        for (int job = 0; job < problem.work.length; job++) {
            count[problem.family[job]]++;
            total[problem.family[job]] += problem.work[job];
        }
        jobs = new int[count.length][];
        for (int kind = 0; kind < count.length; kind++) {
            jobs[kind] = new int[count[kind]];
        }
        Arrays.fill(count, 0);
        for (int job = 0; job < problem.work.length; job++) {
            int kind = problem.family[job];
            jobs[kind][count[kind]++] = job;
        }
    }

    /**
     * Returns the best packing found, or the given one if that is better.
     *
     * @param bound microseconds no packing beats
     * @param effort jobs placed after which it stops
     */
    static Packing improve(Packing known, double bound, long effort) {
        return new FillLanes(known.problem).bisect(known, bound, effort);
    }

    private Packing bisect(Packing known, double bound, long effort) {
        Packing best = known;
        double low = bound;
        int orders = (int) Math.max(1, Math.min(MOST_ORDERS, effort / BISECTIONS / Math.max(1, problem.work.length)));
        for (int round = 0; round < BISECTIONS && best.makespan() > low * (1 + 1e-6); round++) {
            double time = (low + best.makespan()) / 2;
            boolean met = false;
            for (int attempt = 0; attempt < orders && !met; attempt++) {
                Packing packing = fill(time, order(attempt), attempt % 2 == 0 ? 0 : 0.3);
                met = packing.makespan() <= time;
                if (packing.makespan() < best.makespan()) {
                    best = packing;
                }
            }
            if (!met) {
                low = time;
            }
        }
        return best;
    }

    /** The first order is by falling work, all others are drawn. */
    private int[] order(int attempt) {
        Integer[] kinds = new Integer[jobs.length];
        Arrays.setAll(kinds, kind -> kind);
        Arrays.sort(kinds, (one, other) -> Long.compare(total[other], total[one]));
        if (attempt > 1) {
            for (int at = kinds.length - 1; at > 0; at--) {
                int with = random.below(at + 1);
                Integer kept = kinds[at];
                kinds[at] = kinds[with];
                kinds[with] = kept;
            }
        }
        return Arrays.stream(kinds).mapToInt(Integer::intValue).toArray();
    }

    private Packing fill(double time, int[] order, double chance) {
        Packing packing = new Packing(problem);
        for (int kind : order) {
            int[] rest = jobs[kind];
            long work = total[kind];
            while (rest.length > 0) {
                int lane = laneFor(packing, time, kind, work, chance);
                int[] left = lane < 0 ? rest : fillLane(packing, time, lane, rest);
                if (left.length == rest.length) {
                    for (int job : rest) {
                        packing.place(job, LongestFirst.bestLane(packing, job));
                    }
                    left = new int[0];
                }
                rest = left;
                work = Arrays.stream(rest).mapToLong(job -> problem.work[job]).sum();
            }
        }
        return packing;
    }

    /** Returns the lane with the least room that takes the whole work, else the emptiest or one by chance, -1 for none. */
    private int laneFor(Packing packing, double time, int kind, long work, double chance) {
        int tight = -1;
        int roomy = -1;
        double tightRoom = Double.POSITIVE_INFINITY;
        double mostRoom = 0;
        for (int lane = 0; lane < packing.load.length; lane++) {
            double room = room(packing, time, lane, kind);
            if (room >= work && room < tightRoom) {
                tight = lane;
                tightRoom = room;
            }
            if (room > mostRoom) {
                roomy = lane;
                mostRoom = room;
            }
        }
        if (tight >= 0) {
            return tight;
        }
        if (random.fraction() < chance) {
            int lane = random.below(packing.load.length);
            if (room(packing, time, lane, kind) > problem.setUp[kind]) {
                return lane;
            }
        }
        return roomy;
    }

    private double room(Packing packing, double time, int lane, int kind) {
        long setUp = packing.jobs(lane, kind) == 0 ? problem.setUp[kind] : 0;
        return time * problem.speed[lane] - packing.load[lane] - setUp;
    }

    /** Places what fits, the longest first, and returns what is left. */
    private int[] fillLane(Packing packing, double time, int lane, int[] rest) {
        int[] left = new int[rest.length];
        int count = 0;
        double capacity = time * problem.speed[lane];
        for (int job : rest) {
            if (packing.load[lane] + packing.cost(job, lane) <= capacity) {
                packing.place(job, lane);
            } else {
                left[count++] = job;
            }
        }
        return Arrays.copyOf(left, count);
    }
}
