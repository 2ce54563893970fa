package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.signature.FailureSignature;

/**
 * How many unrelated pull requests showed the very failure that a pull request shows now (E5).
 *
 * <p>Two changes that have nothing to do with each other seldom break a test in the same way, so the change at hand is a little less likely to blame: the odds that it broke the test
 * are divided by {@value #SAME_FAILURE}, once, however many pull requests there are. That is what a known failure is worth on Apache Ozone's CI: 61 % of the flakes there had been
 * seen before in their class, and 41 % of the breakages. It is no more, because a test waits for few things: whatever breaks the page, the test says the same.
 *
 * <p>It speaks against this change, not for a flake: a service that all pull requests use may have changed. So it shows in the evidence and counts in the filter, but is
 * no flake that a mark or a label could rest on.
 *
 * <p>Immutable.
 *
 * @param pullRequests others on which the test failed throughout with the same failure, while the stable branch passed afterwards; not negative
 */
public record Recurrence(int pullRequests) {

    /** It was not seen elsewhere, or nobody looked. */
    public static final Recurrence NONE = new Recurrence(0);

    /** How much likelier a flake shows a known failure than a breakage does. */
    static final double SAME_FAILURE = 1.5;

    public Recurrence {
        if (pullRequests < 0) {
            throw new IllegalArgumentException(
                    "The number of pull requests (" + pullRequests + ") of a recurrence must not be negative.");
        }
    }

    /** Returns whether the failure was seen elsewhere. */
    public boolean seen() {
        return pullRequests > 0;
    }

    /**
     * Returns whether two failures with this signature say the same thing at all: only those whose kind speaks for a change (see {@link OutageGate}) do. Infrastructure fails everybody alike, and a
     * test that ran out of time, or failed without a telling error, may have done so for any reason.
     */
    public static boolean telling(FailureSignature signature) {
        return OutageGate.speaksForChange(signature.category())
                && !signature.headline().isEmpty();
    }
}
