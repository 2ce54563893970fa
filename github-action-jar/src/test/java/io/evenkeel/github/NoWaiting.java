package io.evenkeel.github;

import io.evenkeel.pipeline.client.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only by waiting. */
final class NoWaiting implements Pace {

    final List<Duration> waits = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    @Override
    public long ticks() {
        return now.toEpochMilli() * 1_000_000;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public void pause(Duration time) {
        waits.add(time);
        now = now.plus(time);
    }
}
