package io.evenkeel.bench.heal;

import java.util.List;

/**
 * A way to find an element again.
 *
 * <p>Implementations answer each case on its own.
 */
interface Method {

    /** Returns the name in the results. */
    String name();

    /** Returns the confidence from which this method heals by its own default; our own has tiers instead. */
    double threshold();

    /** Returns the candidates ordered best first, with the score of the first in [0, 1]. */
    Scored answer(HealCase of);

    /** An order and the score of its first. */
    record Scored(List<Integer> order, double score) {}
}
