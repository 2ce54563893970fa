package io.evenkeel.flaky.recommend;

import io.evenkeel.flaky.history.TestId;
import java.util.List;

/**
 * One piece of advice with its evidence.
 *
 * <p>Immutable.
 *
 * @param kind what to do
 * @param tests the tests it is about, at least one, sorted
 * @param evidence the sentence that explains it
 * @param impact minutes a week that following it would save, not negative; the order of the list
 */
public record Recommendation(Kind kind, List<TestId> tests, String evidence, double impact) {

    /** What to do. */
    public enum Kind {
        REVERT_CANDIDATE("look at the change that broke it"),
        FIX_NOW("repair the flaky test"),
        RERUN_TO_DECIDE("run it again to decide"),
        SHARED_CAUSE("look for one cause of several tests"),
        SLOWER("find out why it became slower"),
        RAISE_TIMEOUT("raise its timeout"),
        LOWER_TIMEOUT("lower its timeout"),
        NEVER_RUNS("delete it or run it"),
        STALE("it has not run for long");

        private final String advice;

        Kind(String advice) {
            this.advice = advice;
        }

        /** Returns the advice in a few words. */
        public String advice() {
            return advice;
        }
    }

    public Recommendation {
        tests = tests.stream().sorted().toList();
        if (tests.isEmpty() || !(impact >= 0)) {
            throw new IllegalArgumentException("The recommendation (" + kind + ") must name a test and have an impact ("
                    + impact + ") that is not negative.");
        }
    }
}
