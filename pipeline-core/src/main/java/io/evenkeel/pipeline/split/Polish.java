package io.evenkeel.pipeline.split;

import java.util.Arrays;

/**
 * Shortens the longest lane by moves and swaps until the goal is met or the work is used up.
 *
 * <p>A round takes the longest lane and looks in every other lane, the shortest first, for the move or the swap of single
 * jobs after which the later of the two ends earliest. If there is none, two other lanes swap or move random jobs, never past the
 * longest lane, and the round is tried again. The makespan therefore never grows. The random numbers come from a
 * fixed seed and work is counted in compared jobs, not in seconds, so the result is the same on every machine. For
 * problems without set-ups. One thread.
 */
final class Polish {

    private final Packing packing;
    private final long[] work;
    private final double[] speed;

    /** Jobs of each lane, ascending, so longest first; the first {@code size[lane]} entries count. */
    private final int[][] jobs;

    private final int[] size;
    private final Random random = new Random(1);
    private long steps;

    /** The best exchange of {@link #consider} so far: a job of the longest lane, one of the other or {@link Packing#NOWHERE}. */
    private int give;

    private int take;
    private double later;

    private Polish(Packing packing) {
        this.packing = packing;
        work = packing.problem.work;
        speed = packing.problem.speed;
        jobs = new int[packing.load.length][4];
        size = new int[packing.load.length];
        for (int job = 0; job < packing.laneOf.length; job++) {
            append(packing.laneOf[job], job);
        }
    }

    /**
     * Improves the packing in place.
     *
     * @param goal microseconds; a makespan that is not longer ends the work
     * @param effort compared jobs after which it stops
     */
    static void improve(Packing packing, double goal, long effort) {
        if (packing.load.length > 1 && packing.makespan() > goal) {
            new Polish(packing).run(goal, effort);
        }
    }

    private void run(double goal, long effort) {
        int longest = packing.longestLane();
        boolean fresh = true;
        while (packing.time(longest) > goal && steps < effort) {
            if (fresh ? improveAgainstAll(longest) : improveAgainstShaken(longest)) {
                longest = packing.longestLane();
                fresh = true;
            } else {
                shake(longest);
                fresh = false;
            }
        }
    }

    private boolean improveAgainstAll(int longest) {
        int lanes = packing.load.length;
        steps += lanes;
        long[] byTime = new long[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            byTime[lane] = ((long) packing.time(lane) << 20) | lane;
        }
        Arrays.sort(byTime);
        for (long entry : byTime) {
            int lane = (int) (entry & 0xFFFFF);
            if (lane != longest && improveAgainst(longest, lane)) {
                return true;
            }
        }
        return false;
    }

    private int shaken1;
    private int shaken2;

    private boolean improveAgainstShaken(int longest) {
        return improveAgainst(longest, shaken1) || improveAgainst(longest, shaken2);
    }

    private boolean improveAgainst(int longest, int other) {
        if (longest == other) {
            return false;
        }
        give = Packing.NOWHERE;
        later = packing.time(longest) * (1 - 1e-12);
        double ideal = (packing.load[longest] * speed[other] - packing.load[other] * speed[longest])
                / (speed[longest] + speed[other]);
        int[] mine = jobs[longest];
        int[] theirs = jobs[other];
        int match = 0;
        for (int at = 0; at < size[longest]; at++) {
            int job = mine[at];
            consider(longest, other, job, Packing.NOWHERE);
            while (match < size[other] && work[job] - work[theirs[match]] < ideal) {
                match++;
            }
            if (match < size[other]) {
                consider(longest, other, job, theirs[match]);
            }
            if (match > 0) {
                consider(longest, other, job, theirs[match - 1]);
            }
        }
        steps += size[longest] + size[other];
        if (give == Packing.NOWHERE) {
            return false;
        }
        exchange(give, take, longest, other);
        return true;
    }

    private void consider(int longest, int other, int job, int back) {
        long delta = work[job] - (back == Packing.NOWHERE ? 0 : work[back]);
        double ends = Math.max(
                (packing.load[longest] - delta) / speed[longest], (packing.load[other] + delta) / speed[other]);
        if (ends < later) {
            later = ends;
            give = job;
            take = back;
        }
    }

    /** Swaps or moves random jobs of two lanes if neither of them then reaches the longest lane. */
    private void shake(int longest) {
        double limit = packing.time(longest);
        int lanes = packing.load.length;
        shaken1 = random.below(lanes);
        shaken2 = random.below(lanes);
        steps += 8;
        if (shaken1 == shaken2 || shaken1 == longest || shaken2 == longest || size[shaken1] == 0) {
            return;
        }
        int job = jobs[shaken1][random.below(size[shaken1])];
        int pick = random.below(size[shaken2] + 1);
        int back = pick == size[shaken2] ? Packing.NOWHERE : jobs[shaken2][pick];
        long delta = work[job] - (back == Packing.NOWHERE ? 0 : work[back]);
        if ((packing.load[shaken1] - delta) / speed[shaken1] < limit
                && (packing.load[shaken2] + delta) / speed[shaken2] < limit) {
            exchange(job, back, shaken1, shaken2);
        }
    }

    private void exchange(int job, int back, int from, int to) {
        delete(from, job);
        packing.move(job, to);
        if (back != Packing.NOWHERE) {
            delete(to, back);
            packing.move(back, from);
            insert(from, back);
        }
        insert(to, job);
    }

    private void append(int lane, int job) {
        if (size[lane] == jobs[lane].length) {
            jobs[lane] = Arrays.copyOf(jobs[lane], 2 * size[lane]);
        }
        jobs[lane][size[lane]++] = job;
    }

    private void insert(int lane, int job) {
        append(lane, job);
        int at = size[lane] - 1;
        while (at > 0 && jobs[lane][at - 1] > job) {
            jobs[lane][at] = jobs[lane][at - 1];
            at--;
        }
        jobs[lane][at] = job;
        steps += size[lane] - at;
    }

    private void delete(int lane, int job) {
        int at = Arrays.binarySearch(jobs[lane], 0, size[lane], job);
        System.arraycopy(jobs[lane], at + 1, jobs[lane], at, size[lane] - at - 1);
        size[lane]--;
    }
}
