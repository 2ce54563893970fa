package io.evenkeel.pipeline.client;

import java.time.Duration;

/**
 * How long one request may take, retries included. One thread.
 *
 * <p>A request somebody waits for draws on a budget that all such requests share, then on the reserve for a coordinator that is slow; one in the background
 * has its own.
 */
final class Patience {

    /** So little is not halved. */
    private static final Duration MOMENT = Duration.ofMillis(200);

    /** A slow coordinator begins anew with each attempt, so they are long. */
    private static final Duration SLOW_ATTEMPT = Duration.ofSeconds(10);

    private final TimeBudget budget;
    private final Reserve reserve;
    private final Duration attemptLimit;

    private Patience(TimeBudget budget, Reserve reserve, Duration attemptLimit) {
        this.budget = budget;
        this.reserve = reserve;
        this.attemptLimit = attemptLimit;
    }

    /** Draws on the budget; one attempt takes at most half of what is left, so that there is a second one. */
    static Patience of(TimeBudget budget) {
        return of(budget, Reserve.none());
    }

    /** Draws on the budget, then on the reserve. */
    static Patience of(TimeBudget budget, Reserve reserve) {
        return new Patience(budget, reserve, Duration.ofSeconds(2));
    }

    /** Nobody waits. */
    static Patience background(Duration total) {
        return new Patience(new TimeBudget(total), Reserve.none(), total);
    }

    Duration left() {
        return budget.left().plus(reserve.left());
    }

    void spend(Duration time) {
        Duration own = budget.left();
        Duration most = time.compareTo(own) < 0 ? time : own;
        budget.spend(most);
        reserve.spend(time.minus(most));
    }

    /** Returns the limit of the next attempt, positive. */
    Duration nextLimit() {
        Duration own = budget.left();
        if (own.compareTo(MOMENT) > 0) {
            Duration share = own.dividedBy(2);
            return share.compareTo(attemptLimit) > 0 ? attemptLimit : share;
        }
        if (reserve.left().isZero()) {
            return own;
        }
        reserve.announce();
        Duration all = left();
        return all.compareTo(SLOW_ATTEMPT) > 0 ? SLOW_ATTEMPT : all;
    }
}
