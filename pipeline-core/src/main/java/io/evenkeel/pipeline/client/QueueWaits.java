package io.evenkeel.pipeline.client;

import io.evenkeel.pipeline.queue.Reply;
import java.time.Duration;
import java.util.function.Function;

/**
 * How long the requests of a queue are waited for.
 *
 * <p>A claim is waited for by a worker, so what failed claims cost is drawn from the budget before the tests: with a coordinator that dies in the middle, the
 * whole run is not held up for longer than with one that was never there. One that answers and is slow gets the reserve, because an agent that goes on without
 * the queue runs what the others run too. Thread-safe.
 */
final class QueueWaits {

    /** Limit of a request nobody waits for, at a coordinator that is slow: less than a lease, so that a heartbeat can be repeated. */
    private static final Duration SLOW = Duration.ofSeconds(15);

    private final Pace pace;
    private final TimeBudget waiting;
    private final Reserve reserve;

    QueueWaits(Pace pace, TimeBudget waiting, Reserve reserve) {
        this.pace = pace;
        this.waiting = waiting;
        this.reserve = reserve;
    }

    /** For what is asked before the tests. */
    Patience beforeTests() {
        return Patience.of(waiting, reserve);
    }

    /** For a place in the queue that nobody waits for: the first answer may be the slowest. */
    Patience unhurried() {
        return Patience.background(SLOW);
    }

    /** For what nobody waits for. */
    Patience background(Duration usual) {
        return Patience.background(reserve.isThere() ? SLOW : usual);
    }

    /** For what is told when the tests have ended: unheard, it makes others wait for a lease and run what is done. */
    Patience afterTests(Duration usual) {
        return Patience.of(new TimeBudget(usual), reserve);
    }

    /**
     * Makes a request that a worker waits for.
     *
     * @param least what it may take when the budgets are used up: enough for one that answers
     */
    Reply whileAWorkerWaits(Duration least, Function<Patience, Reply> request) {
        long begin = pace.ticks();
        Duration left = waiting.left();
        Duration usual = left.compareTo(least) < 0 ? least : left;
        Reply reply = request.apply(Patience.of(new TimeBudget(usual), reserve.apart()));
        Duration took = Duration.ofNanos(pace.ticks() - begin);
        boolean answered = reply.match(going -> true, stale -> true, away -> false);
        if (!answered) {
            waiting.spend(took);
        }
        // Slow answers count too: a thousand of them must not hold up a run for longer than none.
        reserve.spend(took.minus(answered ? least : usual));
        return reply;
    }
}
