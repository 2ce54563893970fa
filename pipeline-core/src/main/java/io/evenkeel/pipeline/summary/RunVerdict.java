package io.evenkeel.pipeline.summary;

import java.util.Locale;

/** What a run amounts to, worst first. */
public enum RunVerdict {
    /** Somebody stopped it. */
    INTERRUPTED,
    /** A test has no result and Playwright would not have left it out. */
    INCOMPLETE,
    /** A test that is not quarantined failed, or something outside the tests did. */
    FAILED,
    /** There was nothing to run. */
    EMPTY,
    /** Everything passed, something only with a healed locator. */
    HEALED,
    /** Everything passed, quarantined tests aside. */
    PASSED;

    /** Returns the lower-case word of summary.json. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunVerdict of(RunSummary summary) {
        ExitCode.Decision decision = ExitCode.of(summary, Gate.playwright());
        return switch (decision.code()) {
            case INTERRUPTED -> INTERRUPTED;
            case UNPROVEN -> INCOMPLETE;
            case FAILED, WRONG_USE ->
                summary.coverage().discovered() == 0
                                && summary.findings().errors().isEmpty()
                        ? EMPTY
                        : FAILED;
            case PASSED ->
                summary.coverage().discovered() == 0 ? EMPTY : summary.healed().isEmpty() ? PASSED : HEALED;
        };
    }
}
