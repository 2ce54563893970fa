package io.evenkeel.pipeline.split;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * How much work a machine gets when it asks a queue.
 *
 * <p>The queue is ordered longest first; the machine takes items from its head until their estimates reach the answer, at
 * least one. The answer is a share of what the machine would do if all ended together, so that it comes back while there is
 * still enough left to even out slow and late machines; and it is no larger than makes the cost of a pull negligible, so a
 * gate with pulls of milliseconds hands out one group at a time or a few short ones, and a process per batch hands out
 * few large batches. Guided self-scheduling (C. D. Polychronopoulos, D. J. Kuck, IEEE Trans. Computers C-36, 1987)
 * with the work under way counted in.
 */
public final class Grant {

    /**
     * Share of the even rest. Half as in the literature survives a machine of half the expected speed; what machines report
     * spreads far less, and each further pull is paid for.
     */
    private static final double SHARE = 0.7;

    /** A batch of this many pull costs wastes half a percent; a larger one only loses evenness. */
    private static final int MOST_PULLS = 200;

    /** A batch of fewer pull costs would rather pull than work. */
    private static final double LEAST_PULLS = 2;

    private Grant() {}

    /**
     * Returns the time the batch should take on this machine.
     *
     * @param queued sum of the estimates nobody has yet
     * @param underWay for each other machine, started or still to start, what is left of its batch
     * @param pull cost of one pull, not negative
     */
    public static Duration target(Duration queued, List<Duration> underWay, Duration pull) {
        double share = SHARE * evenRest(queued.toNanos(), underWay);
        double most = (double) MOST_PULLS * pull.toNanos();
        double least = LEAST_PULLS * pull.toNanos();
        return Duration.ofNanos((long) Math.max(least, Math.min(share, most)));
    }

    /** Returns the level that the queue fills above the work under way, on those machines and one idle one. */
    private static double evenRest(long queued, List<Duration> underWay) {
        long[] left = new long[underWay.size() + 1];
        for (int machine = 0; machine < underWay.size(); machine++) {
            left[machine] = Math.max(0, underWay.get(machine).toNanos());
        }
        Arrays.sort(left);
        double sum = queued;
        for (int machines = 1; machines <= left.length; machines++) {
            sum += left[machines - 1];
            double level = sum / machines;
            if (machines == left.length || level <= left[machines]) {
                return level;
            }
        }
        return queued;
    }
}
