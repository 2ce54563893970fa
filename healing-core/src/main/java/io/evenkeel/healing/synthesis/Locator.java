package io.evenkeel.healing.synthesis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A Playwright locator: a chain of calls, each narrowing what the one before found.
 *
 * <p>Immutable. {@link #toString()} is TypeScript without the leading {@code page.}, in the form Playwright itself prints.
 *
 * @param steps in the order written; never empty
 */
public record Locator(List<Step> steps) {

    public Locator {
        steps = List.copyOf(steps);
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("The steps (" + steps + ") of a locator must not be empty.");
        }
    }

    /** Returns the locator of one step. */
    public static Locator of(Step step) {
        return new Locator(List.of(step));
    }

    /**
     * Reads a locator as written in TypeScript or printed in a call log.
     *
     * @return empty if the text is not a chain of known locator methods with literal arguments
     */
    public static Optional<Locator> parse(String code) {
        return LocatorParser.parse(code);
    }

    /** Returns this locator followed by another. */
    public Locator then(Locator next) {
        List<Step> all = new ArrayList<>(steps);
        all.addAll(next.steps);
        return new Locator(all);
    }

    /** Returns the last step. */
    public Step last() {
        return steps.get(steps.size() - 1);
    }

    @Override
    public String toString() {
        return LocatorPrinter.print(this);
    }
}
