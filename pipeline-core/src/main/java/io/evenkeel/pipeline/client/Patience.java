package io.evenkeel.pipeline.client;

import java.time.Duration;

/**
 * How long one request may take, retries included. One thread.
 *
 * <p>A request somebody waits for draws on a budget that all such requests share; one in the background has its own.
 */
final class Patience {

    private final TimeBudget budget;
    private final Duration attemptLimit;

    private Patience(TimeBudget budget, Duration attemptLimit) {
        this.budget = budget;
        this.attemptLimit = attemptLimit;
    }

    /** Draws on the budget; one attempt takes at most half of what is left, so that there is a second one. */
    static Patience of(TimeBudget budget) {
        return new Patience(budget, Duration.ofSeconds(2));
    }

    /** Nobody waits. */
    static Patience background(Duration total) {
        return new Patience(new TimeBudget(total), total);
    }

    Duration left() {
        return budget.left();
    }

    void spend(Duration time) {
        budget.spend(time);
    }

    /** Returns the limit of the next attempt, positive. */
    Duration nextLimit() {
        Duration left = left();
        Duration share = left.compareTo(Duration.ofMillis(200)) > 0 ? left.dividedBy(2) : left;
        return share.compareTo(attemptLimit) > 0 ? attemptLimit : share;
    }
}
