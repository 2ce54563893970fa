package io.evenkeel.pipeline.job;

import io.evenkeel.pipeline.split.Strategy;

/**
 * How the tests of a run come to its executors.
 *
 * <p>Immutable.
 *
 * @param kind beforehand or while the run goes on
 * @param strategy by which order
 */
public record SplitMode(Kind kind, Strategy strategy) {

    /** The default: planned beforehand, by duration. */
    public static final SplitMode STATIC = new SplitMode(Kind.STATIC, Strategy.DURATION);

    /** When it is decided who runs what. */
    public enum Kind {
        /** Before the run: each executor has its share. */
        STATIC,
        /** While the run goes on: each executor takes the next group from a queue. */
        DYNAMIC;

        /**
         * Returns the kind with this name.
         *
         * @throws IllegalArgumentException when there is none
         */
        public static Kind of(String word) {
            return switch (word) {
                case "static" -> STATIC;
                case "dynamic" -> DYNAMIC;
                default -> throw new IllegalArgumentException("The mode (" + word + ") must be static or dynamic.");
            };
        }
    }
}
