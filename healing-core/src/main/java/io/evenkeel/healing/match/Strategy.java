package io.evenkeel.healing.match;

/** The ways of recognising an element again that a heal reports by name. */
public enum Strategy {
    TEST_ID("test-id recovery"),
    TEXT("text content"),
    CSS_HIERARCHY("CSS hierarchy"),
    ATTRIBUTES("stable attributes"),
    ANCHOR("relative to an anchor"),
    VISUAL("visual position"),
    SEMANTIC("semantic"),
    AI("AI");

    private final String words;

    Strategy(String words) {
        this.words = words;
    }

    /** Returns the name shown to people and stored with a heal. */
    public String words() {
        return words;
    }
}
