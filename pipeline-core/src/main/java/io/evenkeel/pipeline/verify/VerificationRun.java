package io.evenkeel.pipeline.verify;

import java.time.Duration;
import java.util.List;

/**
 * One run that was made for a verification.
 *
 * <p>Immutable.
 *
 * @param kind without the patch, with it, or with it on the last good release
 * @param tests what was asked for and ran, in no particular order
 * @param missing ids that were asked for and did not run
 * @param duration wall time
 */
public record VerificationRun(Kind kind, List<TestRun> tests, List<String> missing, Duration duration) {

    /** What the run was for. */
    public enum Kind {
        UNPATCHED,
        PATCHED,
        CONTROL
    }

    public VerificationRun {
        tests = List.copyOf(tests);
        missing = List.copyOf(missing);
    }
}
