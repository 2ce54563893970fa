package io.evenkeel.healing.classify;

/** What a repair of the locator could do about a class of failure. */
public enum Remedy {
    /** The locator may be the only thing that is wrong; a repair may be proposed. */
    REPAIR,
    /** A repair may be shown to a person, never applied: the missing element may be the very defect the test guards against. */
    SUGGEST,
    /** A repair would hide a defect or would not help. */
    NEVER
}
