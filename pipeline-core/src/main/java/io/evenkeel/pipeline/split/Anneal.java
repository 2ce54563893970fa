package io.evenkeel.pipeline.split;

import java.util.Arrays;

/**
 * Improves a packing with set-ups by random moves that are taken when they help, and at first sometimes when they do not.
 *
 * <p>Simulated annealing (S. Kirkpatrick, C. D. Gelatt, M. P. Vecchi, Science 220, 1983) on the sum of the squared lane times, which falls with every
 * set-up saved and with every step towards equal lanes. Moves: a job to another lane, two jobs change places, all jobs of a
 * family on one lane to another lane. Fixed seed, a fixed number of moves: the same on every machine. One thread.
 */
final class Anneal {

    private static final double FINAL_COOLING = 1e-4;

    private final Problem problem;
    private final Packing packing;
    private final int[][] jobs;
    private final int[] size;
    private final int[] place;
    private final Random random = new Random(3);

    private Anneal(Packing start) {
        problem = start.problem;
        packing = new Packing(start);
        jobs = new int[start.load.length][4];
        size = new int[start.load.length];
        place = new int[start.laneOf.length];
        for (int job = 0; job < start.laneOf.length; job++) {
            add(job, start.laneOf[job]);
        }
    }

    /**
     * Returns the best packing on the way, the given one at worst.
     *
     * @param bound microseconds; at it the work ends
     * @param moves number of moves tried
     */
    static Packing improve(Packing start, double bound, long moves) {
        if (start.laneOf.length < 2 || start.load.length < 2) {
            return start;
        }
        return new Anneal(start).run(start, bound, moves);
    }

    private Packing run(Packing start, double bound, long moves) {
        Packing best = start;
        double shortest = start.makespan();
        double typical = start.makespan();
        // A lane that gains 3 % of its time costs about what the first temperature forgives.
        double hot = typical * typical * 0.03 * 0.03;
        for (long step = 0; step < moves && shortest > bound * (1 + 1e-6); step++) {
            double heat = hot * Math.pow(FINAL_COOLING, (double) step / moves);
            boolean changed = step % 16 == 0 ? moveBatch(heat) : (step & 1) == 0 ? moveJob(heat) : swapJobs(heat);
            if (changed && packing.makespan() < shortest) {
                shortest = packing.makespan();
                best = new Packing(packing);
            }
        }
        return best;
    }

    private boolean moveJob(double heat) {
        int job = random.below(place.length);
        int from = packing.laneOf[job];
        int to = random.below(size.length);
        if (from == to) {
            return false;
        }
        double before = square(from) + square(to);
        packing.move(job, to);
        if (accepted(square(from) + square(to) - before, heat)) {
            drop(job, from);
            add(job, to);
            return true;
        }
        packing.move(job, from);
        return false;
    }

    private boolean swapJobs(double heat) {
        int job = random.below(place.length);
        int from = packing.laneOf[job];
        int to = random.below(size.length);
        if (from == to || size[to] == 0) {
            return false;
        }
        int back = jobs[to][random.below(size[to])];
        double before = square(from) + square(to);
        packing.move(job, to);
        packing.move(back, from);
        if (accepted(square(from) + square(to) - before, heat)) {
            drop(job, from);
            drop(back, to);
            add(job, to);
            add(back, from);
            return true;
        }
        packing.move(back, to);
        packing.move(job, from);
        return false;
    }

    private boolean moveBatch(double heat) {
        int kind = problem.family[random.below(place.length)];
        int from = random.below(size.length);
        int to = random.below(size.length);
        if (from == to || packing.jobs(from, kind) == 0) {
            return false;
        }
        int[] batch = Arrays.stream(jobs[from], 0, size[from])
                .filter(job -> problem.family[job] == kind)
                .toArray();
        double before = square(from) + square(to);
        for (int job : batch) {
            packing.move(job, to);
        }
        if (accepted(square(from) + square(to) - before, heat)) {
            for (int job : batch) {
                drop(job, from);
                add(job, to);
            }
            return true;
        }
        for (int job : batch) {
            packing.move(job, from);
        }
        return false;
    }

    private boolean accepted(double worse, double heat) {
        return worse <= 0 || random.fraction() < Math.exp(-worse / heat);
    }

    private double square(int lane) {
        double time = packing.time(lane);
        return time * time;
    }

    private void add(int job, int lane) {
        if (size[lane] == jobs[lane].length) {
            jobs[lane] = Arrays.copyOf(jobs[lane], 2 * size[lane]);
        }
        place[job] = size[lane];
        jobs[lane][size[lane]++] = job;
    }

    private void drop(int job, int lane) {
        int last = jobs[lane][--size[lane]];
        jobs[lane][place[job]] = last;
        place[last] = place[job];
    }
}
