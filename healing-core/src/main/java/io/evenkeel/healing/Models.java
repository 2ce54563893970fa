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
 * @param adviser who is asked where the rankers are in doubt
 */
public record Models(Matcher reference, Matcher noReference, Tuning tuning, Adviser adviser) {

    /** Returns the models shipped with the library. */
    public static Models shipped() {
        return new Models(
                new Matcher(Signals.ALL, WeightsJson.shipped("reference", Signals.ALL)),
                new Matcher(QuerySignals.ALL, WeightsJson.shipped("no-reference", QuerySignals.ALL)),
                Tuning.NONE,
                Adviser.nobody());
    }

    /** Returns the same rankers with another tuning. */
    public Models with(Tuning other) {
        return new Models(reference, noReference, other, adviser);
    }

    /** Returns the same rankers with another adviser. */
    public Models with(Adviser other) {
        return new Models(reference, noReference, tuning, other);
    }
}
