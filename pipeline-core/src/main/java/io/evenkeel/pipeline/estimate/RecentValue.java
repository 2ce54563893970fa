package io.evenkeel.pipeline.estimate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The typical duration of a test today, from its recent ones.
 *
 * <p>An exponential mean with weight 1/2 for the newest value: on recorded suites that drift it is clearly better than a
 * median of five or a long mean, and nowhere worse than the last value (docs/explanation/splitting.md). One freak value must not
 * decide a plan, so a value counts at most {@link #FREAK} times as much as the largest of its neighbours in time.
 */
final class RecentValue {

    private static final double NEWEST = 0.5;

    /** A test that became slower stays slower, so its neighbour is slow too; cold caches stay below this. */
    private static final double FREAK = 5;

    private RecentValue() {}

    /**
     * Returns the value, empty when there is no usable duration.
     *
     * <p>Negative and absurd values are ignored, and zeros too: some tools store a skipped test as 0 ms, and it is not free once
     * it runs again.
     *
     * @param recent oldest first
     */
    static Optional<Duration> of(List<Duration> recent) {
        double[] nanos = recent.stream()
                .filter(value -> !value.isNegative() && !value.isZero() && value.compareTo(ObservedTest.ABSURD) <= 0)
                .mapToDouble(Duration::toNanos)
                .toArray();
        if (nanos.length == 0) {
            return Optional.empty();
        }
        double mean = tamed(nanos, 0);
        for (int at = 1; at < nanos.length; at++) {
            mean += NEWEST * (tamed(nanos, at) - mean);
        }
        return Optional.of(Duration.ofNanos(Math.round(mean)));
    }

    /** A freak stands between two normal values; the newest may be the first of its kind and is believed. */
    private static double tamed(double[] nanos, int at) {
        if (at == 0 || at + 1 == nanos.length) {
            return nanos[at];
        }
        return Math.min(nanos[at], FREAK * Math.max(nanos[at - 1], nanos[at + 1]));
    }
}
