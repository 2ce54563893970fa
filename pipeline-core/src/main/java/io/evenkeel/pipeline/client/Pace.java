package io.evenkeel.pipeline.client;

import java.time.Duration;
import java.time.Instant;

/**
 * Time as the client needs it: a ticker for what has passed, a clock for dates in answers, and waiting.
 *
 * <p>Thread-safe.
 */
public interface Pace {

    /** Returns nanoseconds since any fixed moment. */
    long ticks();

    /** Returns what the clock says. */
    Instant now();

    /** Returns when the time has passed. */
    void pause(Duration time) throws InterruptedException;

    /** Returns the time of this machine. */
    static Pace ofThisMachine() {
        return new Pace() {
            @Override
            public long ticks() {
                return System.nanoTime();
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000);
            }
        };
    }
}
