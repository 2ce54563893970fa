package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.playwright.CommandProcess.Signal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Which signal is due: SIGINT so that Playwright writes its reports, a second SIGINT for a runner that hangs in a hook, then SIGKILL.
 *
 * <p>Never SIGTERM: it ends Playwright at once, without a report. A further request of the user skips the waiting. One thread.
 */
final class InterruptLadder {

    /** Playwright ends within a second unless a teardown hook hangs; CI systems kill after 10 to 30 s. */
    static final Duration FIRST_WAIT = Duration.ofSeconds(8);

    static final Duration SECOND_WAIT = Duration.ofSeconds(4);

    private static final List<Signal> STEPS = List.of(Signal.INT, Signal.INT, Signal.KILL);
    private static final List<Duration> WAITS = List.of(Duration.ZERO, FIRST_WAIT, SECOND_WAIT);

    private int sent;
    private Instant last = Instant.MIN;

    /**
     * Returns the signal to send now.
     *
     * @param requests how often somebody asked to end the run, 0 for never
     */
    Optional<Signal> due(int requests, Instant now) {
        if (requests == 0 || sent == STEPS.size()) {
            return Optional.empty();
        }
        boolean waited = sent == 0 || !now.isBefore(last.plus(WAITS.get(sent)));
        if (requests <= sent && !waited) {
            return Optional.empty();
        }
        last = now;
        return Optional.of(STEPS.get(sent++));
    }
}
