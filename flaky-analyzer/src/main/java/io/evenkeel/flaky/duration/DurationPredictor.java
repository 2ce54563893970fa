package io.evenkeel.flaky.duration;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Predicts the next duration of one test from its last {@value #MEMORY} passed first attempts.
 *
 * <p>Answer: the weighted mean of the logarithms between the 40th and the 60th percentile, where each older duration weighs
 * 0.9 times the next newer one. The middle fifth ignores outliers as a median does and still averages; the fading weights follow a
 * lasting change within about six runs. Against the plain median of nine it errs less at the 90th percentile on CI jobs and on noisy
 * short tests, and a logarithmic moving average errs more on both (figures: {@code bench/quality/results}). Constant time and
 * memory: no history is read.
 *
 * <p>Leave out failed and timed-out attempts. Immutable.
 */
public final class DurationPredictor {

    /** Durations remembered. */
    public static final int MEMORY = 12;

    private static final DurationPredictor EMPTY = new DurationPredictor(new int[0]);
    private static final double FADING = 0.9;
    private static final double LOW = 0.4;
    private static final double HIGH = 0.6;

    /** Milliseconds, oldest first, each at least 1. */
    private final int[] millis;

    private DurationPredictor(int[] millis) {
        this.millis = millis;
    }

    /** Returns the predictor of a test that never ran. */
    public static DurationPredictor empty() {
        return EMPTY;
    }

    /** Returns the predictor after one more passed first attempt; clamped to 1 ms .. 24 days. */
    public DurationPredictor after(Duration duration) {
        int keep = Math.min(millis.length, MEMORY - 1);
        int[] next = Arrays.copyOfRange(millis, millis.length - keep, millis.length + 1);
        next[keep] = clamp(duration);
        return new DurationPredictor(next);
    }

    /** Returns the duration to plan with, empty when the test never passed; then the median of its file is a fair guess. */
    public Optional<Duration> next() {
        if (millis.length == 0) {
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos(Math.round(StrictMath.exp(middleOfLogs()) * 1e6)));
    }

    /**
     * Returns the duration to plan with when failures are retried: the next duration plus the share of first attempts that fail
     * times what such a failure costs.
     *
     * @param failureRate share of first attempts that fail, in [0, 1]
     * @param failing typical duration of a failing attempt
     */
    public Optional<Duration> nextWithRetries(double failureRate, Duration failing) {
        if (!(failureRate >= 0 && failureRate <= 1)) {
            throw new IllegalArgumentException("The failure rate (" + failureRate + ") must be in [0, 1].");
        }
        return next().map(passing -> passing.plusNanos(Math.round(failureRate * failing.toNanos())));
    }

    /** Returns how many durations the prediction rests on, at most {@value #MEMORY}. */
    public int samples() {
        return millis.length;
    }

    /** Returns a compact form: the number of durations, then each as four bytes. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(1 + 4 * millis.length);
        out.put((byte) millis.length);
        for (int one : millis) {
            out.putInt(one);
        }
        return out.array();
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when the bytes are damaged
     */
    public static DurationPredictor fromBytes(byte[] bytes) {
        if (bytes.length == 0 || bytes[0] < 0 || bytes[0] > MEMORY || bytes.length != 1 + 4 * bytes[0]) {
            throw new IllegalArgumentException("The bytes (" + bytes.length
                    + ") of a duration predictor must be a count and four bytes for each duration.\n"
                    + "Maybe they were cut; drop them, the predictor fills again.");
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - 1);
        int[] millis = new int[bytes[0]];
        for (int i = 0; i < millis.length; i++) {
            millis[i] = Math.max(1, in.getInt());
        }
        return new DurationPredictor(millis);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurationPredictor that && Arrays.equals(millis, that.millis);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(millis);
    }

    @Override
    public String toString() {
        return "DurationPredictor[samples=" + millis.length + ", next=" + next() + "]";
    }

    private double middleOfLogs() {
        int count = millis.length;
        int[] values = millis.clone();
        double[] weights = new double[count];
        double weight = 1;
        double total = 0;
        for (int i = count - 1; i >= 0; i--) {
            weights[i] = weight;
            total += weight;
            weight *= FADING;
        }
        sortTogether(values, weights);
        double low = LOW * total;
        double high = HIGH * total;
        double passed = 0;
        double sum = 0;
        double counted = 0;
        for (int i = 0; i < count; i++) {
            double inside = Math.min(passed + weights[i], high) - Math.max(passed, low);
            if (inside > 0) {
                sum += inside * StrictMath.log(values[i]);
                counted += inside;
            }
            passed += weights[i];
        }
        return sum / counted;
    }

    /** Insertion sort: at most twelve values, and both arrays must move together. */
    private static void sortTogether(int[] values, double[] weights) {
        for (int i = 1; i < values.length; i++) {
            int value = values[i];
            double weight = weights[i];
            int at = i;
            while (at > 0 && values[at - 1] > value) {
                values[at] = values[at - 1];
                weights[at] = weights[at - 1];
                at--;
            }
            values[at] = value;
            weights[at] = weight;
        }
    }

    private static int clamp(Duration duration) {
        if (duration.isNegative()) {
            return 1;
        }
        return duration.getSeconds() >= Integer.MAX_VALUE / 1000
                ? Integer.MAX_VALUE
                : (int) Math.max(1, duration.toMillis());
    }
}
