package io.evenkeel.flaky.rate;

/**
 * The numbers of the regime filter for one project.
 *
 * <p>Immutable. {@link #start()} holds for a project nothing is known of; {@link ProjectCounters} moves them with what the project
 * shows.
 *
 * @param newTest what a test is when it is first seen
 * @param hazards how often a regime changes when the commit changes
 * @param noise how attempts fail in each regime
 */
public record RegimeParameters(NewTest newTest, Hazards hazards, Noise noise) {

    /**
     * Regime of a test when it is first seen; the rest is stable.
     *
     * @param flaky probability in (0, 1)
     * @param broken probability in (0, 1)
     */
    public record NewTest(double flaky, double broken) {

        public NewTest {
            check("flaky share of new tests", flaky);
            check("broken share of new tests", broken);
        }
    }

    /**
     * Probability that the regime changes at a new commit.
     *
     * @param breaks a stable or flaky test breaks
     * @param becomesFlaky a stable test becomes flaky
     * @param changesRate a flaky test moves to another rate
     * @param isFixed a flaky test that fails often becomes stable; one that fails rarely is noticed, and so fixed, less often
     * @param isRepaired a broken test is repaired
     * @param repairedFlaky share of the repaired tests that are flaky afterwards
     */
    public record Hazards(
            double breaks,
            double becomesFlaky,
            double changesRate,
            double isFixed,
            double isRepaired,
            double repairedFlaky) {

        public Hazards {
            check("hazard of breaking", breaks);
            check("hazard of becoming flaky", becomesFlaky);
            check("hazard of changing the rate", changesRate);
            check("hazard of being fixed", isFixed);
            check("hazard of being repaired", isRepaired);
            check("flaky share of repaired tests", repairedFlaky);
        }
    }

    /**
     * How attempts fail.
     *
     * @param stableFails probability that an attempt of a stable test fails
     * @param brokenFails probability that an attempt of a broken test fails
     * @param persists what a failed attempt adds to the failure probability of its retry: 0 for independent retries, 1 for hopeless ones
     * @param pullRequestBreaks share of the pull-request runs of a test in which the change itself breaks it
     */
    public record Noise(double stableFails, double brokenFails, double persists, double pullRequestBreaks) {

        public Noise {
            check("failure probability of stable tests", stableFails);
            check("failure probability of broken tests", brokenFails);
            check("persistence of failures", persists);
            check("share of breaking pull requests", pullRequestBreaks);
        }
    }

    /**
     * Returns the parameters of a project nothing is known of.
     *
     * <p>Origin: share and rates of flaky tests from FlakeFlagger (10,000 reruns, ICSE 2021) and Google (2016); breakages and repairs from two
     * years of Apache Ozone's CI (22 episodes in 1,664 commits, median three runs to repair). How they were chosen and how little the figures
     * depend on them: {@code docs/explanation/flakiness.md}.
     */
    public static RegimeParameters start() {
        return new RegimeParameters(
                new NewTest(0.2, 0.1),
                new Hazards(5e-4, 7e-4, 6e-3, 4e-3, 0.05, 0.05),
                new Noise(3e-4, 0.985, 0.3, 0.05));
    }

    private static void check(String what, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "The " + what + " (" + value + ") must be between 0 and 1, both excluded.");
        }
    }
}
