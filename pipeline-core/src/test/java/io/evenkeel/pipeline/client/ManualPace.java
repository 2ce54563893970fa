package io.evenkeel.pipeline.client;

import java.time.Duration;
import java.time.Instant;

/** Time that passes only when somebody waits, so that tests measure what is added without waiting for it. */
final class ManualPace implements Pace {

    private final Instant begin = Instant.parse("2026-11-21T10:00:00Z");
    private long nanos;

    @Override
    public synchronized long ticks() {
        return nanos;
    }

    @Override
    public synchronized Instant now() {
        return begin.plusNanos(nanos);
    }

    @Override
    public synchronized void pause(Duration time) {
        nanos += time.toNanos();
    }

    Duration passed() {
        return Duration.ofNanos(ticks());
    }
}
