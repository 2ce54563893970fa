package io.evenkeel.healing;

import io.evenkeel.healing.json.WeightsJson;
import io.evenkeel.healing.match.Matcher;
import io.evenkeel.healing.match.QuerySignals;
import io.evenkeel.healing.match.Signals;

/**
 * The two rankers.
 *
 * @param reference compares with the element of a passing run
 * @param noReference compares with what the locator says
 * @param tuning what the project's decisions changed
 */
public record Models(Matcher reference, Matcher noReference, Tuning tuning) {

    /** Returns the models shipped with the library. */
    public static Models shipped() {
        return new Models(
                new Matcher(Signals.ALL, WeightsJson.shipped("reference", Signals.ALL)),
                new Matcher(QuerySignals.ALL, WeightsJson.shipped("no-reference", QuerySignals.ALL)),
                Tuning.NONE);
    }

    /** Returns the same rankers with another tuning. */
    public Models with(Tuning other) {
        return new Models(reference, noReference, other);
    }
}
