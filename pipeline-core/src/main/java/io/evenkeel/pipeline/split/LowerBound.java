package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * What no plan of these items on these machines can beat, over all m*w lanes.
 *
 * <p>The largest of: the longest item with its set-up; all work with each set-up once, spread evenly; the q longest items on
 * the q fastest lanes; for every k the pigeonhole bound (among the k*m*w+1 longest items some lane runs k+1 of them); and
 * the largest T for which bin packing proves that lanes of length T are too few (bound L2 of S. Martello and P. Toth,
 * Knapsack Problems, 1990, section 8.3), counting the set-ups each family then needs and how many families fit on a lane.
 */
public final class LowerBound {

    private LowerBound() {}

    /**
     * Returns the bound, zero when there is nothing to do. O(n log n).
     *
     * @throws IllegalArgumentException if ids repeat or a family has two set-ups
     */
    public static Duration of(List<WorkItem> items, Machines machines) {
        return Problem.duration(micros(new Problem(items, machines)));
    }

    static double micros(Problem problem) {
        if (problem.work.length == 0) {
            return 0;
        }
        double[] speeds = problem.speed.clone();
        Arrays.sort(speeds);
        double fastest = speeds[speeds.length - 1];
        double allSpeed = Arrays.stream(speeds).sum();
        long[] prefix = prefixSums(problem.work);
        double bound = Math.max(longestItem(problem) / fastest, evenSpread(problem) / allSpeed);
        double fastSpeed = 0;
        for (int q = 1; q <= Math.min(speeds.length, problem.work.length); q++) {
            fastSpeed += speeds[speeds.length - q];
            bound = Math.max(bound, prefix[q] / fastSpeed);
        }
        for (int k = 1; k * speeds.length < problem.work.length; k++) {
            int last = k * speeds.length + 1;
            bound = Math.max(bound, (prefix[last] - prefix[last - k - 1]) / fastest);
        }
        Families families = new Families(problem, fastest, allSpeed);
        double refuted = bisect(bound, 2 * bound + longestItem(problem) / fastest, families::tooShort);
        // At speed 1 every load is a whole number of microseconds, so what beats a refuted time is the next one.
        return refuted > bound && fastest == 1 && allSpeed == speeds.length ? Math.floor(refuted) + 1 : refuted;
    }

    private static double longestItem(Problem problem) {
        double longest = 0;
        for (int job = 0; job < problem.work.length; job++) {
            longest = Math.max(longest, problem.work[job] + problem.setUp[problem.family[job]]);
        }
        return longest;
    }

    private static double evenSpread(Problem problem) {
        return problem.total + Arrays.stream(problem.setUp).sum();
    }

    static long[] prefixSums(long[] work) {
        long[] prefix = new long[work.length + 1];
        for (int job = 0; job < work.length; job++) {
            prefix[job + 1] = prefix[job] + work[job];
        }
        return prefix;
    }

    /** Returns the largest time found that no plan meets, or {@code known}; every refuted time on the way is a proof. */
    private static double bisect(double known, double enough, DoublePredicate refuted) {
        if (!refuted.test(known)) {
            return known;
        }
        double low = known;
        double high = enough;
        while (high - low > 1) {
            double middle = Math.floor((low + high) / 2);
            if (refuted.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The bin packing argument, family by family. Immutable. */
    private static final class Families {

        private final long[] setUp;
        private final long[][] prefix;
        private final long[][] work;
        private final double fastest;
        private final double allSpeed;
        private final int lanes;

        Families(Problem problem, double fastest, double allSpeed) {
            this.fastest = fastest;
            this.allSpeed = allSpeed;
            lanes = problem.lanes();
            setUp = problem.setUp;
            work = new long[setUp.length][];
            prefix = new long[setUp.length][];
            for (int kind = 0; kind < setUp.length; kind++) {
                int wanted = kind;
                work[kind] = IntStream.range(0, problem.work.length)
                        .filter(job -> problem.family[job] == wanted)
                        .mapToLong(job -> problem.work[job])
                        .toArray();
                prefix[kind] = prefixSums(work[kind]);
            }
        }

        /** Returns whether no plan ends within this time: more lanes or more lane time would be needed than there is. */
        boolean tooShort(double time) {
            double needed = 0;
            long batches = 0;
            for (int kind = 0; kind < setUp.length; kind++) {
                double room = time * fastest - setUp[kind];
                int count = work[kind].length;
                if (count == 0) {
                    continue;
                }
                if (work[kind][0] > room) {
                    return true;
                }
                int bins = bins(work[kind], prefix[kind], room);
                if (bins > lanes) {
                    return true;
                }
                needed += prefix[kind][count] + (double) bins * setUp[kind];
                batches += bins;
            }
            if (batches > (long) lanes * mostBatches(time * fastest)) {
                return true;
            }
            return needed > time * allSpeed * (1 + 1e-12);
        }

        /** Returns how many families a lane of this size can hold at most: each with its set-up and its shortest job. */
        private int mostBatches(double room) {
            long[] least = IntStream.range(0, setUp.length)
                    .filter(kind -> work[kind].length > 0)
                    .mapToLong(kind -> setUp[kind] + work[kind][work[kind].length - 1])
                    .sorted()
                    .toArray();
            double used = 0;
            int count = 0;
            while (count < least.length && used + least[count] <= room) {
                used += least[count++];
            }
            return count;
        }

        /** Returns how many bins of this size the work needs at least (L2). */
        private static int bins(long[] work, long[] prefix, double room) {
            int large = 0;
            while (large < work.length && work[large] > room / 2) {
                large++;
            }
            if (room <= 0) {
                return prefix[work.length] > 0 ? Integer.MAX_VALUE : 1;
            }
            int most = Math.max(Math.max(1, large), ceil(prefix[work.length] / room));
            int alone = large;
            for (int small = large; small < work.length; small++) {
                while (alone > 0 && work[alone - 1] <= room - work[small]) {
                    alone--;
                }
                double spare = (large - alone) * room - (prefix[large] - prefix[alone]);
                double left = prefix[small + 1] - prefix[large] - spare;
                most = Math.max(most, large + ceil(left / room));
            }
            return most;
        }

        private static int ceil(double value) {
            return (int) Math.ceil(value - 1e-9);
        }
    }
}
