package io.evenkeel.healing.match;

import io.evenkeel.healing.reference.Fingerprint;
import java.util.List;

/**
 * One element that may be the one the locator meant.
 *
 * @param index position in the list that was ranked
 * @param element its fingerprint
 * @param probability share of the softmax over all candidates and <em>none</em>, in [0, 1]; not calibrated
 * @param shares what each signal added, largest first
 */
public record Candidate(int index, Fingerprint element, double probability, List<Share> shares) {

    public Candidate {
        shares = List.copyOf(shares);
    }
}
