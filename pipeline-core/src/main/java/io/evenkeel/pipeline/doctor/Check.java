package io.evenkeel.pipeline.doctor;

import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * <p>Immutable.
 *
 * @param name what was looked at, a few words
 * @param state whether it will do
 * @param found what is there
 * @param remedy what to do, empty when nothing needs doing
 */
public record Check(String name, State state, String found, Optional<String> remedy) {

    /** How good it is. */
    public enum State {
        /** As it should be. */
        GOOD,
        /** Runs will work, with less. */
        LACKING,
        /** Runs will not work. */
        MISSING
    }

    static Check good(String name, String found) {
        return new Check(name, State.GOOD, found, Optional.empty());
    }

    static Check lacking(String name, String found, String remedy) {
        return new Check(name, State.LACKING, found, Optional.of(remedy));
    }

    static Check missing(String name, String found, String remedy) {
        return new Check(name, State.MISSING, found, Optional.of(remedy));
    }
}
