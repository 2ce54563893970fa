package io.evenkeel.flaky.quarantine;

import java.time.Duration;

/**
 * The rules of a project's quarantine.
 *
 * <p>Immutable.
 *
 * @param tolerance flake rate that a released test may have at most, in (0, 1); default 0.02. 0.1 asks for 29 clean runs, 0.05 for 59, 0.02 for 149, 0.01 for
 *     299
 * @param leastRate a test flakier than this is worth a quarantine, in (0, 1); the lower end of the 90 % interval must reach it; default 0.01
 * @param mostShare share of the suite that may be quarantined at once, in (0, 1]; default 0.05; one test is always allowed
 * @param expiry how long an entry lasts unless told otherwise; default 14 days
 */
public record QuarantinePolicy(double tolerance, double leastRate, double mostShare, Duration expiry) {

    /** No entry lasts longer: a quarantine without end hides tests for good. */
    public static final Duration LONGEST = Duration.ofDays(30);

    public QuarantinePolicy {
        share("tolerance", tolerance);
        share("least rate", leastRate);
        share("share of the suite", mostShare);
        if (expiry.isNegative() || expiry.isZero() || expiry.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("The expiry (" + expiry
                    + ") of a quarantine must be above 0 and at most " + LONGEST.toDays() + " days.");
        }
    }

    /** Returns the default rules. */
    public static QuarantinePolicy standard() {
        return new QuarantinePolicy(0.02, 0.01, 0.05, Duration.ofDays(14));
    }

    /** Returns how many tests may be quarantined in a suite of this size, at least 1. */
    public int most(int suiteSize) {
        return Math.max(1, (int) Math.floor(mostShare * suiteSize));
    }

    /**
     * Returns the clean runs that exclude a rate above the tolerance with 95 % confidence: ln 0.05 / ln (1 - tolerance), rounded up.
     *
     * <p>Each clean run has probability 1 - r, so n of them in a row 5 % at most when r is above the bound.
     */
    public int cleanRunsNeeded() {
        return (int) Math.ceil(StrictMath.log(0.05) / StrictMath.log1p(-tolerance) - 1e-9);
    }

    private static void share(String what, double value) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("The " + what + " (" + value
                    + ") of a quarantine policy must be above 0 and at most 1.\nMaybe it is in percent.");
        }
    }
}
