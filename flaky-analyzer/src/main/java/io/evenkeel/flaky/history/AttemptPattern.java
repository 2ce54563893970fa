package io.evenkeel.flaky.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a run's attempts of one test went, as far as it is evidence: failures, then perhaps a pass.
 *
 * <p>Immutable.
 *
 * @param failures unexpected attempts before the end, 0 to {@value #MOST_FAILURES}; more count as {@value #MOST_FAILURES}
 * @param ending whether an expected attempt came at last
 */
public record AttemptPattern(int failures, Ending ending) {

    /** Failures above this teach nothing more. */
    public static final int MOST_FAILURES = 7;

    /** Number of different {@link #code() codes}. */
    public static final int CODES = 2 * (MOST_FAILURES + 1);

    /** Whether the last attempt ended as expected. */
    public enum Ending {
        PASSED,
        FAILED
    }

    /** The test passed at once. */
    public static final AttemptPattern PASSED = new AttemptPattern(0, Ending.PASSED);

    /** The test failed and was not retried. */
    public static final AttemptPattern FAILED_ONCE = new AttemptPattern(1, Ending.FAILED);

    public AttemptPattern {
        if (failures < 0 || (failures == 0 && ending == Ending.FAILED)) {
            throw new IllegalArgumentException("The failures (" + failures + ") of a pattern that " + ending
                    + " must not be negative, and must be at least 1 where it failed.");
        }
        failures = Math.min(failures, MOST_FAILURES);
    }

    /**
     * Reads the attempts of one test in one run.
     *
     * @param attempts in any order; of two with one retry number the first wins; skipped and interrupted ones say nothing
     * @param expected the status the author expects
     * @return one pattern for each pass and one for failures at the end: a test that is executed again after a pass gives several;
     *     empty when no attempt is evidence
     */
    public static List<AttemptPattern> of(List<Attempt> attempts, AttemptStatus expected) {
        List<Attempt> inOrder = new ArrayList<>(attempts);
        inOrder.sort((a, b) -> Integer.compare(a.retry(), b.retry()));
        List<AttemptPattern> patterns = new ArrayList<>();
        int failures = 0;
        int lastRetry = -1;
        for (Attempt attempt : inOrder) {
            Optional<Ending> ending =
                    attempt.retry() == lastRetry ? Optional.empty() : ending(attempt.status(), expected);
            lastRetry = attempt.retry();
            if (ending.isPresent() && ending.get() == Ending.PASSED) {
                patterns.add(new AttemptPattern(failures, Ending.PASSED));
                failures = 0;
            } else if (ending.isPresent()) {
                failures++;
            }
        }
        if (failures > 0) {
            patterns.add(new AttemptPattern(failures, Ending.FAILED));
        }
        return patterns;
    }

    /** Returns whether at least one attempt failed. */
    public boolean hasFailure() {
        return failures > 0;
    }

    /** Returns whether a retry passed after a failure. */
    public boolean passedOnRetry() {
        return failures > 0 && ending == Ending.PASSED;
    }

    /** Returns whether every attempt failed. */
    public boolean failedThroughout() {
        return ending == Ending.FAILED;
    }

    /** Returns a number in [0, {@value #CODES}) that {@link #ofCode(int)} reads. */
    public int code() {
        return 2 * failures + (ending == Ending.PASSED ? 0 : 1);
    }

    /** Returns the pattern with this code. */
    public static AttemptPattern ofCode(int code) {
        return new AttemptPattern(code >> 1, (code & 1) == 0 ? Ending.PASSED : Ending.FAILED);
    }

    private static Optional<Ending> ending(AttemptStatus status, AttemptStatus expected) {
        if (status == AttemptStatus.SKIPPED || status == AttemptStatus.INTERRUPTED) {
            return Optional.empty();
        }
        return Optional.of(status == expected ? Ending.PASSED : Ending.FAILED);
    }
}
