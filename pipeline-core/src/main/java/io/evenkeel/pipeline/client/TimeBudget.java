package io.evenkeel.pipeline.client;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Time that requests to the coordinator may cost somebody who waits for them, over all requests together.
 *
 * <p>Time that two threads spend at once counts twice: the budget is never exceeded, at worst it ends early. Thread-safe.
 */
public final class TimeBudget {

    private final AtomicLong leftNanos;

    /**
     * @param total what may be spent, not negative
     */
    public TimeBudget(Duration total) {
        if (total.isNegative()) {
            throw new IllegalArgumentException("The total (" + total + ") of a time budget must not be negative.");
        }
        this.leftNanos = new AtomicLong(total.toNanos());
    }

    /** Returns what is left, never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, leftNanos.get()));
    }

    /** Takes the time away. */
    void spend(Duration time) {
        leftNanos.addAndGet(-time.toNanos());
    }
}
