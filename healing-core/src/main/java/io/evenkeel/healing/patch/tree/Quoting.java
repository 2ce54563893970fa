package io.evenkeel.healing.patch.tree;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How characters are written at one place of a source.
 *
 * @param mark the quotes around; empty for a regular expression between slashes
 * @param rule what a backslash means
 * @param holes what stands for a value between the characters
 */
public record Quoting(String mark, Rule rule, Holes holes) {

    /** What a backslash means. */
    public enum Rule {
        /** Escapes; one that is not known stands for its character. */
        JAVASCRIPT,
        /** Escapes. */
        JAVA,
        /** Escapes; one that is not known stands for itself. */
        PYTHON,
        /** Nothing. */
        RAW,
        /** A key without quotes; one that is no identifier gets the mark around it. */
        NAME
    }

    /** What stands for a value. */
    public enum Holes {
        NONE,
        /** <code>${value}</code>. */
        DOLLAR,
        /** <code>{value}</code>. */
        BRACES,
        /** {@code %s}. */
        PERCENT
    }

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
    private static final String NAMES = "ntrbf0v";
    private static final String CHARACTERS = "\n\t\r\b\f\0\u000b";

    /** Returns the text as it has to be written, or empty if it cannot be written here. */
    public Optional<String> escape(String value) {
        if (rule == Rule.NAME) {
            return IDENTIFIER.matcher(value).matches()
                    ? Optional.of(value)
                    : new Quoting(mark, Rule.JAVASCRIPT, Holes.NONE)
                            .escape(value)
                            .map(text -> mark + text + mark);
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean opens = holes == Holes.DOLLAR && c == '$' && value.startsWith("${", i);
            boolean doubled = (holes == Holes.BRACES && (c == '{' || c == '}')) || (holes == Holes.PERCENT && c == '%');
            boolean closes = !mark.isEmpty() && c == mark.charAt(0);
            int control = CHARACTERS.indexOf(c);
            if (rule == Rule.RAW) {
                if (closes || control >= 0) {
                    return Optional.empty();
                }
                out.append(c);
            } else if (closes || c == '\\' || opens) {
                out.append('\\').append(c);
            } else if (control >= 0) {
                out.append('\\').append(NAMES.charAt(control));
            } else {
                out.append(c);
            }
            if (doubled) {
                out.append(c);
            }
        }
        boolean endsOpen = rule == Rule.RAW && !mark.isEmpty() && value.endsWith("\\");
        return endsOpen ? Optional.empty() : Optional.of(out.toString());
    }

    /** Returns what written characters stand for, or empty if they hold an escape that is not understood. */
    public Optional<String> unescape(String raw) {
        if (rule == Rule.NAME) {
            return IDENTIFIER.matcher(raw).matches() ? Optional.of(raw) : Optional.empty();
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < raw.length()) {
            char c = raw.charAt(at++);
            boolean pair = at < raw.length() && raw.charAt(at) == c;
            if (c == '\\' && rule != Rule.RAW) {
                int next = escaped(raw, at, out);
                if (next < 0) {
                    return Optional.empty();
                }
                at = next;
            } else {
                out.append(c);
                boolean doubled =
                        (holes == Holes.BRACES && (c == '{' || c == '}')) || (holes == Holes.PERCENT && c == '%');
                at += doubled && pair ? 1 : 0;
            }
        }
        return Optional.of(out.toString());
    }

    /** Returns the offset after the escape whose backslash stands before, or -1. */
    private int escaped(String raw, int at, StringBuilder out) {
        if (at >= raw.length()) {
            return -1;
        }
        char c = raw.charAt(at);
        int known = NAMES.indexOf(c);
        if (known >= 0 && !(c == '0' && at + 1 < raw.length() && Character.isDigit(raw.charAt(at + 1)))) {
            out.append(CHARACTERS.charAt(known));
            return at + 1;
        }
        if (Character.isDigit(c) || c == 'N') {
            return -1;
        }
        int digits = c == 'x' ? 2 : c == 'u' ? 4 : c == 'U' ? 8 : 0;
        if (digits > 0) {
            boolean braces = raw.startsWith("{", at + 1);
            int start = at + (braces ? 2 : 1);
            int end = braces ? raw.indexOf('}', start) : start + digits;
            try {
                out.appendCodePoint(Integer.parseInt(raw.substring(start, end), 16));
                return braces ? end + 1 : end;
            } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                return -1;
            }
        }
        if (c == '\n') {
            return at + 1;
        }
        if (c == '\r') {
            return raw.startsWith("\n", at + 1) ? at + 2 : at + 1;
        }
        boolean kept = rule == Rule.PYTHON && "\\'\"".indexOf(c) < 0;
        out.append(kept ? "\\" : "").append(rule == Rule.JAVA && c == 's' ? ' ' : c);
        return at + 1;
    }
}
