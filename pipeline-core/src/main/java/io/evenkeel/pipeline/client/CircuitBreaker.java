package io.evenkeel.pipeline.client;

import java.time.Duration;

/**
 * Stops asking a coordinator that does not answer, so that its absence costs nothing but a look now and then.
 *
 * <p>Closed until {@code threshold} requests in a row have failed. Then open: no request passes for {@code firstRest}. After that one
 * request passes as a probe; if it succeeds the breaker closes, else it rests twice as long, at most {@code longestRest}. Thread-safe.
 */
final class CircuitBreaker {

    private final int threshold;
    private final Duration firstRest;
    private final Duration longestRest;

    private int failuresInARow;
    private long restUntil;
    private Duration nextRest;
    private boolean open;
    private boolean probing;

    CircuitBreaker(int threshold, Duration firstRest, Duration longestRest) {
        this.threshold = threshold;
        this.firstRest = firstRest;
        this.longestRest = longestRest;
        this.nextRest = firstRest;
    }

    /** Five failures, then rests from 2 s to 30 s: a coordinator that restarts is found again before the run ends. */
    static CircuitBreaker standard() {
        return new CircuitBreaker(5, Duration.ofSeconds(2), Duration.ofSeconds(30));
    }

    /** Rests from half a second to 4 s: workers wait, and a claim costs next to nothing. */
    static CircuitBreaker eager() {
        return new CircuitBreaker(5, Duration.ofMillis(500), Duration.ofSeconds(4));
    }

    /** Returns whether a request may be made now; who gets a yes reports how it went. */
    synchronized boolean admits(long ticks) {
        if (!open) {
            return true;
        }
        if (probing || ticks - restUntil < 0) {
            return false;
        }
        probing = true;
        return true;
    }

    synchronized void succeeded() {
        failuresInARow = 0;
        open = false;
        probing = false;
        nextRest = firstRest;
    }

    synchronized void failed(long ticks) {
        if (open && !probing) {
            return; // was already under way when the breaker opened
        }
        failuresInARow++;
        if (probing || failuresInARow >= threshold) {
            rest(ticks, nextRest);
            Duration doubled = nextRest.multipliedBy(2);
            nextRest = doubled.compareTo(longestRest) > 0 ? longestRest : doubled;
        }
    }

    /** Opens for the time the coordinator itself asked for. */
    synchronized void restFor(long ticks, Duration asked) {
        rest(ticks, asked);
    }

    private void rest(long ticks, Duration time) {
        open = true;
        probing = false;
        restUntil = ticks + time.toNanos();
    }
}
