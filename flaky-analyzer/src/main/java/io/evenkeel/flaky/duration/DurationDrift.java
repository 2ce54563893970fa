package io.evenkeel.flaky.duration;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * Watches whether one test became lastingly slower, and since which commit.
 *
 * <p>Cumulative sum on the logarithm of the duration (Page, Biometrika 41, 1954): S = max(0, S + (x - m) - s/2) with m the usual
 * logarithm and s its spread (1.4826 times a running mean absolute deviation, at least 2 %, times 0.845 for a normal law). S above
 * 5 s raises a suspicion; five more runs whose mean is three standard errors, 20 % and one second above the usual confirm it. While S is above
 * zero the usual values do not move, so a slow test cannot teach the watch that slow is usual. A confirmed suspicion
 * starts a new reference. The first {@value #WARM_UP} runs only teach.
 *
 * <p>Immutable; constant time and memory.
 */
public final class DurationDrift {

    /** Runs that only teach what is usual. */
    public static final int WARM_UP = 10;

    /** Runs after the alarm that must confirm it. */
    public static final int CONFIRMING_RUNS = 5;

    /** Length of {@link #toBytes()}. */
    public static final int BYTES = 3 * 8 + 20 + 28;

    private static final long NO_REGRESSION = Long.MIN_VALUE;
    private static final DurationDrift EMPTY = new DurationDrift(new Usual(0, 0, 0), Suspicion.NONE, Optional.empty());
    private static final double ALARM = 5;
    private static final double SLACK = 0.5;
    private static final double LEAST_SPREAD = 0.02;
    private static final double SIGMA_PER_MEAN_DEVIATION = 1.2533;
    /** Standard errors of the confirming mean; the sum alone raises a false alarm every few hundred runs. */
    private static final double CONFIRMING_ERRORS = 3;

    /** How far a refuted suspicion, which is a small shift or chance, moves the reference. */
    private static final double REFUTED_SHARE = 0.25;

    private static final double LEAST_RATIO = 1.2;
    private static final double LEAST_MILLIS = 1000;
    private static final double SLOWEST_LEARNING = 0.02;

    private final Usual usual;
    private final Suspicion suspicion;
    private final Optional<Regression> lastRegression;

    private DurationDrift(Usual usual, Suspicion suspicion, Optional<Regression> lastRegression) {
        this.usual = usual;
        this.suspicion = suspicion;
        this.lastRegression = lastRegression;
    }

    /**
     * A lasting slow-down.
     *
     * @param commitOrdinal position on the stable branch of the first slow commit
     * @param before usual duration before
     * @param after mean duration of the confirming runs
     */
    public record Regression(long commitOrdinal, Duration before, Duration after) {

        /** Returns how much slower the test is, for example 0.5 for half as long again. */
        public double slowdown() {
            return (double) after.toNanos() / Math.max(1, before.toNanos()) - 1;
        }
    }

    /** What is usual: mean and mean absolute deviation of the logarithm of the milliseconds, and runs seen. */
    record Usual(double log, double deviation, int runs) {

        double spread() {
            return Math.max(LEAST_SPREAD, deviation * SIGMA_PER_MEAN_DEVIATION);
        }

        Usual learn(double x) {
            if (runs == 0) {
                return new Usual(x, 0, 1);
            }
            double rate = Math.max(SLOWEST_LEARNING, 1.0 / (runs + 1));
            double error = x - log;
            double bounded = runs < WARM_UP ? error : Math.max(-3 * spread(), Math.min(3 * spread(), error));
            return new Usual(
                    log + rate * bounded, deviation + rate * (Math.abs(bounded) - deviation), Math.min(runs + 1, 1000));
        }
    }

    /** The sum S in units of the spread, the commit where it left zero, and the confirming runs after the alarm. */
    record Suspicion(double sum, long since, int confirming, double confirmingLogs) {

        static final Suspicion NONE = new Suspicion(0, 0, 0, 0);

        boolean raised() {
            return sum > ALARM;
        }
    }

    /** Returns the watch of a test that never ran. */
    public static DurationDrift empty() {
        return EMPTY;
    }

    /** Returns a compact form of exactly {@value #BYTES} bytes. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(BYTES);
        out.putDouble(usual.log()).putDouble(usual.deviation()).putInt(usual.runs());
        out.putDouble(suspicion.sum()).putLong(suspicion.since()).putInt(suspicion.confirming());
        out.putDouble(suspicion.confirmingLogs());
        out.putLong(lastRegression.map(Regression::commitOrdinal).orElse(NO_REGRESSION));
        out.putLong(lastRegression.map(r -> r.before().toNanos()).orElse(0L));
        out.putLong(lastRegression.map(r -> r.after().toNanos()).orElse(0L));
        return out.array();
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when the length differs
     */
    public static DurationDrift fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("The bytes (" + bytes.length + ") of a duration watch must be " + BYTES
                    + ".\nMaybe they were cut; drop them, the watch learns again.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        Usual usual = new Usual(in.getDouble(), in.getDouble(), in.getInt());
        Suspicion suspicion = new Suspicion(in.getDouble(), in.getLong(), in.getInt(), in.getDouble());
        long commitOrdinal = in.getLong();
        Regression regression =
                new Regression(commitOrdinal, Duration.ofNanos(in.getLong()), Duration.ofNanos(in.getLong()));
        return new DurationDrift(
                usual, suspicion, commitOrdinal == NO_REGRESSION ? Optional.empty() : Optional.of(regression));
    }

    /**
     * Returns the watch after one more passed first attempt on the stable branch.
     *
     * @param commitOrdinal position of its commit on the stable branch
     */
    public DurationDrift after(long commitOrdinal, Duration duration) {
        double x = StrictMath.log(Math.max(1.0, duration.toNanos() / 1e6));
        if (usual.runs() < WARM_UP) {
            return new DurationDrift(usual.learn(x), Suspicion.NONE, lastRegression);
        }
        if (suspicion.raised()) {
            return confirm(x);
        }
        double step = Math.max(-3, Math.min(3, (x - usual.log()) / usual.spread())) - SLACK;
        double sum = Math.max(0, suspicion.sum() + step);
        if (sum == 0) {
            return new DurationDrift(usual.learn(x), Suspicion.NONE, lastRegression);
        }
        long since = suspicion.sum() == 0 ? commitOrdinal : suspicion.since();
        // Small sums are ordinary noise and must go on teaching, or a steady trickle above the mean would freeze the
        // watch.
        Usual next = sum <= 2 ? usual.learn(x) : usual;
        return new DurationDrift(next, new Suspicion(sum, since, 0, 0), lastRegression);
    }

    /** Returns the latest confirmed slow-down, empty when there was none. */
    public Optional<Regression> lastRegression() {
        return lastRegression;
    }

    private DurationDrift confirm(double x) {
        int confirming = suspicion.confirming() + 1;
        double logs = suspicion.confirmingLogs() + x;
        if (confirming < CONFIRMING_RUNS) {
            Suspicion going = new Suspicion(suspicion.sum(), suspicion.since(), confirming, logs);
            return new DurationDrift(usual, going, lastRegression);
        }
        double now = logs / confirming;
        double beforeMillis = StrictMath.exp(usual.log());
        double afterMillis = StrictMath.exp(now);
        double standardErrors = (now - usual.log()) / (usual.spread() / Math.sqrt(confirming));
        boolean slower = standardErrors >= CONFIRMING_ERRORS
                && afterMillis >= LEAST_RATIO * beforeMillis
                && afterMillis - beforeMillis >= LEAST_MILLIS;
        if (!slower) {
            double closer = usual.log() + REFUTED_SHARE * (now - usual.log());
            return new DurationDrift(
                    new Usual(closer, usual.deviation(), usual.runs()), Suspicion.NONE, lastRegression);
        }
        Regression regression = new Regression(suspicion.since(), millis(beforeMillis), millis(afterMillis));
        return new DurationDrift(new Usual(now, usual.deviation(), WARM_UP), Suspicion.NONE, Optional.of(regression));
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos(Math.round(millis * 1e6));
    }
}
