package io.evenkeel.flaky.rate;

import java.util.List;

/**
 * Where a test stands after everything that was recorded of it, with the evidence.
 *
 * <p>Immutable.
 *
 * @param mark what is decided
 * @param belief how probable each kind of regime is
 * @param rate how often it flakes
 * @param track what its latest runs showed
 * @param evidence what speaks for and against flakiness, the strongest first; empty for a test that never failed
 */
public record TestStanding(Mark mark, RegimeBelief belief, FlakeRate rate, Track track, List<Evidence> evidence) {

    public TestStanding {
        evidence = List.copyOf(evidence);
    }

    /**
     * What the latest runs of a test showed.
     *
     * @param runs runs in all
     * @param flakes flakes in all: retries that passed, flips on one commit, isolated failures
     * @param cleanRuns runs without any failure since the last failure on the stable branch
     * @param failing commits in a row, up to the newest, on which every attempt failed
     * @param marks positions on the stable branch
     */
    public record Track(int runs, int flakes, int cleanRuns, int failing, Marks marks) {

        /** Returns whether the newest commit of the stable branch that ran this test failed throughout. */
        public boolean redOnStableBranch() {
            return failing > 0;
        }
    }

    /**
     * Positions on the stable branch; -1 where there is none.
     *
     * @param failingSince first commit of the streak of failing ones, up to the newest
     * @param lastFlake last commit on which it flaked
     * @param lastFailure last commit on which an attempt failed
     * @param regimeSince commit since which the likeliest regime is what it is now
     */
    public record Marks(long failingSince, long lastFlake, long lastFailure, long regimeSince) {}
}
