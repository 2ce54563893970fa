package io.evenkeel.healing;

import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.PatchOutcome;

/**
 * One way to repair a locator.
 *
 * <p>Immutable.
 *
 * @param locator the new locator, unique on the page of the failure
 * @param element start tag and text of the element it finds, for people
 * @param confidence calibrated probability that this is the element the test means, in [0, 1]
 * @param tier what may be done with it
 * @param patch the edit, or why there is none
 */
public record Heal(String locator, String element, double confidence, Tier tier, PatchOutcome patch) {}
