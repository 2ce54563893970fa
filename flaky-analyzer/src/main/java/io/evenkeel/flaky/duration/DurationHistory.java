package io.evenkeel.flaky.duration;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/**
 * All that is remembered of the durations of one test: quantiles, the next duration, the latest slow-down.
 *
 * <p>Mutable; one thread. At most {@value #MAX_BYTES} bytes when stored, identical bit for bit after a replay.
 */
public final class DurationHistory {

    /** Upper bound of the length of {@link #toBytes()}. */
    public static final int MAX_BYTES =
            2 + DurationSketch.MAX_BYTES + 1 + 4 * DurationPredictor.MEMORY + DurationDrift.BYTES;

    private final DurationSketch sketch;
    private DurationPredictor predictor;
    private DurationDrift drift;

    /** Creates the history of a test that never ran. */
    public DurationHistory() {
        this(new DurationSketch(), DurationPredictor.empty(), DurationDrift.empty());
    }

    private DurationHistory(DurationSketch sketch, DurationPredictor predictor, DurationDrift drift) {
        this.sketch = sketch;
        this.predictor = predictor;
        this.drift = drift;
    }

    /**
     * Adds a passed first attempt on the stable branch.
     *
     * @param commitOrdinal position of its commit on the stable branch
     */
    public void add(long commitOrdinal, Duration duration) {
        sketch.add(duration);
        predictor = predictor.after(duration);
        drift = drift.after(commitOrdinal, duration);
    }

    /** Adds a passed first attempt of a pull request, which may be slower by its own fault: it never moves the watch. */
    public void addFromPullRequest(Duration duration) {
        sketch.add(duration);
        predictor = predictor.after(duration);
    }

    /** Returns the quantiles; the sketch itself, not a copy. */
    public DurationSketch sketch() {
        return sketch;
    }

    /** Returns the predictor. */
    public DurationPredictor predictor() {
        return predictor;
    }

    /** Returns the latest confirmed slow-down. */
    public Optional<DurationDrift.Regression> lastRegression() {
        return drift.lastRegression();
    }

    /** Returns a compact form: the watch, then predictor and sketch with their lengths. */
    public byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(MAX_BYTES);
        byte[] predicted = predictor.toBytes();
        out.put(drift.toBytes()).put((byte) predicted.length).put(predicted).put(sketch.toBytes());
        return Arrays.copyOf(out.array(), out.position());
    }

    /**
     * Reads what {@link #toBytes()} wrote.
     *
     * @throws IllegalArgumentException when the bytes are damaged
     */
    public static DurationHistory fromBytes(byte[] bytes) {
        int sketchAt = bytes.length > DurationDrift.BYTES ? DurationDrift.BYTES + 1 + bytes[DurationDrift.BYTES] : -1;
        if (sketchAt <= DurationDrift.BYTES || sketchAt > bytes.length) {
            throw new IllegalArgumentException("The bytes (" + bytes.length
                    + ") of a duration history must hold a watch, a predictor and a sketch.\n"
                    + "Maybe they were cut; drop them, the history fills again.");
        }
        return new DurationHistory(
                DurationSketch.fromBytes(Arrays.copyOfRange(bytes, sketchAt, bytes.length)),
                DurationPredictor.fromBytes(Arrays.copyOfRange(bytes, DurationDrift.BYTES + 1, sketchAt)),
                DurationDrift.fromBytes(Arrays.copyOf(bytes, DurationDrift.BYTES)));
    }
}
