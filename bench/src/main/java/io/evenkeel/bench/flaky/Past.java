package io.evenkeel.bench.flaky;

import java.util.Arrays;

/**
 * The plain history of one test, as the rules of other tools need it: one outcome a run. Mutable; one thread.
 *
 * <p>Our own filter does not use it.
 */
final class Past {

    private boolean[] failed = new boolean[64];
    private boolean[] retried = new boolean[64];
    private long[] commits = new long[64];
    private long[] times = new long[64];
    private int size;

    /** Adds the outcome of one run: failed, and whether a retry passed after a failure. */
    void add(History.Run run, Outcome outcome) {
        if (size == failed.length) {
            failed = Arrays.copyOf(failed, size * 2);
            retried = Arrays.copyOf(retried, size * 2);
            commits = Arrays.copyOf(commits, size * 2);
            times = Arrays.copyOf(times, size * 2);
        }
        failed[size] = outcome == Outcome.FAILED || outcome == Outcome.FAILED_FIRST;
        retried[size] = outcome == Outcome.FAILED_FIRST || outcome == Outcome.PASSED_ON_RETRY;
        commits[size] = run.onStableBranch()
                ? run.position().commitOrdinal()
                : -1 - run.position().run();
        times[size] = run.time();
        size++;
    }

    /** How a run ended for a rule: by the final outcome, or by the first attempt with the retry kept apart. */
    enum Outcome {
        PASSED,
        FAILED,
        PASSED_ON_RETRY,
        FAILED_FIRST
    }

    static Outcome finalOutcome(History.Result result) {
        return result.failedThroughout()
                ? Outcome.FAILED
                : result.hasFailure() ? Outcome.PASSED_ON_RETRY : Outcome.PASSED;
    }

    static Outcome firstOutcome(History.Result result) {
        return !result.failedAtFirst()
                ? Outcome.PASSED
                : result.failedThroughout() ? Outcome.FAILED : Outcome.FAILED_FIRST;
    }

    int size() {
        return size;
    }

    boolean failed(int back) {
        return failed[size - 1 - back];
    }

    boolean retried(int back) {
        return retried[size - 1 - back];
    }

    long commit(int back) {
        return commits[size - 1 - back];
    }

    long time(int back) {
        return times[size - 1 - back];
    }
}
