package io.evenkeel.flaky.label;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.Recurrence;
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
 * @param recurrence whether unrelated pull requests showed the same failure; none on the stable branch
 */
public record FailureInRun(
        TestId test, RunPosition position, AttemptPattern pattern, FailureSignature signature, Recurrence recurrence) {

    public FailureInRun {
        if (!pattern.hasFailure()) {
            throw new IllegalArgumentException(
                    "The pattern (" + pattern + ") of test (" + test + ") must have a failure.");
        }
    }

    /** Creates a failure of which nobody knows whether others showed it. */
    public FailureInRun(TestId test, RunPosition position, AttemptPattern pattern, FailureSignature signature) {
        this(test, position, pattern, signature, Recurrence.NONE);
    }
}
