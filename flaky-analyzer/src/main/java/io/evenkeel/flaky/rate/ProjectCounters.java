package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition.Line;
import java.nio.ByteBuffer;

/**
 * What all tests of one project showed together, and the parameters that follow from it (empirical Bayes).
 *
 * <p>Five numbers of {@link RegimeParameters#start()} differ most between projects and are moved: the hazard of breaking, the failures of stable tests, the persistence of failures, the
 * share of breaking pull requests and the usual share of failures in a run. Each is (a + seen) / (b + cases), where a / b is the start value and b says how
 * many cases that guess is worth. Ask {@link #parameters()} about once a day: the weights of the tests stay as they are, only what is expected of the next
 * results changes.
 *
 * <p>Mutable; one thread. {@value #BYTES} bytes when stored.
 */
public final class ProjectCounters {

    /** Length of {@link #toBytes()}. */
    public static final int BYTES = 9 * 8;

    private static final double BREAKAGES_GUESSED = 0.5;
    private static final double COMMITS_GUESSED = 1_000;
    private static final double RETRIES_GUESSED = 20;
    private static final double PULL_REQUESTS_GUESSED = 100;
    private static final double RUNS_GUESSED = 10_000;
    private static final double MOST_BREAKS = 5e-3;
    private static final double MOST_STABLE_FAILS = 1e-3;
    private static final double SHARE_MEMORY = 0.05;
    private static final double LIKELIER_BROKEN = 0.5;

    /** Failing attempts in a row, after a pass, that count as one breakage; plain, so that the estimate does not feed itself. */
    private static final int BREAKAGE = 3;

    private long commits;
    private long breakages;
    private long retriesFailed;
    private long retries;
    private long pullRequestsBroken;
    private long pullRequests;
    private long results;
    private double stableFailures;
    private double usualShare = 0.01;

    /**
     * Counts one result that was recorded.
     *
     * @param after the state with the result in it
     */
    public void count(Line line, AttemptPattern pattern, TestState after) {
        if (line == Line.STABLE_BRANCH) {
            commits++;
            int streak = pattern.failedThroughout() ? after.failingAttempts() : 0;
            breakages += streak >= BREAKAGE && streak - pattern.failures() < BREAKAGE ? 1 : 0;
        } else {
            pullRequests++;
            pullRequestsBroken += pattern.failedThroughout() && after.broken() < LIKELIER_BROKEN ? 1 : 0;
        }
        results++;
        // A second failure makes a test suspect: counting it here would teach that stable tests fail as flaky ones do.
        if (pattern.hasFailure() && !brokenByRequest(line, pattern) && after.failedOnce()) {
            stableFailures += after.belief().stable();
        }
        if (pattern.passedOnRetry()) {
            retries += pattern.failures();
            retriesFailed += pattern.failures() - 1;
        }
    }

    /** A pull request that fails throughout is most often its own fault. */
    static boolean brokenByRequest(Line line, AttemptPattern pattern) {
        return line == Line.PULL_REQUEST && pattern.failedThroughout();
    }

    /** Counts one run that was no outage; keeps the usual share of failures. */
    public void countRun(int failed, int tests) {
        if (tests > 0) {
            usualShare += SHARE_MEMORY * ((double) failed / tests - usualShare);
        }
    }

    /** Returns the usual share of tests whose first attempt fails in a run, for {@link OutageGate}. */
    public double usualShare() {
        return usualShare;
    }

    /** Returns the parameters that hold for this project by now. */
    public RegimeParameters parameters() {
        RegimeParameters start = RegimeParameters.start();
        RegimeParameters.Hazards h = start.hazards();
        RegimeParameters.Noise n = start.noise();
        double breaks = Math.min(MOST_BREAKS, (BREAKAGES_GUESSED + breakages) / (COMMITS_GUESSED + commits));
        double stableFails = Math.min(
                MOST_STABLE_FAILS, (n.stableFails() * RUNS_GUESSED + stableFailures) / (RUNS_GUESSED + results));
        double persists = (n.persists() * RETRIES_GUESSED + retriesFailed) / (RETRIES_GUESSED + retries);
        double pullRequest = (n.pullRequestBreaks() * PULL_REQUESTS_GUESSED + pullRequestsBroken)
                / (PULL_REQUESTS_GUESSED + pullRequests);
        return new RegimeParameters(
                start.newTest(),
                new RegimeParameters.Hazards(
                        breaks, h.becomesFlaky(), h.changesRate(), h.isFixed(), h.isRepaired(), h.repairedFlaky()),
                new RegimeParameters.Noise(stableFails, n.brokenFails(), persists, pullRequest));
    }

    /** Returns a compact form. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES)
                .putLong(commits)
                .putLong(breakages)
                .putLong(retriesFailed)
                .putLong(retries)
                .putLong(pullRequestsBroken)
                .putLong(pullRequests)
                .putLong(results)
                .putDouble(stableFailures)
                .putDouble(usualShare)
                .array();
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when the length differs
     */
    public static ProjectCounters fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("The bytes (" + bytes.length + ") of a project's counters must be "
                    + BYTES + ".\nMaybe they were cut; start anew, the counters fill again.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        ProjectCounters counters = new ProjectCounters();
        counters.commits = in.getLong();
        counters.breakages = in.getLong();
        counters.retriesFailed = in.getLong();
        counters.retries = in.getLong();
        counters.pullRequestsBroken = in.getLong();
        counters.pullRequests = in.getLong();
        counters.results = in.getLong();
        counters.stableFailures = in.getDouble();
        counters.usualShare = in.getDouble();
        return counters;
    }
}
