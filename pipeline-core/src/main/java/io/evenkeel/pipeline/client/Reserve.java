package io.evenkeel.pipeline.client;

import java.time.Duration;

/**
 * What a coordinator that has answered, and is slow, may cost on top, over all requests together.
 *
 * <p>One that has never answered, or is gone, gets nothing of it. Thread-safe.
 */
final class Reserve {

    private final Presence presence;
    private final TimeBudget budget;
    private final Runnable notice;

    /**
     * @param notice is run before somebody waits for it; may be run often
     */
    Reserve(Presence presence, TimeBudget budget, Runnable notice) {
        this.presence = presence;
        this.budget = budget;
        this.notice = notice;
    }

    /** Returns one that nobody may draw on. */
    static Reserve none() {
        return new Reserve(new Presence(), new TimeBudget(Duration.ZERO), () -> {});
    }

    /** Returns what may be waited now, never negative. */
    Duration left() {
        return presence.isThere() ? budget.left() : Duration.ZERO;
    }

    boolean isThere() {
        return presence.isThere();
    }

    void spend(Duration time) {
        if (!time.isNegative()) {
            budget.spend(time);
        }
    }

    /** Tells people that they wait. */
    void announce() {
        notice.run();
    }

    /** Returns as much as there is now, apart: what is drawn from it is not missing here. */
    Reserve apart() {
        return new Reserve(presence, new TimeBudget(budget.left()), notice);
    }
}
