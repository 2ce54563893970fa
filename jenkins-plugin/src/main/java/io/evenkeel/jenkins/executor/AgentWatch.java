package io.evenkeel.jenkins.executor;

import java.time.Duration;
import java.time.Instant;

/**
 * Whether an agent can be reached, and whether the process on it has survived the time in which nobody saw it.
 *
 * <p>An exit code says that a process has ended; one that was killed with its machine leaves none. The process touches a file every five seconds,
 * so its time tells. Clocks of agents are not trusted: what counts is that the time changes. One thread.
 */
final class AgentWatch {

    /** So long without a sign means dead, even on a machine that swaps. */
    static final Duration SILENCE = Duration.ofSeconds(60);

    /** What the sign says. */
    enum Process {
        /** It lives, as far as anybody has reason to ask. */
        ALIVE,
        /** It was lost sight of, and has shown just now that it lives. */
        FOUND,
        /** It was lost sight of and has not shown itself yet. */
        DOUBTFUL,
        /** It was lost sight of and has shown nothing for too long. */
        DEAD
    }

    private static final long NONE = -1;

    private boolean lost;
    private boolean doubted;
    private Instant lostAt = Instant.now();
    private long lostNanos;
    private long sign = NONE;
    private long signNanos;

    private AgentWatch(boolean doubted) {
        this.doubted = doubted;
    }

    /** Begins with a process that we start. */
    static AgentWatch inSight() {
        return new AgentWatch(false);
    }

    /** Begins with a process that was started before this controller was. */
    static AgentWatch inDoubt() {
        return new AgentWatch(true);
    }

    boolean isLost() {
        return lost;
    }

    /** Returns whether it is worth to look for the sign. */
    boolean doubts() {
        return doubted;
    }

    /** Returns since when the agent, or the process on it, may be lost. */
    Instant lostAt() {
        return lost || doubted ? lostAt : Instant.now();
    }

    /** Returns how long the agent has been out of reach. */
    Duration lostFor() {
        return lost ? Duration.ofNanos(System.nanoTime() - lostNanos) : Duration.ZERO;
    }

    /** Notes that the agent does not answer. */
    void lose() {
        lost = true;
        lostNanos = System.nanoTime();
        lostAt = Instant.now();
    }

    /** Notes that it does again. */
    void find() {
        lost = false;
        doubted = true;
        sign = NONE;
    }

    /**
     * Judges the process.
     *
     * @param touched when its file was touched last, in milliseconds of any clock; 0 when there is none
     */
    Process look(long touched) {
        if (!doubted) {
            return Process.ALIVE;
        }
        if (touched == sign) {
            Duration silent = Duration.ofNanos(System.nanoTime() - signNanos);
            return silent.compareTo(SILENCE) > 0 ? Process.DEAD : Process.DOUBTFUL;
        }
        doubted = sign == NONE;
        sign = touched;
        signNanos = System.nanoTime();
        return doubted ? Process.DOUBTFUL : Process.FOUND;
    }
}
