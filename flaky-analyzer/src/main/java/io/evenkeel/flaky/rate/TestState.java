package io.evenkeel.flaky.rate;

import static io.evenkeel.flaky.rate.RegimeModel.BROKEN;
import static io.evenkeel.flaky.rate.RegimeModel.REGIMES;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that the judgement of one test needs: weights of the regimes, the latest results, counters.
 *
 * <p>Each result costs a few dozen multiplications and reads no history. The answers depend on the results and the order of their commits, never on
 * the order of arrival inside a commit; a result of an older commit is replayed in its place as long as that commit is among the latest remembered
 * ones (at least the last {@value ResultRing#CAPACITY} results that differ). At most {@value #MAX_BYTES} bytes when stored, and equal bit for bit after any
 * replay.
 *
 * <p>Mutable; one thread. Runs that {@link OutageGate} refuses must not be recorded here.
 */
public final class TestState {

    /** Upper bound of the length of {@link #toBytes()}. */
    public static final int MAX_BYTES = 1 + 8 * REGIMES + Tally.BYTES + 9 + 2 + ResultRing.CAPACITY * (8 + 1 + 2);

    private static final byte VERSION = 2;

    /** As {@link #VERSION}, without recurrences. */
    private static final byte VERSION_WITHOUT_RECURRENCES = 1;

    private static final double SURE_FLAKY = 0.9;
    private static final double SURE_BROKEN = 0.8;
    private static final int LEAST_FLAKES = 2;
    private static final int FAILING_COMMITS = 2;
    private static final double SUSPICIOUS = 0.5;

    /** What became of a result. */
    public enum Recorded {
        COUNTED,
        /** Its commit is older than everything remembered: the judgement is unchanged. */
        TOO_OLD
    }

    private final RegimeFilter filter;
    private final Tally forgotten = new Tally();
    private RegimeBelief.Regime forgottenRegime = RegimeBelief.Regime.STABLE;
    private long forgottenRegimeSince = Tally.NEVER;

    /** Creates the state of a test that was never seen. */
    public TestState(RegimeModel model) {
        this.filter = new RegimeFilter(model);
    }

    /** Counts one result. */
    public Recorded record(RegimeModel model, RunPosition position, AttemptPattern pattern) {
        return record(model, position, pattern, CommonCause.NONE);
    }

    /** Counts one result, and what the other failures of its run say about it. */
    public Recorded record(RegimeModel model, RunPosition position, AttemptPattern pattern, CommonCause cause) {
        RegimeFilter.Forgetting forgetting = (ring, end) -> forget(model, ring, end);
        boolean counted = filter.add(model, position, pattern, forgetting);
        if (counted) {
            filter.addCause(model, position, cause, forgetting);
        }
        return counted ? Recorded.COUNTED : Recorded.TOO_OLD;
    }

    /**
     * Counts one failure of a pull request, and that unrelated pull requests showed it before.
     *
     * @throws IllegalArgumentException when it stands on the stable branch or did not fail throughout
     */
    public Recorded recordRecurring(RegimeModel model, RunPosition position, AttemptPattern pattern) {
        checkRecurring(position, pattern);
        RegimeFilter.Forgetting forgetting = (ring, end) -> forget(model, ring, end);
        boolean counted = filter.add(model, position, pattern, forgetting);
        if (counted) {
            filter.addRecurrence(model, position, forgetting);
        }
        return counted ? Recorded.COUNTED : Recorded.TOO_OLD;
    }

    private static void checkRecurring(RunPosition position, AttemptPattern pattern) {
        if (position.line() != Line.PULL_REQUEST || !pattern.failedThroughout()) {
            throw new IllegalArgumentException("The result (" + pattern + ", " + position.line()
                    + ") of a recurring failure must be of a pull request and have failed throughout.");
        }
    }

    /** Returns the probability that the test is broken now, in [0, 1]; cheaper than {@link #belief()}. */
    public double broken() {
        return filter.weight(BROKEN);
    }

    /** Returns what the stable branch showed of the test before a run that stands there, for {@link OutageGate}. */
    public OutageGate.Before before(RunPosition position) {
        ResultRing ring = filter.ring;
        for (int i = ring.size - 1; i >= 0; i--) {
            if (ring.line(i) == Line.STABLE_BRANCH && ring.ordinals[i] <= position.commitOrdinal()) {
                return beforeFrom(ring, i, position);
            }
        }
        return OutageGate.Before.OPEN;
    }

    private static OutageGate.Before beforeFrom(ResultRing ring, int newest, RunPosition position) {
        for (int i = ring.groupBegin(newest); i <= newest; i++) {
            boolean stableBranch = ring.line(i) == Line.STABLE_BRANCH && !ring.isCause(i);
            if (stableBranch && !AttemptPattern.ofCode(ring.code(i)).failedThroughout()) {
                boolean here = position.line() == Line.STABLE_BRANCH && ring.ordinals[i] == position.commitOrdinal();
                return here ? OutageGate.Before.PASSED_ON_THIS_COMMIT : OutageGate.Before.OPEN;
            }
        }
        return OutageGate.Before.ALREADY_RED;
    }

    /** Returns the failing attempts on the newest commits of the stable branch since it last passed there; 0 when it never passed. */
    int failingAttempts() {
        ResultRing ring = filter.ring;
        int failing = 0;
        for (int end = ring.size; end > 0; end = ring.groupBegin(end - 1)) {
            for (int i = ring.groupBegin(end - 1); i < end; i++) {
                if (!ring.isResult(i)) {
                    continue;
                }
                AttemptPattern pattern = AttemptPattern.ofCode(ring.code(i));
                if (ring.line(i) == Line.STABLE_BRANCH && !pattern.failedThroughout()) {
                    return failing;
                }
                failing += ring.line(i) == Line.STABLE_BRANCH ? pattern.failures() * ring.counts[i] : 0;
            }
        }
        return filter.forgot ? failing : 0;
    }

    /** Returns whether exactly one of all its results has a failure, those of breaking pull requests left out. */
    boolean failedOnce() {
        int failed = 0;
        ResultRing ring = filter.ring;
        for (int i = 0; i < ring.size; i++) {
            if (!ring.isResult(i)) {
                continue;
            }
            AttemptPattern pattern = AttemptPattern.ofCode(ring.code(i));
            boolean counts = pattern.hasFailure() && !ProjectCounters.brokenByRequest(ring.line(i), pattern);
            failed += counts ? ring.counts[i] : 0;
        }
        return failed == 1 && forgotten.lastFailure == Tally.NEVER;
    }

    /** Returns how probable each kind of regime is now. */
    public RegimeBelief belief() {
        double[] weights = new double[REGIMES];
        for (int k = 0; k < REGIMES; k++) {
            weights[k] = filter.weight(k);
        }
        return RegimeBelief.of(weights);
    }

    /** Judges a result at once, from history and this result, without counting it. */
    public Judgement judge(RegimeModel model, RunPosition position, AttemptPattern pattern) {
        return judge(model, position, pattern, CommonCause.NONE);
    }

    /** Judges a result at once, with what the other failures of its run say about it, without counting it. */
    public Judgement judge(RegimeModel model, RunPosition position, AttemptPattern pattern, CommonCause cause) {
        return Judgement.of(model, filter.peek(model, position, pattern, cause));
    }

    /**
     * Judges a failure of a pull request at once that unrelated pull requests showed before, without counting it.
     *
     * @throws IllegalArgumentException when it stands on the stable branch or did not fail throughout
     */
    public Judgement judgeRecurring(RegimeModel model, RunPosition position, AttemptPattern pattern) {
        checkRecurring(position, pattern);
        return Judgement.of(model, filter.peekRecurring(model, position, pattern));
    }

    /** Judges the test as it stands: what the next run on the newest commit would show. */
    public Judgement judge(RegimeModel model) {
        double[] weights = new double[REGIMES];
        for (int k = 0; k < REGIMES; k++) {
            weights[k] = filter.weight(k);
        }
        return Judgement.of(model, weights);
    }

    /**
     * Judges a commit afterwards, from the results before and after it.
     *
     * @return empty when the commit is not remembered any more
     */
    public Optional<Judgement> judgeAfterwards(RegimeModel model, long commitOrdinal) {
        return filter.weightsAt(model, commitOrdinal).map(weights -> Judgement.of(model, weights));
    }

    /** Returns the probability that a test flakes at least once in this many further runs, if nothing changes. */
    public double flakesWithin(RegimeModel model, int runs) {
        double none = 0;
        for (int k = 0; k < REGIMES; k++) {
            none += filter.weight(k) * Math.pow(1 - model.rate(k), runs);
        }
        return 1 - none;
    }

    /** Returns what is decided; cheaper than {@link #standing(RegimeModel)}. */
    public Mark mark(RegimeModel model) {
        return mark(belief(), tally(model));
    }

    /** Returns mark, probabilities, rate and evidence. */
    public TestStanding standing(RegimeModel model) {
        Tally tally = tally(model);
        RegimeBelief belief = belief();
        TestStanding.Track track = new TestStanding.Track(
                tally.runs,
                tally.flakes(),
                tally.cleanRuns,
                tally.failingCommits,
                new TestStanding.Marks(tally.failingSince, tally.lastFlake, tally.lastFailure, regimeSince(model)));
        FlakeRate rate = FlakeRate.of(tally.sampleFlakes, tally.sampleRuns);
        return new TestStanding(mark(belief, tally), belief, rate, track, evidence(tally, filter.ring));
    }

    /** Returns whether the test flakes more often than it used to. */
    public Trend trend(RegimeModel model) {
        return Trend.of(tally(model));
    }

    /** Returns a compact form. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        out.put(VERSION);
        for (double weight : filter.checkpoint) {
            out.putDouble(weight);
        }
        forgotten.write(out);
        forgotten.writeRecurrences(out);
        out.put((byte) forgottenRegime.ordinal()).putLong(forgottenRegimeSince);
        ResultRing ring = filter.ring;
        out.put((byte) (filter.forgot ? 1 : 0)).put((byte) ring.size);
        for (int i = 0; i < ring.size; i++) {
            out.putLong(ring.ordinals[i]).put(ring.kinds[i]).putShort(ring.counts[i]);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when the bytes are damaged or of a later version
     */
    public static TestState fromBytes(RegimeModel model, byte[] bytes) {
        boolean former = bytes.length > 0 && bytes[0] == VERSION_WITHOUT_RECURRENCES;
        int fixed = MAX_BYTES - ResultRing.CAPACITY * 11 - (former ? Tally.RECURRENCE_BYTES : 0);
        if (bytes.length < fixed || (bytes[0] != VERSION && !former) || bytes.length != fixed + 11 * bytes[fixed - 1]) {
            throw damaged(bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        TestState state = new TestState(model);
        for (int k = 0; k < REGIMES; k++) {
            state.filter.checkpoint[k] = in.getDouble();
            if (!(state.filter.checkpoint[k] > 0 && state.filter.checkpoint[k] <= 1.000001)) {
                throw damaged(bytes.length);
            }
        }
        state.forgotten.read(in);
        if (!former) {
            state.forgotten.readRecurrences(in);
        }
        RegimeBelief.Regime[] regimes = RegimeBelief.Regime.values();
        state.forgottenRegime = regimes[Math.floorMod(in.get(), regimes.length)];
        state.forgottenRegimeSince = in.getLong();
        state.filter.forgot = in.get() != 0;
        int size = in.get();
        for (int i = 0; i < size; i++) {
            state.filter.ring.ordinals[i] = in.getLong();
            state.filter.ring.kinds[i] = in.get();
            state.filter.ring.counts[i] = in.getShort();
            if (!state.filter.ring.isSound(i)) {
                throw damaged(bytes.length);
            }
        }
        state.filter.ring.size = size;
        state.filter.replay(model);
        return state;
    }

    private Tally tally(RegimeModel model) {
        Tally tally = forgotten.copy();
        ResultRing ring = filter.ring;
        for (int entry = 0; entry < ring.size; ) {
            int end = ring.groupEnd(entry);
            tally.addCommit(ring, entry, end, notBrokenAt(model, entry, end, ring.size));
            entry = end;
        }
        return tally;
    }

    private long regimeSince(RegimeModel model) {
        RegimeBelief.Regime regime = forgottenRegime;
        long since = forgottenRegimeSince;
        double[] weights = filter.checkpoint.clone();
        ResultRing ring = filter.ring;
        for (int entry = 0; entry < ring.size; ) {
            int end = filter.applyGroup(model, weights, entry);
            RegimeBelief.Regime next = RegimeBelief.of(weights).likeliest();
            if (next != regime || since == Tally.NEVER) {
                since = ring.ordinals[entry];
                regime = next;
            }
            if (end < ring.size) {
                model.newCommit(weights);
            }
            entry = end;
        }
        return since;
    }

    private void forget(RegimeModel model, ResultRing ring, int end) {
        double[] weights = filter.checkpoint.clone();
        // The newest commit is still open: what it shows by now depends on the order of arrival.
        double notBroken = notBrokenAt(model, 0, end, Math.max(end, ring.groupBegin(ring.size - 1)));
        filter.applyGroup(model, weights, 0);
        RegimeBelief.Regime next = RegimeBelief.of(weights).likeliest();
        if (next != forgottenRegime || forgottenRegimeSince == Tally.NEVER) {
            if (next != RegimeBelief.Regime.BROKEN && forgottenRegimeSince != Tally.NEVER) {
                forgotten.newSample();
            }
            forgottenRegime = next;
            forgottenRegimeSince = ring.ordinals[0];
        }
        forgotten.addCommit(ring, 0, end, notBroken);
    }

    /** Only a commit with a failure can hide a breakage; the others need no second look. */
    private double notBrokenAt(RegimeModel model, int begin, int end, int seen) {
        ResultRing ring = filter.ring;
        for (int i = begin; i < end; i++) {
            if (ring.code(i) > 0) {
                double[] weights =
                        filter.weightsAt(model, ring.ordinals[begin], seen).orElseThrow();
                return 1 - weights[BROKEN];
            }
        }
        return 1;
    }

    private static Mark mark(RegimeBelief belief, Tally tally) {
        if (belief.broken() >= SURE_BROKEN || tally.failingCommits >= FAILING_COMMITS) {
            return Mark.BROKEN;
        }
        if (belief.flaky() >= SURE_FLAKY && tally.flakes() >= LEAST_FLAKES) {
            return Mark.FLAKY;
        }
        return tally.lastCommitFailed() || (belief.stable() < SUSPICIOUS && tally.lastFailure != Tally.NEVER)
                ? Mark.SUSPECT
                : Mark.HEALTHY;
    }

    private static List<Evidence> evidence(Tally tally, ResultRing ring) {
        List<Evidence> evidence = new ArrayList<>();
        add(evidence, EvidenceLevel.E1, tally.retryPasses, tally.lastFlake);
        add(evidence, EvidenceLevel.E2, tally.sameCommitFlips, tally.lastFlake);
        add(evidence, EvidenceLevel.E4, tally.isolatedFailures, tally.lastFlake);
        add(evidence, EvidenceLevel.E5, tally.recurrences, Tally.NEVER);
        add(evidence, EvidenceLevel.A1, tally.failedThroughout, tally.failingSince);
        add(
                evidence,
                EvidenceLevel.A2,
                tally.failingCommits >= FAILING_COMMITS ? tally.failingCommits : 0,
                tally.failingSince);
        for (int i = 0; i < ring.size; i++) {
            if (ring.isCause(i) && tally.failingCommits > 0 && ring.ordinals[i] >= tally.failingSince) {
                evidence.add(new Evidence(EvidenceLevel.A3, 1, ring.ordinals[i]));
            }
        }
        return evidence;
    }

    private static void add(List<Evidence> evidence, EvidenceLevel level, int count, long ordinal) {
        if (count > 0) {
            evidence.add(new Evidence(level, count, ordinal));
        }
    }

    private static IllegalArgumentException damaged(int length) {
        return new IllegalArgumentException(
                "The bytes (" + length + ") of a test's state are damaged or of another version.\n"
                        + "Maybe they were cut; replay the history of the test.");
    }
}
