package io.evenkeel.pipeline.summary;

import io.evenkeel.flaky.history.Verdict;

/**
 * What a run says about one test.
 *
 * <p>Immutable.
 *
 * @param name which test
 * @param role test, set-up or teardown
 * @param verdict over all attempts of all executors
 * @param attempts how often and how long it ran
 * @param diagnosis how it failed and whose failure it is
 */
public record TestSummary(TestName name, TestRole role, Verdict verdict, Attempts attempts, Diagnosis diagnosis) {

    /**
     * How a test failed and whose failure it is.
     *
     * @param failure the last unexpected attempt; {@link Failure#none()} for a test that passed or was skipped
     * @param label says something for failed and flaky tests only
     */
    public record Diagnosis(Failure failure, FailureLabel label) {}

    /** Returns whether no attempt ended as expected. */
    public boolean failed() {
        return verdict.match(p -> false, f -> false, f -> true, s -> false);
    }

    /** Returns whether a retry saved it. */
    public boolean flaky() {
        return verdict.match(p -> false, f -> true, f -> false, s -> false);
    }

    /** Returns whether it did not run, by the will of its author or because a test before it failed. */
    public boolean skipped() {
        return verdict.match(p -> false, f -> false, f -> false, s -> true);
    }

    /** Returns whether it counts as a test: set-up and teardown do not. */
    public boolean counts() {
        return role == TestRole.TEST;
    }

    /** Returns whether the label says more than the verdict: being flaky for the first time is no news beside it. */
    boolean labelled() {
        return flaky() ? kind() == FailureLabel.Kind.KNOWN_FLAKY : failed() && kind() != FailureLabel.Kind.UNJUDGED;
    }

    FailureLabel.Kind kind() {
        return diagnosis.label().kind();
    }
}
