package io.evenkeel.flaky.rate;

import java.util.Locale;

/**
 * From which rate on a project calls a test flaky that the evidence says is flaky.
 *
 * <p>The evidence decides whether a test flakes; the threshold decides whether the project cares. Below it a failure is not excused as known, and nothing is advised for the test.
 *
 * <p>Immutable.
 *
 * @param leastRate expected flake rate per run, in [0, 1); 0 calls every test flaky that the evidence marks
 */
public record FlakyThreshold(double leastRate) {

    /** Every test that the evidence marks is called flaky: the default. */
    public static final FlakyThreshold NONE = new FlakyThreshold(0);

    public FlakyThreshold {
        if (!(leastRate >= 0 && leastRate < 1)) {
            throw new IllegalArgumentException("The flaky threshold (" + leastRate
                    + ") must be a share from 0 up to, but not including, 1.\nMaybe it is a percentage: 5 % is 0.05.");
        }
    }

    /** Returns whether a test that flakes this often is called flaky. */
    public boolean reachedBy(FlakeRate rate) {
        return rate.mean() >= leastRate;
    }

    /** Returns it for people, for example {@code 5.0 %}. */
    public String percent() {
        return String.format(Locale.ROOT, "%.1f %%", 100 * leastRate);
    }
}
