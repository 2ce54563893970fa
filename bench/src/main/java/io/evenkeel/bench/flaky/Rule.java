package io.evenkeel.bench.flaky;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A rule of another tool, re-implemented from its documentation or source.
 *
 * @param name short name in the output
 * @param flakeScore the higher, the more the newest failure looks like a flake
 * @param mark at least this score of {@code flakeSigns} marks the test as flaky
 * @param flakeSigns what the tool counts
 */
record Rule(String name, ToDoubleFunction<Past> flakeScore, ToDoubleFunction<Past> flakeSigns, double mark) {

    private static final int TWO_WEEKS = 14 * 24 * 3600;
    private static final int WEEK = 7 * 24 * 3600;
    private static final int RUNS_IN_TWO_WEEKS = 56;

    /** Rules that look at one outcome a run. */
    static List<Rule> all() {
        return List.of(
                new Rule("same-commit-flip", Rule::flips, Rule::flips, 1),
                new Rule("transitions", past -> transitions(past, 50), past -> transitions(past, 100), 3),
                new Rule("failure-rate", past -> -failureRate(past, 50), past -> failureRate(past, 50), 0.02),
                new Rule("allure2", Rule::allure, Rule::allure, 1),
                new Rule("luci", past -> -ChangePoints.lastRate(past, 500), ChangePoints::flaky, 1));
    }

    /** Pass on retry, forgotten after seven days. */
    static Rule passOnRetry(String name) {
        return new Rule(name, Rule::retriesInAWeek, Rule::retriesInAWeek, 1);
    }

    boolean marks(Past past) {
        return flakeSigns.applyAsDouble(past) >= mark;
    }

    /** CircleCI, Harness: passed and failed on one commit within 14 days. */
    private static double flips(Past past) {
        double flips = 0;
        for (int i = 1; i < past.size() && inside(past, i, TWO_WEEKS, RUNS_IN_TWO_WEEKS); i++) {
            flips += past.commit(i) == past.commit(i - 1) && past.failed(i) != past.failed(i - 1) ? 1 : 0;
        }
        return flips;
    }

    private static double retriesInAWeek(Past past) {
        double retries = 0;
        for (int i = 0; i < past.size() && inside(past, i, WEEK, RUNS_IN_TWO_WEEKS / 2); i++) {
            retries += past.retried(i) ? 1 : 0;
        }
        return retries;
    }

    private static boolean inside(Past past, int back, long seconds, int runs) {
        return past.time(0) > 0 ? past.time(0) - past.time(back) <= seconds : back < runs;
    }

    /** Buildkite: changes between pass and fail in a window. */
    private static double transitions(Past past, int window) {
        double changes = 0;
        for (int i = 1; i < Math.min(window, past.size()); i++) {
            changes += past.failed(i) != past.failed(i - 1) ? 1 : 0;
        }
        return changes;
    }

    private static double failureRate(Past past, int window) {
        int size = Math.min(window, past.size());
        int failures = 0;
        for (int i = 0; i < size; i++) {
            failures += past.failed(i) ? 1 : 0;
        }
        return size == 0 ? 0 : (double) failures / size;
    }

    /** Allure 2: failed now, and among the five before a pass is newer than a failure. */
    private static double allure(Past past) {
        if (past.size() == 0 || !past.failed(0)) {
            return 0;
        }
        boolean passed = false;
        for (int i = 1; i <= 5 && i < past.size(); i++) {
            if (passed && past.failed(i)) {
                return 1;
            }
            passed |= !past.failed(i);
        }
        return 0;
    }
}
