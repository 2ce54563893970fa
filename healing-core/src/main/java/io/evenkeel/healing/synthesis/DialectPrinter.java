package io.evenkeel.healing.synthesis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes locators as Java or Python. */
final class DialectPrinter {

    private final Dialect dialect;
    private final List<Step> steps;

    DialectPrinter(Dialect dialect, List<Step> steps) {
        this.dialect = dialect;
        this.steps = List.copyOf(steps);
    }

    /** Returns the steps of a range; the ones before decide which class options belong to. */
    String print(int from, int to) {
        StringBuilder out = new StringBuilder();
        for (int i = from; i < to; i++) {
            out.append(out.isEmpty() ? "" : ".").append(step(i));
        }
        return out.toString();
    }

    private String owner(int at) {
        if (at == 0) {
            return "Page";
        }
        return steps.get(at - 1).equals(new Step.Frame()) ? "FrameLocator" : "Locator";
    }

    private String step(int at) {
        return steps.get(at)
                .match(new Step.Cases<>(
                        by -> role(by, owner(at)),
                        by -> text(by, owner(at)),
                        by -> dialect.named("locator") + "(" + quote(by.selector()) + ")",
                        by -> call("filter", "", "Locator.FilterOptions", filter(by)),
                        new Step.Others<>(
                                pick -> pick.position() == 0
                                        ? property("first")
                                        : pick.position() == -1 ? property("last") : "nth(" + pick.position() + ")",
                                frame -> property("contentFrame"),
                                combine -> dialect.named(combine.method()) + "(" + inPage(combine.other()) + ")")));
    }

    private String property(String name) {
        String named = dialect.named(name);
        return dialect.isProperty(named) ? named : named + "()";
    }

    private String role(Step.ByRole by, String owner) {
        Map<String, String> options = new LinkedHashMap<>();
        for (TextPattern name : by.name()) {
            options.put("name", literal(name));
            exact(name, options);
        }
        by.options().forEach((key, value) -> options.put(key, dialect == Dialect.PYTHON ? capital(value) : value));
        String role = dialect == Dialect.JAVA ? "AriaRole." + by.role().toUpperCase(Locale.ROOT) : quote(by.role());
        return call("getByRole", role, owner + ".GetByRoleOptions", options);
    }

    private String text(Step.ByText by, String owner) {
        Map<String, String> options = new LinkedHashMap<>();
        exact(by.text(), options);
        String method = by.family().method();
        String type = owner + "." + capital(method) + "Options";
        return call(method, literal(by.text()), type, options);
    }

    private Map<String, String> filter(Step.Filter by) {
        Step.Condition condition = by.condition();
        String value = !condition.text().isEmpty()
                ? literal(condition.text().get(0))
                : !condition.inner().isEmpty()
                        ? inPage(condition.inner().get(0))
                        : dialect == Dialect.PYTHON ? capital(condition.flag()) : condition.flag();
        return Map.of(by.kind().option(), value);
    }

    private void exact(TextPattern text, Map<String, String> options) {
        String yes = dialect == Dialect.PYTHON ? "True" : "true";
        text.match(l -> "", e -> options.put("exact", yes), r -> "");
    }

    private String call(String method, String argument, String type, Map<String, String> options) {
        List<String> arguments = new ArrayList<>();
        if (!argument.isEmpty()) {
            arguments.add(argument);
        }
        if (dialect == Dialect.PYTHON) {
            options.forEach((key, value) -> arguments.add(dialect.named(key) + "=" + value));
        } else if (!options.isEmpty()) {
            StringBuilder made = new StringBuilder("new " + type + "()");
            options.forEach((key, value) -> made.append(".set")
                    .append(capital(key))
                    .append('(')
                    .append(value)
                    .append(')'));
            arguments.add(made.toString());
        }
        return dialect.named(method) + "(" + String.join(", ", arguments) + ")";
    }

    private String inPage(Locator locator) {
        int size = locator.steps().size();
        return "page." + new DialectPrinter(dialect, locator.steps()).print(0, size);
    }

    private String literal(TextPattern text) {
        return text.match(
                loose -> quote(loose.value()),
                exact -> quote(exact.value()),
                regex -> dialect == Dialect.JAVA
                        ? "Pattern.compile(" + quote(regex.source()) + flags(regex, " | ", "Pattern.") + ")"
                        : "re.compile(" + raw(regex.source()) + flags(regex, " | ", "re.") + ")");
    }

    private String flags(TextPattern.Regex regex, String between, String owner) {
        List<String> words = new ArrayList<>();
        for (char flag : regex.flags().toCharArray()) {
            String word = switch (flag) {
                case 'i' -> dialect == Dialect.JAVA ? "CASE_INSENSITIVE" : "IGNORECASE";
                case 'm' -> "MULTILINE";
                case 's' -> "DOTALL";
                default -> "";
            };
            if (!word.isEmpty()) {
                words.add(owner + word);
            }
        }
        return words.isEmpty() ? "" : ", " + String.join(between, words);
    }

    /** A raw string cannot hold its own quotes. */
    private static String raw(String source) {
        return source.indexOf('"') < 0 && !source.endsWith("\\") ? "r\"" + source + "\"" : quote(source);
    }

    private static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private static String quote(String value) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> out.append(c < 0x20 ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }
}
