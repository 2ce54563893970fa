package io.evenkeel.bench.split;

import io.evenkeel.pipeline.split.Grant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How many milliseconds of the queue a machine gets when it asks; it always gets at least one unit. */
@FunctionalInterface
interface QueueRule {

    double target(State state);

    /**
     * What the queue knows when a machine asks.
     *
     * @param queued estimated milliseconds nobody has yet
     * @param underWay for each other machine, estimated milliseconds left of its batch
     * @param pullMs cost of a pull
     */
    record State(double queued, double[] underWay, double pullMs) {}

    /** Returns the product's own rule. */
    static QueueRule evenkeel() {
        return state -> {
            List<Duration> underWay = new ArrayList<>();
            for (double millis : state.underWay()) {
                underWay.add(Millis.duration(millis));
            }
            return Millis.of(Grant.target(Millis.duration(state.queued()), underWay, Millis.duration(state.pullMs())));
        };
    }

    /** Returns one unit for each pull. */
    static QueueRule single() {
        return state -> 0;
    }

    /** Returns guided self-scheduling as published: half of an even share, at least ten pull costs. */
    static QueueRule guided() {
        return state -> Math.max(state.queued() / (2 * (state.underWay().length + 1)), 10 * state.pullMs());
    }
}
