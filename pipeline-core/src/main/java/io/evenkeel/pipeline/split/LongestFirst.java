package io.evenkeel.pipeline.split;

/**
 * Longest processing time first (R. L. Graham, Bounds on multiprocessing timing anomalies, SIAM J. Appl. Math. 17, 1969):
 * each job, longest first, goes to the lane where it ends first, its set-up counted.
 *
 * <p>O(n log m) for equal lanes without set-ups, O(n m) otherwise. At most 4/3 - 1/(3m) of the best on equal lanes.
 */
final class LongestFirst {

    private LongestFirst() {}

    static Packing pack(Problem problem) {
        Packing packing = new Packing(problem);
        if (problem.equalSpeeds && !problem.setUps) {
            packEqual(packing);
        } else {
            for (int job = 0; job < problem.work.length; job++) {
                packing.place(job, bestLane(packing, job));
            }
        }
        return packing;
    }

    /** Returns the lane where the job would end first, the lowest of several. */
    static int bestLane(Packing packing, int job) {
        int best = 0;
        double end = Double.POSITIVE_INFINITY;
        for (int lane = 0; lane < packing.load.length; lane++) {
            double candidate = (packing.load[lane] + packing.cost(job, lane)) / packing.problem.speed[lane];
            if (candidate < end) {
                end = candidate;
                best = lane;
            }
        }
        return best;
    }

    /** The same with a heap of lanes by (load, index): {@code heap[0]} is the lane that is free first. */
    private static void packEqual(Packing packing) {
        int lanes = packing.load.length;
        int[] heap = new int[lanes];
        for (int lane = 0; lane < lanes; lane++) {
            heap[lane] = lane;
        }
        for (int job = 0; job < packing.laneOf.length; job++) {
            packing.place(job, heap[0]);
            sink(heap, packing.load);
        }
    }

    private static void sink(int[] heap, long[] load) {
        int at = 0;
        while (2 * at + 1 < heap.length) {
            int child = 2 * at + 1;
            if (child + 1 < heap.length && before(heap[child + 1], heap[child], load)) {
                child++;
            }
            if (!before(heap[child], heap[at], load)) {
                return;
            }
            int lane = heap[at];
            heap[at] = heap[child];
            heap[child] = lane;
            at = child;
        }
    }

    private static boolean before(int lane, int other, long[] load) {
        return load[lane] != load[other] ? load[lane] < load[other] : lane < other;
    }
}
