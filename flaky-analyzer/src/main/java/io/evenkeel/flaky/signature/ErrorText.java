package io.evenkeel.flaky.signature;

import java.util.ArrayList;
import java.util.List;

/**
 * An error text made safe and short: the first {@value #MOST_CHARS} characters without colours and control characters, as lines.
 *
 * <p>Immutable. Time and memory are bounded by the limit, whatever the test printed.
 *
 * @param lines trimmed lines that are not blank, in order
 */
record ErrorText(List<String> lines) {

    /** Playwright's own messages are below 2,000 characters; the rest is a snippet of the test. */
    static final int MOST_CHARS = 8_192;

    ErrorText {
        lines = List.copyOf(lines);
    }

    static ErrorText of(String raw) {
        int end = Math.min(raw.length(), MOST_CHARS);
        StringBuilder line = new StringBuilder(128);
        List<String> lines = new ArrayList<>();
        int at = 0;
        while (at < end) {
            char c = raw.charAt(at);
            if (c == '\u001b' || c == '\u009b') {
                at = afterEscape(raw, at, end);
                continue;
            }
            if (c == '\n' || c == '\r') {
                flush(line, lines);
            } else if (c == '\t' || c == '\u00a0') {
                line.append(' ');
            } else if (!Character.isISOControl(c) && c != '\ufeff' && !isInvisible(c)) {
                line.append(c);
            }
            at++;
        }
        flush(line, lines);
        return new ErrorText(lines);
    }

    String first() {
        return lines.isEmpty() ? "" : lines.get(0);
    }

    boolean has(String part) {
        for (String line : lines) {
            if (line.contains(part)) {
                return true;
            }
        }
        return false;
    }

    boolean hasAny(List<String> parts) {
        for (String part : parts) {
            if (has(part)) {
                return true;
            }
        }
        return false;
    }

    /** Returns what follows the prefix on the first line that starts with it, or an empty text. */
    String after(String prefix) {
        for (String line : lines) {
            if (line.startsWith(prefix)) {
                return line.substring(prefix.length()).strip();
            }
        }
        return "";
    }

    private static void flush(StringBuilder line, List<String> lines) {
        String text = line.toString().strip();
        if (!text.isEmpty()) {
            lines.add(text);
        }
        line.setLength(0);
    }

    /** Skips a terminal sequence: CSI up to its final letter, a string sequence up to its bell, else two characters. */
    private static int afterEscape(String raw, int escape, int end) {
        int at = escape + 1;
        boolean csi = raw.charAt(escape) == '\u009b';
        if (!csi && at < end && raw.charAt(at) == '[') {
            csi = true;
            at++;
        }
        if (csi) {
            while (at < end && raw.charAt(at) >= 0x20 && raw.charAt(at) < 0x40) {
                at++;
            }
            return Math.min(end, at + 1);
        }
        if (at < end && raw.charAt(at) == ']') {
            int stop = Math.min(end, at + 256);
            while (at < stop && raw.charAt(at) != '\u0007' && raw.charAt(at) != '\u001b') {
                at++;
            }
            return at < stop && raw.charAt(at) == '\u0007' ? at + 1 : at;
        }
        return Math.min(end, at + 1);
    }

    /** Zero-width and bidirectional marks: they change what a text looks like, not what it says. */
    private static boolean isInvisible(char c) {
        return (c >= '\u200b' && c <= '\u200f') || (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
    }
}
