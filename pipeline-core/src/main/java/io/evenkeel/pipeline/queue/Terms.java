package io.evenkeel.pipeline.queue;

import java.time.Duration;

/**
 * How long an agent may be silent.
 *
 * <p>Immutable.
 *
 * @param lease after so much silence the work of an agent goes to the others
 * @param heartbeat how often an agent says that it lives
 */
public record Terms(Duration lease, Duration heartbeat) {

    /** A lease outlives five lost heartbeats. */
    public static final Terms STANDARD = new Terms(Duration.ofSeconds(30), Duration.ofSeconds(5));

    public Terms {
        if (heartbeat.isNegative() || heartbeat.isZero() || lease.compareTo(heartbeat.multipliedBy(2)) < 0) {
            throw new IllegalArgumentException(
                    "The lease (" + lease + ") of a queue must be at least two heartbeats (" + heartbeat + ").");
        }
    }
}
