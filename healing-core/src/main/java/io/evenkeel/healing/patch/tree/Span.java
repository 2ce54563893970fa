package io.evenkeel.healing.patch.tree;

/**
 * Half-open range of bytes of one file.
 *
 * @param start first byte, from 0
 * @param end byte after the last
 */
public record Span(int start, int end) {

    /** Returns whether this range holds the whole of another. */
    public boolean holds(Span other) {
        return start <= other.start && other.end <= end;
    }

    /** Returns whether the byte lies in this range. */
    public boolean holds(int offset) {
        return start <= offset && offset < end;
    }

    /** Returns the number of bytes. */
    public int length() {
        return end - start;
    }
}
