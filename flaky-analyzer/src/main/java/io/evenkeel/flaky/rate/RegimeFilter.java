package io.evenkeel.flaky.rate;

import static io.evenkeel.flaky.rate.RegimeModel.REGIMES;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition;
import java.util.Arrays;
import java.util.Optional;

/**
 * The weights of the regimes of one test, kept up to date result by result; see {@link RegimeModel} for the derivation.
 *
 * <p>Kept are the weights in front of the oldest remembered commit (the checkpoint) and in front of the newest one, with the results since. A
 * result of the newest commit multiplies; one of a newer commit first moves the weights over the change; one of an older, still remembered
 * commit replays from the checkpoint (at most {@value ResultRing#CAPACITY} steps). A result older than the memory changes nothing.
 *
 * <p>Mutable; one thread.
 */
final class RegimeFilter {

    /** Commits after a failure that may change what is thought of it; later ones say next to nothing. */
    private static final int LAG = 3;

    final ResultRing ring = new ResultRing();
    final double[] checkpoint = new double[REGIMES];
    private final double[] beforeNewest = new double[REGIMES];
    private final double[] now = new double[REGIMES];
    boolean forgot;

    RegimeFilter(RegimeModel model) {
        System.arraycopy(model.newTest(), 0, checkpoint, 0, REGIMES);
        System.arraycopy(checkpoint, 0, now, 0, REGIMES);
    }

    /** What becomes of a commit that leaves the memory. */
    interface Forgetting {
        /** Takes the results from entry 0 to the end, both of one commit, out of the weights in front of them. */
        void forget(ResultRing ring, int end);
    }

    /**
     * Counts one result.
     *
     * @return false when its commit is older than the memory, so that it changed nothing
     */
    boolean add(RegimeModel model, RunPosition position, AttemptPattern pattern, Forgetting forgetting) {
        return add(model, position.commitOrdinal(), ResultRing.kind(pattern, position.line()), 1, forgetting);
    }

    /** Counts the common cause of a commit of which a result was counted. */
    void addCause(RegimeModel model, RunPosition position, CommonCause cause, Forgetting forgetting) {
        if (cause.factor() > 1) {
            add(model, position.commitOrdinal(), ResultRing.COMMON_CAUSE, cause.factor(), forgetting);
        }
    }

    /** Notes that a counted failure of a pull request is one that unrelated pull requests showed. */
    void addRecurrence(RegimeModel model, RunPosition position, Forgetting forgetting) {
        add(model, position.commitOrdinal(), ResultRing.RECURRENCE, 1, forgetting);
    }

    private boolean add(RegimeModel model, long ordinal, byte kind, int count, Forgetting forgetting) {
        if (ring.size > 0 && forgot && ordinal < ring.ordinals[0]) {
            return false;
        }
        while (ring.needsRoom(ordinal, kind)) {
            forgetOldest(model, forgetting);
            if (ordinal < (ring.size == 0 ? Long.MIN_VALUE : ring.ordinals[0])) {
                return false;
            }
        }
        boolean late = ring.size > 0 && ordinal < ring.newest();
        boolean newer = ring.size > 0 && ordinal > ring.newest();
        boolean first = ring.size == 0;
        ring.add(ordinal, kind, count);
        if (late) {
            replay(model);
            return true;
        }
        if (newer) {
            model.newCommit(now);
            System.arraycopy(now, 0, beforeNewest, 0, REGIMES);
        } else if (first) {
            System.arraycopy(checkpoint, 0, beforeNewest, 0, REGIMES);
        }
        applyNewest(model);
        return true;
    }

    /** Returns the probability of regime k now. */
    double weight(int regime) {
        return now[regime];
    }

    /** Returns the weights as they would be after one more result, without counting it. */
    double[] peek(RegimeModel model, RunPosition position, AttemptPattern pattern, CommonCause cause) {
        double[] w = now.clone();
        boolean newer = ring.size > 0 && position.commitOrdinal() > ring.newest();
        if (newer) {
            model.newCommit(w);
        }
        RegimeModel.multiply(w, model.likelihoods(pattern.code(), position.line()));
        int counted = newer || ring.size == 0 ? 1 : ring.causeBefore(ring.size);
        if (cause.factor() > counted) {
            RegimeModel.multiplyBroken(w, (double) cause.factor() / counted);
        }
        return w;
    }

    /** As {@link #peek}, of a failure on a pull request that unrelated ones showed before. */
    double[] peekRecurring(RegimeModel model, RunPosition position, AttemptPattern pattern) {
        double[] w = now.clone();
        if (ring.size > 0 && position.commitOrdinal() > ring.newest()) {
            model.newCommit(w);
        }
        RegimeModel.multiply(w, model.recurring(pattern.code()));
        return w;
    }

    /**
     * Returns the weights at this commit given the results before it, of it, and of the {@value #LAG} commits after it (forward and backward
     * pass).
     *
     * @return empty when the commit is not remembered
     */
    Optional<double[]> weightsAt(RegimeModel model, long ordinal) {
        return weightsAt(model, ordinal, ring.size);
    }

    /** As {@link #weightsAt(RegimeModel, long)}, but looks at no entry from {@code end} on. */
    Optional<double[]> weightsAt(RegimeModel model, long ordinal, int end) {
        double[] forward = checkpoint.clone();
        int entry = 0;
        while (entry < end && ring.ordinals[entry] < ordinal) {
            entry = applyGroup(model, forward, entry);
            model.newCommit(forward);
        }
        if (entry == end || ring.ordinals[entry] != ordinal) {
            return Optional.empty();
        }
        int next = applyGroup(model, forward, entry);
        int last = next;
        for (int commits = 0; commits < LAG && last < end; commits++) {
            last = ring.groupEnd(last);
        }
        double[] backward = new double[REGIMES];
        Arrays.fill(backward, 1);
        while (last > next) {
            int begin = ring.groupBegin(last - 1);
            model.multiply(backward, ring, begin, last);
            model.newCommitBackwards(backward);
            last = begin;
        }
        RegimeModel.multiply(forward, backward);
        return Optional.of(forward);
    }

    /** Rebuilds what is not stored from checkpoint and ring. */
    void replay(RegimeModel model) {
        System.arraycopy(checkpoint, 0, now, 0, REGIMES);
        System.arraycopy(checkpoint, 0, beforeNewest, 0, REGIMES);
        int newest = ring.size == 0 ? 0 : ring.groupBegin(ring.size - 1);
        int entry = 0;
        while (entry < newest) {
            entry = applyGroup(model, now, entry);
            model.newCommit(now);
        }
        System.arraycopy(now, 0, beforeNewest, 0, REGIMES);
        if (ring.size > 0) {
            applyNewest(model);
        }
    }

    int applyGroup(RegimeModel model, double[] weights, int entry) {
        int end = ring.groupEnd(entry);
        model.multiply(weights, ring, entry, end);
        return end;
    }

    private void applyNewest(RegimeModel model) {
        System.arraycopy(beforeNewest, 0, now, 0, REGIMES);
        applyGroup(model, now, ring.groupBegin(ring.size - 1));
    }

    private void forgetOldest(RegimeModel model, Forgetting forgetting) {
        int end = ring.groupEnd(0);
        forgetting.forget(ring, end);
        applyGroup(model, checkpoint, 0);
        model.newCommit(checkpoint);
        ring.dropFirst(end);
        forgot = true;
    }
}
