package io.evenkeel.flaky.rate;

/**
 * Tells a run whose infrastructure failed from one in which tests failed.
 *
 * <p>A run is an outage when at least {@value #LEAST_EVENTS} tests failed at their first attempt and these are more than 15 % of the tests and more than five
 * times what is usual in the project. An outage is recorded and shown, but teaches the filter nothing: under pass-on-retry rules outages are the main
 * source of false flaky marks. Small suites never reach the least number, so a broken feature of theirs is never taken for an outage.
 *
 * <p>Immutable.
 *
 * @param decision what the run is taken for
 * @param reason the sentence that explains it
 */
public record OutageGate(Decision decision, String reason) {

    /** Fewest failed first attempts of an outage. */
    public static final int LEAST_EVENTS = 8;

    private static final double LEAST_SHARE = 0.15;
    private static final double TIMES_USUAL = 5;

    /** What a run is taken for. */
    public enum Decision {
        NORMAL,
        OUTAGE
    }

    /**
     * Judges one run.
     *
     * @param failed tests whose first attempt failed; tests of one commit that fail with one shared cause because the change broke them count
     *     as they are, the share decides
     * @param tests tests that ran
     * @param usualShare usual share of failed first attempts in the project, in [0, 1]
     */
    public static OutageGate judge(int failed, int tests, double usualShare) {
        double limit = Math.max(LEAST_SHARE, TIMES_USUAL * usualShare);
        boolean outage = failed >= LEAST_EVENTS && failed > limit * tests;
        String share = failed + " of " + tests + " tests failed at their first attempt";
        return outage
                ? new OutageGate(
                        Decision.OUTAGE, share + ", more than " + Math.round(100 * limit) + " %: taken for an outage")
                : new OutageGate(Decision.NORMAL, share);
    }

    /** Returns whether the results of the run may be recorded in {@link TestState}. */
    public boolean teaches() {
        return decision == Decision.NORMAL;
    }
}
