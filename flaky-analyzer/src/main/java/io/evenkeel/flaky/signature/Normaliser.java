package io.evenkeel.flaky.signature;

/**
 * Replaces what changes from run to run (times, ids, ports, addresses, paths, counts) by {@code #}.
 *
 * <p>One pass over the text, token by token: a UUID, a number, a hexadecimal word of six letters or more with a digit in it, and a
 * long mixed word become {@code #}; digits inside a word become {@code #}; an absolute path or URL becomes {@code <path>}; neighbours
 * such as {@code 12:30:45,867} or {@code 10.0.0.7:8080} join into one {@code #}. Linear time. Static functions.
 */
final class Normaliser {

    private static final String JOINERS = "-:.,/ _+";
    private static final int[] UUID_GROUPS = {8, 4, 4, 4, 12};

    private Normaliser() {}

    static String mask(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        int end = text.length();
        while (at < end) {
            char c = text.charAt(at);
            int stop = pathEnd(text, at);
            if (stop > at) {
                out.append("<path>");
            } else if ((stop = uuidEnd(text, at)) > at) {
                appendMark(out);
            } else if (isWord(c)) {
                stop = wordEnd(text, at);
                appendWord(out, text, at, stop);
            } else if (Character.isWhitespace(c)) {
                stop = at + 1;
                if (out.length() > 0 && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
            } else {
                stop = at + 1;
                out.append(c);
            }
            at = stop;
        }
        return out.toString().strip();
    }

    /** Appends a mark, or joins it to a mark that only joiners separate; a sign in front of a number is part of it. */
    private static void appendMark(StringBuilder out) {
        int last = out.length() - 1;
        while (last >= 0 && JOINERS.indexOf(out.charAt(last)) >= 0) {
            last--;
        }
        if (last >= 0 && out.charAt(last) == '#') {
            out.setLength(last + 1);
            return;
        }
        int end = out.length();
        if (end > 0
                && (out.charAt(end - 1) == '-' || out.charAt(end - 1) == '+')
                && (end == 1 || !isWord(out.charAt(end - 2)))) {
            out.setLength(end - 1);
        }
        out.append('#');
    }

    private static void appendWord(StringBuilder out, String text, int from, int to) {
        if (!hasDigit(text, from, to)) {
            out.append(text, from, to);
            return;
        }
        if (isHexadecimal(text, from, to) || isTimeOfDay(text, from, to) || isMixed(text, from, to)) {
            appendMark(out);
            return;
        }
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (!isDigit(c)) {
                out.append(c);
            } else if (at == from) {
                appendMark(out);
            } else if (!isDigit(text.charAt(at - 1))) {
                out.append('#');
            }
        }
    }

    /** A path has at least two segments and starts where no word ends; a URL has a scheme. */
    private static int pathEnd(String text, int from) {
        int end = text.length();
        int at = from;
        if (text.startsWith("http://", from) || text.startsWith("https://", from) || text.startsWith("file://", from)) {
            at = text.indexOf("://", from) + 3;
        } else if (isDrive(text, from)) {
            at = from + 3;
        } else if (text.charAt(from) != '/'
                || (from > 0 && (isWord(text.charAt(from - 1)) || text.charAt(from - 1) == '<'))) {
            return from;
        }
        int segments = 0;
        boolean inSegment = false;
        int stop = at;
        while (at < end && isPathChar(text.charAt(at))) {
            boolean separator = text.charAt(at) == '/' || text.charAt(at) == '\\';
            if (!separator && !inSegment) {
                segments++;
            }
            inSegment = !separator;
            at++;
            stop = at;
        }
        while (stop > from && ".,:;?".indexOf(text.charAt(stop - 1)) >= 0) {
            stop--;
        }
        boolean absolute = text.charAt(from) == '/';
        return segments >= (absolute ? 2 : 1) ? stop : from;
    }

    private static boolean isDrive(String text, int at) {
        return at + 2 < text.length()
                && Character.isLetter(text.charAt(at))
                && text.charAt(at + 1) == ':'
                && (text.charAt(at + 2) == '\\')
                && (at == 0 || !isWord(text.charAt(at - 1)));
    }

    private static boolean isPathChar(char c) {
        return isWord(c) || "/\\.-+%~@=&?:$#".indexOf(c) >= 0;
    }

    private static int uuidEnd(String text, int from) {
        if (from > 0 && isWord(text.charAt(from - 1))) {
            return from;
        }
        int at = from;
        for (int group = 0; group < UUID_GROUPS.length; group++) {
            if (group > 0) {
                if (at >= text.length() || text.charAt(at) != '-') {
                    return from;
                }
                at++;
            }
            int stop = at + UUID_GROUPS[group];
            if (stop > text.length()) {
                return from;
            }
            for (; at < stop; at++) {
                if (Character.digit(text.charAt(at), 16) < 0) {
                    return from;
                }
            }
        }
        return at < text.length() && isWord(text.charAt(at)) ? from : at;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean hasDigit(String text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (isDigit(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    /** Only digits; or 0x and hexadecimal digits; or six or more hexadecimal digits. */
    private static boolean isHexadecimal(String text, int from, int to) {
        int start = text.startsWith("0x", from) ? from + 2 : from;
        boolean onlyDigits = true;
        for (int at = start; at < to; at++) {
            if (Character.digit(text.charAt(at), 16) < 0) {
                return false;
            }
            onlyDigits &= isDigit(text.charAt(at));
        }
        return onlyDigits || start > from || to - from >= 6;
    }

    /** The middle of 2026-11-21T10:30:00Z: digits, T, digits; or the end of it: digits, Z. */
    private static boolean isTimeOfDay(String text, int from, int to) {
        int marks = 0;
        for (int at = from; at < to; at++) {
            char c = text.charAt(at);
            if (c == 'T' || c == 'Z') {
                marks++;
            } else if (!isDigit(c)) {
                return false;
            }
        }
        return marks == 1 && isDigit(text.charAt(from));
    }

    /** Sixteen or more letters and digits with at least four digits in at least three places: a token or a key. */
    private static boolean isMixed(String text, int from, int to) {
        int digits = 0;
        int places = 0;
        for (int at = from; at < to; at++) {
            if (isDigit(text.charAt(at))) {
                digits++;
                places += at == from || !isDigit(text.charAt(at - 1)) ? 1 : 0;
            }
        }
        return to - from >= 16 && digits >= 4 && places >= 3;
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
