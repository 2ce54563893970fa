package io.evenkeel.healing.source;

/**
 * A place in the test sources.
 *
 * <p>Immutable.
 *
 * @param file path as the report gives it, with forward slashes; empty when the place is unknown
 * @param line from 1; 0 when unknown
 * @param column from 1; 0 when unknown
 */
public record CallSite(String file, int line, int column) {

    /** No place is known. */
    public static final CallSite UNKNOWN = new CallSite("", 0, 0);

    public CallSite {
        file = file.replace('\\', '/');
        if (line < 0 || column < 0) {
            throw new IllegalArgumentException(
                    "The line (" + line + ") and column (" + column + ") of file (" + file + ") must not be negative.");
        }
    }

    /** Returns whether a file and a line are known. */
    public boolean known() {
        return !file.isEmpty() && line > 0;
    }

    /** Returns this place with its file made relative to the given root, or unchanged if it is not below it. */
    public CallSite relativeTo(String root) {
        String base = root.replace('\\', '/');
        String prefix = base.endsWith("/") ? base : base + "/";
        return file.startsWith(prefix) ? new CallSite(file.substring(prefix.length()), line, column) : this;
    }

    /** Returns whether both files may be the same file seen from different roots: one path ends with the other. */
    public boolean sameFileAs(CallSite other) {
        return file.equals(other.file) || endsWithPath(file, other.file) || endsWithPath(other.file, file);
    }

    private static boolean endsWithPath(String path, String tail) {
        return !tail.isEmpty() && path.endsWith("/" + tail);
    }

    @Override
    public String toString() {
        return known() ? file + ":" + line + ":" + column : "unknown place";
    }
}
