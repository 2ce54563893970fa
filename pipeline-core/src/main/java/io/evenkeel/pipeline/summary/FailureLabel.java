package io.evenkeel.pipeline.summary;

/**
 * Whose failure it is, with the evidence in one sentence.
 *
 * <p>Immutable.
 *
 * @param kind the label
 * @param evidence why, for example {@code failed 4 of its last 30 runs on main}; may be empty
 */
public record FailureLabel(Kind kind, String evidence) {

    /** The labels, in the order in which a developer should look at the failures. */
    public enum Kind {
        /** It began with this change. */
        NEW("new"),
        /** Nothing is known about the test's past. */
        UNJUDGED("not judged"),
        /** The base branch fails in the same way. */
        RED_ON_MAIN("red on main"),
        /** It fails now and then without any change. */
        KNOWN_FLAKY("known flaky"),
        /** The machine or the network failed, not the test. */
        INFRASTRUCTURE("infrastructure"),
        /** It runs, and does not fail the pipeline. */
        QUARANTINED("quarantined");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** Returns how the label is written in sentences and in JSON. */
        public String word() {
            return word;
        }
    }

    /** Returns the label of a test without history. */
    public static FailureLabel unjudged() {
        return new FailureLabel(Kind.UNJUDGED, "");
    }
}
