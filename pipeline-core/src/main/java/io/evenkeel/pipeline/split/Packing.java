package io.evenkeel.pipeline.split;

import java.util.Arrays;

/**
 * An assignment of jobs to lanes under construction.
 *
 * <p>Keeps the work of each lane, set-ups included, and how many jobs of each family a lane holds, so that the effect of a
 * move is known without looking at the rest. One thread.
 */
final class Packing {

    static final int NOWHERE = -1;

    final Problem problem;

    /** Lane of each job, or {@link #NOWHERE}. */
    final int[] laneOf;

    /** Work of each lane in microseconds at speed 1, with the set-ups its jobs need. */
    final long[] load;

    private final int families;
    private final int[] jobsOf;

    Packing(Problem problem) {
        this.problem = problem;
        laneOf = new int[problem.work.length];
        Arrays.fill(laneOf, NOWHERE);
        load = new long[problem.lanes()];
        families = problem.setUp.length;
        jobsOf = new int[problem.lanes() * families];
    }

    Packing(Packing other) {
        problem = other.problem;
        laneOf = other.laneOf.clone();
        load = other.load.clone();
        families = other.families;
        jobsOf = other.jobsOf.clone();
    }

    void place(int job, int lane) {
        load[lane] += cost(job, lane);
        laneOf[job] = lane;
        jobsOf[lane * families + problem.family[job]]++;
    }

    void remove(int job) {
        int lane = laneOf[job];
        jobsOf[lane * families + problem.family[job]]--;
        laneOf[job] = NOWHERE;
        load[lane] -= cost(job, lane);
    }

    void move(int job, int lane) {
        remove(job);
        place(job, lane);
    }

    /** Returns what the job would add to the lane: its work, and the set-up if it is the first of its family there. */
    long cost(int job, int lane) {
        int kind = problem.family[job];
        return problem.work[job] + (jobsOf[lane * families + kind] == 0 ? problem.setUp[kind] : 0);
    }

    int jobs(int lane, int kind) {
        return jobsOf[lane * families + kind];
    }

    double time(int lane) {
        return load[lane] / problem.speed[lane];
    }

    int longestLane() {
        int longest = 0;
        for (int lane = 1; lane < load.length; lane++) {
            if (time(lane) > time(longest)) {
                longest = lane;
            }
        }
        return longest;
    }

    double makespan() {
        return time(longestLane());
    }
}
