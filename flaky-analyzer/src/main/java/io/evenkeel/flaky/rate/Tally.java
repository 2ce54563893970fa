package io.evenkeel.flaky.rate;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition.Line;
import java.nio.ByteBuffer;

/**
 * Counters of what one test showed, commit by commit in their order.
 *
 * <p>Commits that left the {@link ResultRing} are counted for good; a question copies the tally and adds those still in the ring. So
 * counters, like weights, do not depend on the order of arrival.
 *
 * <p>Mutable; one thread.
 */
final class Tally {

    /** Length of the stored form. */
    static final int BYTES = 7 * 4 + 3 * 8 + 1 + 6 * 8 + Tally.RECURRENCE_BYTES;

    /** Length of the part of it that was added later. */
    static final int RECURRENCE_BYTES = 2;

    /** A broken test passes now and then; such a pass is no flake. */
    private static final double LIKELIER_BROKEN = 0.5;

    private static final double SAMPLE = 2_000;
    private static final double FAST = 1 - 1.0 / 50;
    private static final double SLOW = 1 - 1.0 / 250;
    static final long NEVER = -1;

    private enum Last {
        NOTHING,
        PASSED,
        FAILED,
        FAILED_AFTER_PASS
    }

    int runs;
    int retryPasses;
    int sameCommitFlips;
    int isolatedFailures;
    int failedThroughout;
    int failingCommits;
    int cleanRuns;
    long failingSince = NEVER;
    long lastFlake = NEVER;
    long lastFailure = NEVER;
    int recurrences;
    private Last last = Last.NOTHING;

    double sampleFlakes;
    double sampleRuns;
    double fastFlakes;
    double fastRuns;
    double slowFlakes;
    double slowRuns;

    Tally copy() {
        Tally copy = new Tally();
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        writeRecurrences(bytes);
        copy.read(bytes.flip());
        copy.readRecurrences(bytes);
        return copy;
    }

    /**
     * Counts one commit.
     *
     * @param begin first entry of the commit
     * @param end first entry behind it
     * @param notBroken probability that the test was not broken there: its failures count as flakes to this part
     */
    void addCommit(ResultRing ring, int begin, int end, double notBroken) {
        long ordinal = ring.ordinals[begin];
        int passes = 0;
        int failures = 0;
        int flakyPasses = 0;
        int clean = 0;
        int failedPullRequests = 0;
        for (int i = begin; i < end; i++) {
            if (ring.isRecurrence(i)) {
                recurrences = Math.min(Short.MAX_VALUE, recurrences + ring.counts[i]);
            }
            if (!ring.isResult(i)) {
                continue;
            }
            AttemptPattern pattern = AttemptPattern.ofCode(ring.code(i));
            int count = ring.counts[i];
            boolean stableBranch = ring.line(i) == Line.STABLE_BRANCH;
            runs += count;
            clean += pattern.hasFailure() ? 0 : count;
            flakyPasses += pattern.passedOnRetry() ? count : 0;
            if (pattern.ending() == Ending.PASSED) {
                passes += stableBranch ? count : 0;
            } else if (stableBranch) {
                failures += count;
            } else {
                failedPullRequests += count;
            }
        }
        failedThroughout += failures + failedPullRequests;
        boolean broken = notBroken < LIKELIER_BROKEN;
        boolean flaked = !broken && (flakyPasses > 0 || (passes > 0 && failures > 0));
        if (flaked) {
            retryPasses += flakyPasses;
            sameCommitFlips += passes > 0 ? failures : 0;
            lastFlake = ordinal;
        }
        follow(ordinal, passes, failures, broken);
        if (flakyPasses + failures > 0) {
            lastFailure = ordinal;
            cleanRuns = 0;
        } else {
            cleanRuns += clean;
        }
        double flakes = (flakyPasses + failures) * notBroken;
        sample(flakes, clean + flakes);
    }

    /** A change of the regime starts a new sample: the old rate says nothing of the new one. */
    void newSample() {
        sampleFlakes = 0;
        sampleRuns = 0;
    }

    int flakes() {
        return retryPasses + sameCommitFlips + isolatedFailures;
    }

    boolean lastCommitFailed() {
        return failingCommits > 0;
    }

    private void follow(long ordinal, int passes, int failures, boolean broken) {
        if (passes > 0) {
            // One failing commit between passes, run once: an isolated failure.
            isolatedFailures += last == Last.FAILED_AFTER_PASS && failingCommits == 1 ? 1 : 0;
            if (last == Last.FAILED_AFTER_PASS && failingCommits == 1) {
                lastFlake = Math.max(lastFlake, failingSince);
            }
            last = Last.PASSED;
            failingCommits = 0;
            failingSince = NEVER;
        } else if (failures > 0) {
            last = last == Last.PASSED && failures == 1 && !broken ? Last.FAILED_AFTER_PASS : Last.FAILED;
            failingSince = failingCommits == 0 ? ordinal : failingSince;
            failingCommits++;
        }
    }

    private void sample(double flakes, double all) {
        sampleFlakes += flakes;
        sampleRuns += all;
        if (sampleRuns > 2 * SAMPLE) {
            sampleFlakes /= 2;
            sampleRuns /= 2;
        }
        fastFlakes = fastFlakes * FAST + flakes;
        fastRuns = fastRuns * FAST + all;
        slowFlakes = slowFlakes * SLOW + flakes;
        slowRuns = slowRuns * SLOW + all;
    }

    void write(ByteBuffer out) {
        out.putInt(runs).putInt(retryPasses).putInt(sameCommitFlips).putInt(isolatedFailures);
        out.putInt(failedThroughout).putInt(failingCommits).putInt(cleanRuns);
        out.putLong(failingSince).putLong(lastFlake).putLong(lastFailure).put((byte) last.ordinal());
        out.putDouble(sampleFlakes).putDouble(sampleRuns);
        out.putDouble(fastFlakes).putDouble(fastRuns).putDouble(slowFlakes).putDouble(slowRuns);
    }

    void writeRecurrences(ByteBuffer out) {
        out.putShort((short) recurrences);
    }

    void readRecurrences(ByteBuffer in) {
        recurrences = Math.max(0, in.getShort());
    }

    void read(ByteBuffer in) {
        runs = in.getInt();
        retryPasses = in.getInt();
        sameCommitFlips = in.getInt();
        isolatedFailures = in.getInt();
        failedThroughout = in.getInt();
        failingCommits = in.getInt();
        cleanRuns = in.getInt();
        failingSince = in.getLong();
        lastFlake = in.getLong();
        lastFailure = in.getLong();
        int lastOrdinal = in.get();
        last = Last.values()[Math.max(0, Math.min(Last.values().length - 1, lastOrdinal))];
        sampleFlakes = in.getDouble();
        sampleRuns = in.getDouble();
        fastFlakes = in.getDouble();
        fastRuns = in.getDouble();
        slowFlakes = in.getDouble();
        slowRuns = in.getDouble();
    }
}
