package io.evenkeel.coordinator.policy;

import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import io.evenkeel.flaky.rate.FlakyThreshold;

/**
 * The thresholds of one project.
 *
 * <p>Immutable.
 *
 * @param flaky from which rate on a test is called flaky: in labels, lists and advice
 * @param windowDays tests whose last flake is older are not listed as flaky, 1 to {@value #MOST_DAYS}; 0 (the default) lists them whenever it was
 * @param quarantine the rules of the quarantine
 */
public record ProjectPolicy(FlakyThreshold flaky, int windowDays, QuarantinePolicy quarantine) {

    /** Longest window. */
    public static final int MOST_DAYS = 366;

    /** What holds for a project that has decided nothing. */
    public static final ProjectPolicy STANDARD = new ProjectPolicy(FlakyThreshold.NONE, 0, QuarantinePolicy.standard());

    public ProjectPolicy {
        if (windowDays < 0 || windowDays > MOST_DAYS) {
            throw new IllegalArgumentException(
                    "The window (" + windowDays + " days) of a policy must be between 0 and " + MOST_DAYS + " days.");
        }
    }

    /** Returns the rules by which tests are quarantined: what is not called flaky is not quarantined either. */
    public QuarantinePolicy entering() {
        return new QuarantinePolicy(
                quarantine.tolerance(),
                Math.max(quarantine.leastRate(), flaky.leastRate()),
                quarantine.mostShare(),
                quarantine.expiry());
    }
}
