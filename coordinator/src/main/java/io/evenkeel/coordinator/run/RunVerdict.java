package io.evenkeel.coordinator.run;

import java.util.Locale;

/** What a whole run says. */
public enum RunVerdict {
    /** Not finished yet. */
    RUNNING,
    /** Everything that was discovered ran and ended as expected. */
    PASSED,
    /** As passed, but a test needed more than one attempt. */
    FLAKY,
    /** No test failed, but only because a repaired locator kept one going. */
    HEALED,
    /** A test or a set-up failed, or the runner said so by its exit code. */
    FAILED,
    /** No test failed, but not all that were discovered ran. */
    INCOMPLETE;

    /**
     * What decides.
     *
     * @param failed tests and set-ups that failed
     * @param flaky tests that needed more than one attempt
     * @param healed verified heals, and those that kept a test going while it ran
     * @param missing discovered tests that nobody ran
     * @param exitCode what CI sees
     */
    public record Facts(int failed, int flaky, int healed, int missing, int exitCode) {}

    /** Judges a finished run. */
    public static RunVerdict of(Facts facts) {
        if (facts.failed() > 0) {
            return FAILED;
        }
        if (facts.missing() > 0) {
            return INCOMPLETE;
        }
        if (facts.exitCode() != 0) {
            return FAILED;
        }
        if (facts.healed() > 0) {
            return HEALED;
        }
        return facts.flaky() > 0 ? FLAKY : PASSED;
    }

    /** Returns the word of the API and the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the verdict with this word; an empty word is that of a run that goes on. */
    public static RunVerdict fromWord(String word) {
        return word.isEmpty() ? RUNNING : valueOf(word.toUpperCase(Locale.ROOT));
    }
}
