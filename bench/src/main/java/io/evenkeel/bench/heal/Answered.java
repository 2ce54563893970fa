package io.evenkeel.bench.heal;

import java.util.List;

/**
 * What a method said to one case.
 *
 * @param of the case
 * @param order candidates, best first; empty if the method names none
 * @param confidence in the first, in [0, 1]; on its own scale for methods without calibration
 * @param suggestionFloor least confidence of a suggestion of the model that spoke
 * @param nanos time of the answer
 */
record Answered(HealCase of, List<Integer> order, double confidence, double suggestionFloor, long nanos) {

    boolean right() {
        return within(1);
    }

    boolean within(int places) {
        for (int i = 0; i < Math.min(places, order.size()); i++) {
            if (of.right().contains(order.get(i))) {
                return true;
            }
        }
        return false;
    }
}
