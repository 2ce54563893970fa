package io.evenkeel.coordinator.artifact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The type a stored file is served with: decided by its first bytes, never by what the sender says.
 *
 * <p>Only still pictures and WebM may be shown in place. Everything else (HTML and SVG first of all) is a download, so that no
 * file of a user ever runs on the dashboard's origin.
 */
public enum SafeType {
    PNG("image/png", true),
    JPEG("image/jpeg", true),
    WEBP("image/webp", true),
    WEBM("video/webm", true),
    ZIP("application/zip", false),
    OTHER("application/octet-stream", false);

    /** First bytes needed to decide. */
    public static final int HEAD = 16;

    private final String mime;
    private final boolean inline;

    SafeType(String mime, boolean inline) {
        this.mime = mime;
        this.inline = inline;
    }

    /** Returns the MIME type. */
    public String mime() {
        return mime;
    }

    /** Returns whether it may be shown in place. */
    public boolean inline() {
        return inline;
    }

    /** Decides by the first {@link #HEAD} bytes, or all of a shorter file. */
    public static SafeType of(byte[] head) {
        if (begins(head, 0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            return PNG;
        }
        if (begins(head, 0, 0xff, 0xd8, 0xff)) {
            return JPEG;
        }
        if (begins(head, 0, 'R', 'I', 'F', 'F') && begins(head, 8, 'W', 'E', 'B', 'P')) {
            return WEBP;
        }
        if (begins(head, 0, 0x1a, 0x45, 0xdf, 0xa3)) {
            return WEBM;
        }
        return begins(head, 0, 'P', 'K', 3, 4) ? ZIP : OTHER;
    }

    /** Returns a file name that is safe in a header: letters, digits, dot, hyphen and underscore, at most 100 characters. */
    public static String safeName(String name) {
        String safe = new String(name.getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII)
                .replaceAll("[^A-Za-z0-9._-]+", "-")
                .replaceAll("^[.-]+", "");
        return safe.isEmpty() ? "artifact" : safe.substring(0, Math.min(100, safe.length()));
    }

    private static boolean begins(byte[] head, int at, int... expected) {
        if (head.length < at + expected.length) {
            return false;
        }
        byte[] part = Arrays.copyOfRange(head, at, at + expected.length);
        for (int i = 0; i < expected.length; i++) {
            if ((part[i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
