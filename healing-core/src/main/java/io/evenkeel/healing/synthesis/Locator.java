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
     * Reads a locator as written in TypeScript, Java or Python, or printed in a call log of one of them.
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

    /** Returns this locator as one of the languages writes it. */
    public String in(Dialect dialect) {
        return in(dialect, 0, steps.size());
    }

    /**
     * Returns some of the steps as one of the languages writes them.
     *
     * @param from first step, from 0
     * @param to step after the last
     */
    public String in(Dialect dialect, int from, int to) {
        return dialect == Dialect.TYPESCRIPT
                ? LocatorPrinter.print(new Locator(steps.subList(from, to)))
                : new DialectPrinter(dialect, steps).print(from, to);
    }

    @Override
    public String toString() {
        return LocatorPrinter.print(this);
    }
}
