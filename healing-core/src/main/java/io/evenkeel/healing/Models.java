package io.evenkeel.healing;

import io.evenkeel.healing.json.WeightsJson;
import io.evenkeel.healing.match.Matcher;
import io.evenkeel.healing.match.QuerySignals;
import io.evenkeel.healing.match.Signals;
import java.util.ArrayList;
import java.util.List;

/**
 * The two rankers.
 *
 * <p>Immutable.
 *
 * @param reference compares with the element of a passing run
 * @param noReference compares with what the locator says
 * @param tuning what the project's decisions changed
 * @param advisers who is asked where the rankers are in doubt: one after the other, until one says something; empty if nobody is
 */
public record Models(Matcher reference, Matcher noReference, Tuning tuning, List<Adviser> advisers) {

    public Models {
        advisers = List.copyOf(advisers);
    }

    /** Returns the models shipped with the library. */
    public static Models shipped() {
        return new Models(
                new Matcher(Signals.ALL, WeightsJson.shipped("reference", Signals.ALL)),
                new Matcher(QuerySignals.ALL, WeightsJson.shipped("no-reference", QuerySignals.ALL)),
                Tuning.NONE,
                List.of());
    }

    /** Returns the same rankers with another tuning. */
    public Models with(Tuning other) {
        return new Models(reference, noReference, other, advisers);
    }

    /** Returns the same rankers with one more adviser, who is asked when those before say nothing. */
    public Models with(Adviser another) {
        List<Adviser> all = new ArrayList<>(advisers);
        all.add(another);
        return new Models(reference, noReference, tuning, all);
    }
}
