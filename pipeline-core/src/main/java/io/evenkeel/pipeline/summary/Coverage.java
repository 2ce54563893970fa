package io.evenkeel.pipeline.summary;

import java.util.List;

/**
 * The proof that every discovered test ran, or the names of those that did not.
 *
 * <p>Set-up and teardown are not counted. Immutable.
 *
 * @param discovered tests that had to run at least once
 * @param executed tests of these that have a result
 * @param missing the others, in the order of the suite
 */
public record Coverage(int discovered, int executed, List<Missing> missing) {

    /** A test without a result, and why. */
    public record Missing(TestName name, MissingReason reason) {}

    public Coverage {
        missing = List.copyOf(missing);
        if (executed + missing.size() != discovered) {
            throw new IllegalArgumentException("The executed (" + executed + ") and missing (" + missing.size()
                    + ") tests must sum up to the discovered ones (" + discovered + ").");
        }
    }

    /** Returns whether every discovered test has a result. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** Returns whether Playwright alone would have left out every missing test too. */
    public boolean explained() {
        return missing.stream().allMatch(m -> m.reason().explainedByPlaywright());
    }
}
