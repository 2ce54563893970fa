package io.evenkeel.healing.synthesis;

import java.util.OptionalInt;

/** Port through which a real browser engine can confirm what a locator finds. */
@FunctionalInterface
public interface LocatorProbe {

    /**
     * Counts the elements a locator finds on the page in question.
     *
     * @return empty if the page cannot be asked
     */
    OptionalInt count(Locator locator);

    /** Returns a probe that cannot be asked: the evaluation over the snapshot decides alone. */
    static LocatorProbe none() {
        return locator -> OptionalInt.empty();
    }
}
