package io.evenkeel.pipeline.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential with full jitter.
 *
 * <p>The wait before retry n (from 0) is uniform in [0, min(longest, first * 2^n)]. Full jitter spreads the executors of a run,
 * which all lose the coordinator in the same moment, better than a fixed wait with some noise. Source: Marc Brooker,
 * "Exponential Backoff And Jitter", AWS Architecture Blog, 2015. Immutable.
 *
 * @param first upper bound of the first wait; 100 ms is long enough for a dropped connection, short enough to be free
 * @param longest upper bound of any wait
 */
record Backoff(Duration first, Duration longest) {

    Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
            throw new IllegalArgumentException(
                    "The first wait (" + first + ") must be positive and at most the longest (" + longest + ").");
        }
    }

    static Backoff standard() {
        return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /** Returns the wait before retry {@code n}, from 0. */
    Duration before(int n, RandomGenerator random) {
        long bound = longest.toNanos();
        if (n < 40 && first.toNanos() <= bound >> n) {
            bound = first.toNanos() << n;
        }
        return Duration.ofNanos(random.nextLong(bound + 1));
    }
}
