package io.evenkeel.flaky.label;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.signature.FailureSignature;

/**
 * One test that failed at least once in the run at hand.
 *
 * <p>Immutable.
 *
 * @param test the test
 * @param position where the run stands
 * @param pattern how its attempts went, with at least one failure
 * @param signature what the first failed attempt said
 */
public record FailureInRun(TestId test, RunPosition position, AttemptPattern pattern, FailureSignature signature) {

    public FailureInRun {
        if (!pattern.hasFailure()) {
            throw new IllegalArgumentException(
                    "The pattern (" + pattern + ") of test (" + test + ") must have a failure.");
        }
    }
}
