package io.evenkeel.healing.patch;

import io.evenkeel.healing.source.CallSite;
import java.util.List;

/**
 * One edit of one file; every byte outside the range stays as it is.
 *
 * <p>Immutable.
 *
 * @param file path as {@link io.evenkeel.healing.source.SourceFiles} lists it
 * @param range the bytes to replace
 * @param before text of the range, UTF-8; must still be there when the edit is applied
 * @param after what to write instead
 * @param definition what is edited and who else uses it
 */
public record Patch(String file, Range range, String before, String after, Definition definition) {

    /**
     * Half-open byte range.
     *
     * @param start first byte, from 0
     * @param end byte after the last, at least {@code start}
     */
    public record Range(int start, int end) {
        public Range {
            if (start < 0 || end < start) {
                throw new IllegalArgumentException("The range (" + start + ".." + end + ") must not be reversed.");
            }
        }
    }

    /**
     * Where the locator is written.
     *
     * @param kind what is edited
     * @param name of the field, getter, constant or function; empty for a locator in the failing call itself
     * @param site the place of the edit
     * @param users the other places that use the definition, the failing call not among them
     */
    public record Definition(DefinitionKind kind, String name, CallSite site, List<CallSite> users) {
        public Definition {
            users = List.copyOf(users);
        }
    }

    /**
     * Applies this edit.
     *
     * @param source the bytes of {@link #file()}
     * @throws IllegalArgumentException if the range does not hold {@link #before()}: the source changed since the diagnosis
     */
    public byte[] applyTo(byte[] source) {
        byte[] expected = before.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        boolean fits = range.end() <= source.length
                && java.util.Arrays.equals(source, range.start(), range.end(), expected, 0, expected.length);
        if (!fits) {
            throw new IllegalArgumentException("The bytes " + range.start() + " to " + range.end() + " of file (" + file
                    + ") must be (" + before + ").\nMaybe the source changed since the run; run the test again.");
        }
        byte[] replacement = after.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] result = new byte[source.length - expected.length + replacement.length];
        System.arraycopy(source, 0, result, 0, range.start());
        System.arraycopy(replacement, 0, result, range.start(), replacement.length);
        System.arraycopy(source, range.end(), result, range.start() + replacement.length, source.length - range.end());
        return result;
    }
}
