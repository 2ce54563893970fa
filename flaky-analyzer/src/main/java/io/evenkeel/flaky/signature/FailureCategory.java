package io.evenkeel.flaky.signature;

import java.util.Locale;

/**
 * What kind of failure an error text tells of, with a leaning that is known before any history.
 *
 * <p>The texts are those of Playwright's own sources ({@code timeoutManager}, {@code matchers}, {@code dispatcher}, {@code
 * playwright-core/src/client} and {@code server}), 1.40 to 1.62.
 */
public enum FailureCategory {
    /** The whole test, a hook or a fixture ran out of time. */
    TEST_TIMEOUT(Leaning.NEUTRAL),
    /** One action waited in vain for its element. */
    ACTION_TIMEOUT(Leaning.NEUTRAL),
    /** The element was there but hidden, covered, moving, disabled or detached. */
    ACTIONABILITY(Leaning.NEUTRAL),
    /** The locator met several elements. */
    AMBIGUOUS_LOCATOR(Leaning.PRODUCT),
    /** An assertion that polls ran out of time. */
    ASSERTION_TIMEOUT(Leaning.NEUTRAL),
    /** An assertion compared two values that differ. */
    ASSERTION_MISMATCH(Leaning.PRODUCT),
    /** A screenshot or a stored snapshot differs or is missing. */
    SNAPSHOT(Leaning.PRODUCT),
    /** The page could not be opened, or navigated away under the test. */
    NAVIGATION(Leaning.NEUTRAL),
    /** A connection was refused, reset or not found. */
    NETWORK(Leaning.INFRASTRUCTURE),
    /** Page, context or browser was closed, or crashed. */
    CLOSED(Leaning.INFRASTRUCTURE),
    /** The machine lacks something, or the worker process died. */
    ENVIRONMENT(Leaning.INFRASTRUCTURE),
    /** An expected event (popup, download, request) did not come. */
    EVENT_WAIT(Leaning.NEUTRAL),
    /** The test's own code threw. */
    SCRIPT_ERROR(Leaning.PRODUCT),
    /** No rule matched. */
    UNKNOWN(Leaning.NEUTRAL);

    /** What a category suggests before any history; a hint, never a decision. */
    public enum Leaning {
        INFRASTRUCTURE,
        NEUTRAL,
        PRODUCT
    }

    private final Leaning leaning;

    FailureCategory(Leaning leaning) {
        this.leaning = leaning;
    }

    /** Returns what the category suggests before any history. */
    public Leaning leaning() {
        return leaning;
    }

    /** Returns the name for people, for example {@code action timeout}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
