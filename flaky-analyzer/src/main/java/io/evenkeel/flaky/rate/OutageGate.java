package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.signature.FailureCategory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Tells a run whose infrastructure failed from one in which a change broke many tests.
 *
 * <p>Only a mass failure can be either: at least {@value #LEAST_EVENTS} tests failed at their first attempt, more than 15 % of those that ran and more than five
 * times what is usual in the project. Tests that already failed on the stable branch are left out, this run did not break them. For a mass failure the odds
 * are (Bayes):
 *
 * <ul>
 *   <li>before any text: outages come with one run in a hundred and hit any share of the tests alike; large breakages come with three changes in a hundred, nine in ten of them
 *       with a share that falls off exponentially (mean 8 %), one in ten with any share, because it broke what every test needs;
 *   <li>times, for each failure, how much likelier it is in an outage: by the category of its error (refused connections, closed browsers: outage; values that differ, locators that meet
 *       nothing: change), by its retries (an outage may be over, a breakage is not), and by a pass of the same test on the same commit, which no change explains.
 * </ul>
 *
 * The failures of one run share causes, so the evidence of n of them counts like that of √n independent ones. Above 0.5 the run is an outage. Below 0.1 it is a
 * breakage and teaches. In between it is unclear: labelled by history and not learned from, because a mark learned from an outage stays for weeks while a breakage shows again
 * in the next run.
 *
 * <p>Immutable.
 *
 * @param decision what the run is taken for
 * @param probability of an outage, in [0, 1]; 0 when there is no mass failure
 * @param reason the sentence that explains it, without full stop
 */
public record OutageGate(Decision decision, double probability, String reason) {

    /** Fewest failed first attempts of an outage; small suites never reach it, so their broken features are never taken for one. */
    public static final int LEAST_EVENTS = 8;

    private static final double LEAST_SHARE = 0.15;
    private static final double TIMES_USUAL = 5;
    private static final double OUTAGES = 0.01;
    private static final double BREAKAGES = 0.03;
    private static final double MEAN_BREAKAGE = 0.08;
    private static final double BREAKS_ANYTHING = 0.1;
    private static final double OUTAGE_FROM = 0.5;
    private static final double BREAKAGE_UP_TO = 0.1;

    /** ln P(passes on retry | outage) / P(the same | breakage) = ln (0.3 / 0.03), and of its contrary. */
    private static final double PASSED_ON_RETRY = 2.3;

    private static final double FAILED_ON_RETRY = -0.33;

    /** ln 1 / 0.015: a broken test passes in 1.5 % of its attempts. */
    private static final double PASSED_ON_COMMIT = 4.2;

    /** What a run is taken for. */
    public enum Decision {
        NORMAL,
        UNCLEAR,
        OUTAGE
    }

    /** What the stable branch showed of a test before the run. */
    public enum Before {
        /** It passed on the very commit of the run. */
        PASSED_ON_THIS_COMMIT,
        /** Its newest results there failed throughout. */
        ALREADY_RED,
        /** Neither. */
        OPEN
    }

    /**
     * A test whose first attempt failed.
     *
     * @param category what its first error tells of; {@link FailureCategory#UNKNOWN} without a text
     * @param pattern how its attempts went
     * @param before what was known of it
     */
    public record Failure(FailureCategory category, AttemptPattern pattern, Before before) {}

    /**
     * Judges one run.
     *
     * @param failures the tests whose first attempt failed, each once
     * @param tests tests that ran, at least as many
     * @param usualShare usual share of failed first attempts in the project, in [0, 1]
     */
    public static OutageGate judge(List<Failure> failures, int tests, double usualShare) {
        List<Failure> events = failures.stream()
                .filter(failure -> failure.before() != Before.ALREADY_RED)
                .toList();
        int others = tests - (failures.size() - events.size());
        double limit = Math.max(LEAST_SHARE, TIMES_USUAL * usualShare);
        String share = events.size() + " of " + others + " tests failed at their first attempt";
        if (events.size() < LEAST_EVENTS || events.size() <= limit * others) {
            return new OutageGate(Decision.NORMAL, 0, share);
        }
        double logOdds = priorLogOdds((double) events.size() / others);
        for (Failure failure : events) {
            logOdds += evidence(failure) / Math.sqrt(events.size());
        }
        double probability = 1 / (1 + StrictMath.exp(-logOdds));
        Decision decision = probability > OUTAGE_FROM
                ? Decision.OUTAGE
                : probability < BREAKAGE_UP_TO ? Decision.NORMAL : Decision.UNCLEAR;
        String reason = String.format(
                Locale.ROOT,
                "%s, more than %d %%, %s: an outage with %.0f %%",
                share,
                Math.round(100 * limit),
                kinds(events),
                100 * probability);
        return new OutageGate(decision, probability, reason);
    }

    /** Returns whether the results of the run may be recorded in {@link TestState}. */
    public boolean teaches() {
        return decision == Decision.NORMAL;
    }

    private static double priorLogOdds(double share) {
        double falling = StrictMath.exp(-share / MEAN_BREAKAGE) / MEAN_BREAKAGE;
        double breakage = BREAKAGES * ((1 - BREAKS_ANYTHING) * falling + BREAKS_ANYTHING);
        return StrictMath.log(OUTAGES / breakage);
    }

    private static double evidence(Failure failure) {
        AttemptPattern pattern = failure.pattern();
        double retry = pattern.passedOnRetry() ? PASSED_ON_RETRY : pattern.failures() > 1 ? FAILED_ON_RETRY : 0;
        double commit = failure.before() == Before.PASSED_ON_THIS_COMMIT ? PASSED_ON_COMMIT : 0;
        return byCategory(failure.category()) + retry + commit;
    }

    /** Returns whether errors of this category come likelier from a change than from an outage. */
    static boolean speaksForChange(FailureCategory category) {
        return byCategory(category) < 0;
    }

    /**
     * Natural logarithm of P(category | outage) / P(category | breakage), rounded; from what each text means. A slow server makes actions and assertions run out of time too, so these lean
     * only a little; a test that ran out of its whole time says nothing.
     */
    private static double byCategory(FailureCategory category) {
        return switch (category) {
            case NETWORK, CLOSED, ENVIRONMENT -> 3;
            case NAVIGATION -> 1.5;
            case TEST_TIMEOUT, UNKNOWN -> 0;
            case EVENT_WAIT -> -0.5;
            case ACTION_TIMEOUT, ACTIONABILITY, ASSERTION_TIMEOUT -> -1;
            case ASSERTION_MISMATCH, SNAPSHOT, SCRIPT_ERROR -> -2;
            case AMBIGUOUS_LOCATOR -> -4;
        };
    }

    private static String kinds(List<Failure> events) {
        Map<FailureCategory, Integer> counts = new EnumMap<>(FailureCategory.class);
        events.forEach(event -> counts.merge(event.category(), 1, Integer::sum));
        List<Map.Entry<FailureCategory, Integer>> sorted = new ArrayList<>(counts.entrySet());
        sorted.sort(Comparator.comparingInt((Map.Entry<FailureCategory, Integer> entry) -> -entry.getValue()));
        Map.Entry<FailureCategory, Integer> most = sorted.get(0);
        return most.getKey() == FailureCategory.UNKNOWN
                ? "most without a telling error"
                : most.getValue() + " with " + most.getKey().word() + " errors";
    }
}
