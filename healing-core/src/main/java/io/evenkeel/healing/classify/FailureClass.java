package io.evenkeel.healing.classify;

/** Why a test failed, as far as its locators are concerned. */
public enum FailureClass {
    /** An action waited for its element and never found one. */
    BROKEN_LOCATOR(Remedy.REPAIR, "the locator finds no element"),
    /** An action found several elements where one was expected. */
    AMBIGUOUS_LOCATOR(Remedy.SUGGEST, "the locator finds several elements"),
    /** An assertion about presence or state found no element at all. */
    MISSING_IN_ASSERTION(Remedy.SUGGEST, "an assertion finds no element"),
    /** An assertion found its element, and the value differs. */
    ASSERTION(Remedy.NEVER, "an assertion failed on a value"),
    /** An assertion that something is absent failed. */
    ABSENCE_ASSERTION(Remedy.NEVER, "an assertion of absence failed"),
    /** The element was found but is not visible. */
    HIDDEN(Remedy.NEVER, "the element is there but not visible"),
    /** The element was found but is disabled, read-only, unstable or outside of the viewport. */
    NOT_ACTIONABLE(Remedy.NEVER, "the element is there but cannot be acted upon"),
    /** Another element receives the pointer events. */
    INTERCEPTED(Remedy.NEVER, "another element covers the element"),
    /** The element was found and left the document while the action waited. */
    DETACHED(Remedy.NEVER, "the element is replaced while the action waits"),
    /** The page could not be loaded, or the browser went away. */
    NETWORK(Remedy.NEVER, "the page or the browser was not available"),
    /** The page at the failure is not the page of the passing run. */
    WRONG_PAGE(Remedy.NEVER, "the test is on another page than when it passed"),
    /** The test code itself is wrong: invalid selector, type error, missing module. */
    TEST_BUG(Remedy.NEVER, "the test code is wrong"),
    /** Nothing in the evidence says which locator, if any, is concerned. */
    UNKNOWN(Remedy.NEVER, "the evidence does not show a broken locator");

    private final Remedy remedy;
    private final String words;

    FailureClass(Remedy remedy, String words) {
        this.remedy = remedy;
        this.words = words;
    }

    /** Returns what a repaired locator could do about it. */
    public Remedy remedy() {
        return remedy;
    }

    /** Returns one short clause for people. */
    public String words() {
        return words;
    }
}
