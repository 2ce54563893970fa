package io.evenkeel.healing.snapshot;

/**
 * Where an element was painted, in CSS pixels of the page.
 *
 * <p>Immutable. {@link #UNKNOWN} where the evidence has no geometry, as in traces.
 *
 * @param x left edge
 * @param y top edge
 * @param width at least 0
 * @param height at least 0
 */
public record Box(double x, double y, double width, double height) {

    /** No geometry is known. */
    public static final Box UNKNOWN = new Box(Double.NaN, Double.NaN, 0, 0);

    /** Returns whether the position is known. */
    public boolean known() {
        return !Double.isNaN(x) && !Double.isNaN(y);
    }
}
