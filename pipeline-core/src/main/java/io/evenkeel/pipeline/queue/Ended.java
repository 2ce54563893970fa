package io.evenkeel.pipeline.queue;

/**
 * A test with its last result on one agent.
 *
 * <p>Immutable.
 */
public record Ended(String test, Result result) {

    /** How it ended over all retries. */
    public enum Result {
        PASSED('p'),
        FAILED('f');

        private final char letter;

        Result(char letter) {
            this.letter = letter;
        }

        char letter() {
            return letter;
        }
    }
}
