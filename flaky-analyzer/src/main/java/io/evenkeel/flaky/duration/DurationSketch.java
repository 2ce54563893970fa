package io.evenkeel.flaky.duration;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * Quantiles of the recent durations of one test, each within 2 % of a duration that was really seen.
 *
 * <p>Idea of DDSketch (Masson, Rim, Lee, VLDB 2019, <a href="https://arxiv.org/abs/1908.10693">arXiv 1908.10693</a>): bucket
 * {@code i} holds the durations in (g^(i-1), g^i] milliseconds with g = (1+a)/(1-a) and a = 0.02, and answers
 * 2 g^i / (g+1), which is within a of both ends. Durations are clamped to 1 ms .. 24 h.
 *
 * <p>Ageing: a new duration weighs {@value #UNIT} units; when the weights exceed {@value #LIMIT_SAMPLES} such durations all are
 * halved, so a duration counts half after the next 256 and is gone after about 1,800. Weights are whole numbers, which
 * makes a replay identical bit for bit whether or not the sketch went through {@link #toBytes()} in between.
 *
 * <p>Bounded: at most {@value #MAX_BUCKETS} buckets (longest / shortest = 112); beyond that the shortest durations are
 * collapsed into one bucket, so the upper quantiles keep their guarantee. At most {@value #MAX_BYTES} bytes.
 *
 * <p>Mutable; one thread.
 */
public final class DurationSketch {

    /** Promised relative error of a quantile. */
    public static final double RELATIVE_ERROR = 0.02;

    /** Most buckets kept. */
    public static final int MAX_BUCKETS = 118;

    /** Upper bound of the length of {@link #toBytes()}. */
    public static final int MAX_BYTES = 370;

    private static final double GROWTH = (1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR);
    private static final double LOG_GROWTH = StrictMath.log(GROWTH);
    private static final long LONGEST_MILLIS = Duration.ofHours(24).toMillis();
    private static final int LAST_BUCKET = bucketOf(LONGEST_MILLIS);
    private static final int UNIT = 64;
    private static final int LIMIT_SAMPLES = 512;
    private static final int LIMIT = LIMIT_SAMPLES * UNIT;
    private static final byte VERSION = 1;

    private short[] buckets = new short[8];
    private int[] weights = new int[8];
    private int size;
    private int total;

    /** Adds one duration; negative ones count as zero. Costs O(log buckets). */
    public void add(Duration duration) {
        addMillis(duration.isNegative() ? 0 : Math.min(LONGEST_MILLIS, saturatedMillis(duration)));
    }

    /**
     * Adds one duration.
     *
     * @param millis milliseconds; clamped to 1 ms .. 24 h
     */
    public void addMillis(long millis) {
        put(bucketOf(Math.max(1, Math.min(LONGEST_MILLIS, millis))), UNIT);
        settle();
    }

    /** Adds everything the other sketch holds; the other one is left as it is. */
    public void merge(DurationSketch other) {
        int[] theirWeights = other.weights.clone();
        short[] theirBuckets = other.buckets.clone();
        int theirSize = other.size;
        for (int i = 0; i < theirSize; i++) {
            put(theirBuckets[i], theirWeights[i]);
        }
        settle();
    }

    /** Returns whether no duration was added yet. */
    public boolean isEmpty() {
        return total == 0;
    }

    /** Returns how many recent durations the answer rests on, counted with their age: at most {@value #LIMIT_SAMPLES}. */
    public double samples() {
        return (double) total / UNIT;
    }

    /**
     * Returns the duration that this share of the recent ones does not exceed.
     *
     * @param share in [0, 1]
     * @return empty when nothing was added
     * @throws IllegalArgumentException when the share is outside [0, 1]
     */
    public Optional<Duration> quantile(double share) {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("The share (" + share + ") of a duration quantile must be in [0, 1].");
        }
        if (total == 0) {
            return Optional.empty();
        }
        long rank = (long) Math.floor(share * (total - 1));
        long seen = 0;
        for (int i = 0; i < size; i++) {
            seen += weights[i];
            if (seen > rank) {
                return Optional.of(middleOf(buckets[i]));
            }
        }
        return Optional.of(middleOf(buckets[size - 1]));
    }

    /** Returns the median. */
    public Optional<Duration> p50() {
        return quantile(0.50);
    }

    /** Returns the 95th percentile. */
    public Optional<Duration> p95() {
        return quantile(0.95);
    }

    /** Returns the 99th percentile. */
    public Optional<Duration> p99() {
        return quantile(0.99);
    }

    /** Returns a compact form, at most {@value #MAX_BYTES} bytes: version, size, then (gap, weight) pairs as varints. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        out.put(VERSION);
        Varint.put(out, size);
        int previous = 0;
        for (int i = 0; i < size; i++) {
            Varint.put(out, buckets[i] - previous);
            Varint.put(out, weights[i]);
            previous = buckets[i];
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when the bytes are damaged or of a later version
     */
    public static DurationSketch fromBytes(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        if (bytes.length < 2 || in.get() != VERSION) {
            throw damaged("it must begin with version " + VERSION);
        }
        int size = Varint.get(in);
        if (size > MAX_BUCKETS) {
            throw damaged("it must hold at most " + MAX_BUCKETS + " buckets, not " + size);
        }
        DurationSketch sketch = new DurationSketch();
        int bucket = 0;
        long total = 0;
        for (int i = 0; i < size; i++) {
            int gap = Varint.get(in);
            int weight = Varint.get(in);
            bucket += gap;
            total += weight;
            if ((i > 0 && gap == 0) || bucket > LAST_BUCKET || weight == 0 || total > LIMIT) {
                throw damaged("its buckets must rise, each with a weight");
            }
            sketch.insert(i, bucket, weight);
        }
        if (in.hasRemaining()) {
            throw damaged("it must end after its last bucket");
        }
        sketch.total = (int) total;
        return sketch;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DurationSketch that && Arrays.equals(toBytes(), that.toBytes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(toBytes());
    }

    @Override
    public String toString() {
        return "DurationSketch[samples=" + samples() + ", p50=" + p50() + ", p95=" + p95() + "]";
    }

    private void put(int bucket, int weight) {
        int at = Arrays.binarySearch(buckets, 0, size, (short) bucket);
        if (at >= 0) {
            weights[at] += weight;
        } else {
            insert(-at - 1, bucket, weight);
        }
        total += weight;
    }

    private void insert(int at, int bucket, int weight) {
        if (size == buckets.length) {
            buckets = Arrays.copyOf(buckets, size * 2);
            weights = Arrays.copyOf(weights, size * 2);
        }
        System.arraycopy(buckets, at, buckets, at + 1, size - at);
        System.arraycopy(weights, at, weights, at + 1, size - at);
        buckets[at] = (short) bucket;
        weights[at] = weight;
        size++;
    }

    private void settle() {
        while (total > LIMIT) {
            halve();
        }
        int surplus = size - MAX_BUCKETS;
        if (surplus > 0) {
            for (int i = 0; i < surplus; i++) {
                weights[surplus] += weights[i];
            }
            drop(surplus);
        }
    }

    private void halve() {
        int kept = 0;
        total = 0;
        for (int i = 0; i < size; i++) {
            int weight = weights[i] >> 1;
            if (weight > 0) {
                buckets[kept] = buckets[i];
                weights[kept++] = weight;
                total += weight;
            }
        }
        size = kept;
    }

    private void drop(int count) {
        size -= count;
        System.arraycopy(buckets, count, buckets, 0, size);
        System.arraycopy(weights, count, weights, 0, size);
    }

    private static int bucketOf(long millis) {
        return (int) Math.ceil(StrictMath.log(millis) / LOG_GROWTH);
    }

    private static Duration middleOf(int bucket) {
        double millis = 2 * StrictMath.exp(bucket * LOG_GROWTH) / (GROWTH + 1);
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    private static long saturatedMillis(Duration duration) {
        return duration.compareTo(Duration.ofHours(24)) > 0 ? LONGEST_MILLIS : duration.toMillis();
    }

    private static IllegalArgumentException damaged(String what) {
        return new IllegalArgumentException("The bytes of a duration sketch are damaged: " + what
                + ".\nMaybe they were written by another version; drop them, the sketch fills again.");
    }
}
