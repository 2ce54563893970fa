package io.evenkeel.healing.synthesis;

import java.util.ArrayList;
import java.util.List;

/** Writes locators as TypeScript. */
final class LocatorPrinter {

    private LocatorPrinter() {}

    static String print(Locator locator) {
        StringBuilder out = new StringBuilder();
        for (Step step : locator.steps()) {
            if (!out.isEmpty()) {
                out.append('.');
            }
            out.append(print(step));
        }
        return out.toString();
    }

    private static String print(Step step) {
        return step.match(new Step.Cases<>(
                LocatorPrinter::role,
                by -> by.family().method() + "(" + arguments(by.text()) + ")",
                by -> "locator(" + quote(by.selector()) + ")",
                filter -> "filter({ " + filter.kind().option() + ": " + condition(filter.condition()) + " })",
                new Step.Others<>(
                        pick -> pick.position() == 0
                                ? "first()"
                                : pick.position() == -1 ? "last()" : "nth(" + pick.position() + ")",
                        frame -> "contentFrame()",
                        combine -> combine.method() + "(" + inPage(combine.other()) + ")")));
    }

    private static String role(Step.ByRole by) {
        List<String> options = new ArrayList<>();
        for (TextPattern name : by.name()) {
            options.add("name: " + literal(name));
            name.match(l -> false, e -> options.add("exact: true"), r -> false);
        }
        by.options().forEach((key, value) -> options.add(key + ": " + value));
        String role = "getByRole(" + quote(by.role());
        return options.isEmpty() ? role + ")" : role + ", { " + String.join(", ", options) + " })";
    }

    private static String condition(Step.Condition condition) {
        if (!condition.text().isEmpty()) {
            return literal(condition.text().get(0));
        }
        return condition.inner().isEmpty()
                ? condition.flag()
                : inPage(condition.inner().get(0));
    }

    private static String inPage(Locator locator) {
        return "page." + print(locator);
    }

    private static String arguments(TextPattern text) {
        return literal(text) + text.match(l -> "", e -> ", { exact: true }", r -> "");
    }

    static String literal(TextPattern text) {
        return text.match(l -> quote(l.value()), e -> quote(e.value()), r -> "/" + r.source() + "/" + r.flags());
    }

    /** Returns a string literal in single quotes, or in double quotes where that needs no escape. */
    static String quote(String value) {
        char mark = value.indexOf('\'') >= 0 && value.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(mark);
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == mark || c == '\\') {
                out.append('\\').append(c);
            } else if (c == '\n') {
                out.append("\\n");
            } else if (c == '\r') {
                out.append("\\r");
            } else if (c == '\t') {
                out.append("\\t");
            } else if (c < 0x20 || c == 0x2028 || c == 0x2029) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append(mark).toString();
    }
}
