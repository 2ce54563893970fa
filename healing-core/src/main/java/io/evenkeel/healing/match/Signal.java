package io.evenkeel.healing.match;

import java.util.function.ToDoubleBiFunction;

/**
 * One way of comparing an element of the past with an element of today.
 *
 * @param name stable key of its weights
 * @param strategy the strategy it reports under
 * @param comparison similarity in [0, 1], or NaN where either side lacks what is compared
 */
public record Signal(String name, Strategy strategy, ToDoubleBiFunction<Traits, Traits> comparison) {

    double compare(Traits old, Traits candidate) {
        return comparison.applyAsDouble(old, candidate);
    }
}
