package io.evenkeel.bench.split;

import java.time.Duration;

/** Recorded milliseconds, which have fractions, as durations and back. */
final class Millis {

    private Millis() {}

    static Duration duration(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    static double of(Duration duration) {
        return duration.toNanos() / 1e6;
    }

    /** Returns a number of milliseconds that reads well: microseconds are the finest digit. */
    static double rounded(double millis) {
        return Math.round(millis * 1e3) / 1e3;
    }
}
