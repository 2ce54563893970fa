package io.evenkeel.pipeline.verify;

import java.time.Duration;
import java.util.List;

/**
 * One run that was made for a verification.
 *
 * <p>Immutable.
 *
 * @param kind without or with the patch
 * @param tests what was asked for and ran, in no particular order
 * @param missing ids that were asked for and did not run
 * @param duration wall time
 */
public record VerificationRun(Kind kind, List<TestRun> tests, List<String> missing, Duration duration) {

    /** Whether the patch was applied. */
    public enum Kind {
        UNPATCHED,
        PATCHED
    }

    public VerificationRun {
        tests = List.copyOf(tests);
        missing = List.copyOf(missing);
    }
}
