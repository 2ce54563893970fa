package io.evenkeel.pipeline.summary;

import java.util.regex.Pattern;

/** Makes text of a stranger fit for showing. */
final class Texts {

    // CSI, OSC and two-character sequences (ECMA-48).
    private static final Pattern ANSI = Pattern.compile(
            "\\u001B\\[[0-?]*[ -/]*[@-~]|\\u001B\\][^\\u0007\\u001B]*(?:\\u0007|\\u001B\\\\)?|\\u001B[@-_]?");
    // What remains must not steer a terminal or turn text around: controls, and Unicode's directional marks.
    private static final Pattern CONTROLS = Pattern.compile(
            "[\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private Texts() {}

    /** Returns the text without ANSI sequences and control characters; newlines and tabs stay. */
    static String plain(String text) {
        String noAnsi = text.indexOf('\u001B') < 0 ? text : ANSI.matcher(text).replaceAll("");
        return CONTROLS.matcher(noAnsi.replace("\r\n", "\n").replace('\r', '\n'))
                .replaceAll("");
    }

    /** Returns the text on one line. */
    static String oneLine(String text) {
        return plain(text).replaceAll("\\s+", " ").strip();
    }

    /** Returns at most {@code max} characters, with an ellipsis when something was cut, never half a code point. */
    static String cut(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        int end = Math.max(0, max - 1);
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end) + "…";
    }
}
