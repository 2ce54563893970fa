package io.evenkeel.pipeline.host;

/**
 * What came of telling something in one place.
 *
 * <p>Immutable; never holds a secret.
 *
 * @param place the place, for example {@code comment}, {@code check}, {@code step summary}
 * @param state what came of it
 * @param line for people: an address, what is missing, or what went wrong and what to do
 */
public record Told(String place, State state, String line) {

    /** What came of it. */
    public enum State {
        /** It is there now. */
        DONE,
        /** It was there already, or there is nothing to tell. */
        UNCHANGED,
        /** A right or a setting is missing; the line names it. */
        LACKING,
        /** The other side failed; the line says how. */
        FAILED
    }

    /** Something is there now. */
    public static Told done(String place, String line) {
        return new Told(place, State.DONE, line);
    }

    /** Nothing had to be done. */
    public static Told unchanged(String place, String line) {
        return new Told(place, State.UNCHANGED, line);
    }

    /** Something is missing. */
    public static Told lacking(String place, String line) {
        return new Told(place, State.LACKING, line);
    }

    /** Something went wrong. */
    public static Told failed(String place, String line) {
        return new Told(place, State.FAILED, line);
    }

    /** Returns whether a person should read the line. */
    public boolean needsAttention() {
        return state == State.LACKING || state == State.FAILED;
    }

    @Override
    public String toString() {
        return place + ": " + line;
    }
}
