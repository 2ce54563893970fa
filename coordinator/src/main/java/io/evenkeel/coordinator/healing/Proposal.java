package io.evenkeel.coordinator.healing;

import java.time.Instant;
import java.util.List;

/**
 * A repair over all runs.
 *
 * <p>Immutable.
 *
 * @param id the coordinator's number of it
 * @param change the edit
 * @param judgement what was thought of it when it was last found
 * @param state what became of it
 * @param pullRequest address of its pull request; empty if there is none
 * @param sightings when and how often it was found
 * @param decisions what happened to it, oldest first
 */
public record Proposal(
        long id,
        Change change,
        Judgement judgement,
        State state,
        String pullRequest,
        Sightings sightings,
        List<Decision> decisions) {

    public Proposal {
        decisions = List.copyOf(decisions);
    }

    /** What became of a proposal. */
    public enum State {
        /** Nobody has said anything. */
        PROPOSED,
        /** A pull request waits. */
        OPEN,
        /** Somebody merged it. */
        ACCEPTED,
        /** Somebody said no: it is not proposed again. */
        REJECTED;

        /** Returns the word on the wire. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /**
         * Returns the state of a word.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static State of(String word) {
            for (State state : values()) {
                if (state.word().equals(word)) {
                    return state;
                }
            }
            throw new IllegalArgumentException(
                    "The state (" + word + ") must be proposed, open, accepted or rejected.");
        }
    }

    /** An edit: file and line of the definition, and the locator before and after. */
    public record Change(String file, int line, String original, String healed) {}

    /** Strategy that said most, calibrated confidence in [0, 1], tier, whether re-runs proved it, and why. */
    public record Judgement(String strategy, double confidence, String tier, Proof proof, String reason) {}

    /** Whether re-runs proved a repair. */
    public enum Proof {
        VERIFIED,
        NOT_VERIFIED
    }

    /** When it was first and last found, in which run last, and how often. */
    public record Sightings(Instant first, Instant last, long lastRun, int count) {}

    /** What somebody said. */
    public record Decision(State state, String by, String reason, String pullRequest, Instant at) {}
}
