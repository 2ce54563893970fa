package io.evenkeel.healing.match;

import java.util.List;

/**
 * The answer of the matcher for one broken locator.
 *
 * <p>Immutable.
 *
 * @param candidates best first; empty if the page has no candidate
 * @param none probability that none of them is the element, in [0, 1]
 * @param confidence calibrated probability that the first candidate is the right one, in [0, 1]; 0 if there is none
 * @param tier what may be done with the first candidate as far as the confidence says
 */
public record Ranking(List<Candidate> candidates, double none, double confidence, Tier tier) {

    /** Nothing was ranked. */
    public static final Ranking EMPTY = new Ranking(List.of(), 1, 0, Tier.NONE);

    public Ranking {
        candidates = List.copyOf(candidates);
    }
}
