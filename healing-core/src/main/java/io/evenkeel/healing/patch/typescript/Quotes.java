package io.evenkeel.healing.patch.typescript;

import java.util.Optional;

/** String literals of JavaScript. Pure. */
final class Quotes {

    private Quotes() {}

    /** Returns a literal between the given marks. */
    static String quote(String value, char mark) {
        return mark + escape(value, mark) + mark;
    }

    /** Returns the text as it stands between the given marks. */
    static String escape(String value, char mark) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean opens = mark == '`' && c == '$' && i + 1 < value.length() && value.charAt(i + 1) == '{';
            if (c == mark || c == '\\' || opens) {
                out.append('\\').append(c);
            } else if (c == '\n' && mark != '`') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** Returns what a literal's inner text stands for; empty if it has an escape that is not understood. */
    static Optional<String> unescape(String raw) {
        if (raw.indexOf('\\') < 0) {
            return Optional.of(raw);
        }
        String marked = "locator('" + raw.replace("'", "\\u0027") + "')";
        return io.evenkeel.healing.synthesis.Locator.parse(marked.replace("\\\\u0027", "\\\\\\u0027"))
                .filter(l -> l.steps().size() == 1)
                .map(l -> ((io.evenkeel.healing.synthesis.Step.BySelector) l.last()).selector());
    }
}
