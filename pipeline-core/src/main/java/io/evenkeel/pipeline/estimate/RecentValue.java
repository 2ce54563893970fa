package io.evenkeel.pipeline.estimate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The typical duration of a test today. */
final class RecentValue {

    /** Five values outvote two outliers and follow a change after three runs. */
    private static final int WINDOW = 5;

    private RecentValue() {}

    /**
     * Returns the median of the last five durations; empty when there is none, or when all are zero: a test that was
     * skipped all along was stored so by some tools, and it is not free once it runs again.
     */
    static Optional<Duration> of(List<Duration> recent) {
        List<Duration> last = recent.subList(Math.max(0, recent.size() - WINDOW), recent.size()).stream()
                .filter(value -> !value.isNegative() && !value.isZero())
                .sorted()
                .toList();
        return last.isEmpty() ? Optional.empty() : Optional.of(last.get(last.size() / 2));
    }
}
