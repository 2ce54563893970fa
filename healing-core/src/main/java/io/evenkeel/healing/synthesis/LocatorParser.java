package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.synthesis.Step.Condition;
import io.evenkeel.healing.synthesis.Step.Family;
import io.evenkeel.healing.synthesis.Step.Filter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads chains of locator calls with literal arguments.
 *
 * <p>Recursive descent over literals of JavaScript, Java and Python; leading receivers such as {@code page} or {@code this.page} are skipped. One
 * thread.
 */
final class LocatorParser {

    private static final int MAX_LENGTH = 5_000;
    private static final int MAX_DEPTH = 8;

    private final String text;
    private int at;
    private int depth;

    private LocatorParser(String text) {
        this.text = text;
    }

    static Optional<Locator> parse(String code) {
        if (code.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        LocatorParser parser = new LocatorParser(code.strip());
        try {
            Locator locator = parser.chain();
            parser.blanks();
            return parser.at == parser.text.length() ? Optional.of(locator) : Optional.empty();
        } catch (NotALocatorException e) {
            return Optional.empty();
        }
    }

    /** The text is no chain of known calls. */
    private static final class NotALocatorException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /** A literal: its kind decides which field counts. */
    private record Value(String kind, String text, Map<String, Value> members, List<Locator> locator) {}

    private Locator chain() throws NotALocatorException {
        if (++depth > MAX_DEPTH) {
            throw new NotALocatorException();
        }
        List<Step> steps = new ArrayList<>();
        while (true) {
            blanks();
            String word = word();
            blanks();
            if (peek() == '(') {
                at++;
                List<Value> arguments = arguments();
                steps.addAll(call(Dialect.canonical(word), arguments));
            } else if (Dialect.PYTHON.isProperty(word) && !steps.isEmpty()) {
                steps.addAll(call(Dialect.canonical(word), List.of()));
            } else if (!steps.isEmpty()) {
                throw new NotALocatorException();
            }
            int before = at;
            blanks();
            if (peek() != '.') {
                at = before;
                break;
            }
            at++;
        }
        depth--;
        if (steps.isEmpty()) {
            throw new NotALocatorException();
        }
        return new Locator(steps);
    }

    private List<Step> call(String method, List<Value> arguments) throws NotALocatorException {
        for (Family family : Family.values()) {
            if (family.method().equals(method)) {
                return List.of(new Step.ByText(family, pattern(first(arguments), options(arguments))));
            }
        }
        return switch (method) {
            case "getByRole" -> List.of(role(arguments));
            case "locator" -> locator(arguments);
            case "frameLocator" -> List.of(new Step.BySelector(string(first(arguments))), new Step.Frame());
            case "contentFrame" -> List.of(new Step.Frame());
            case "owner", "describe" -> List.of();
            case "first" -> List.of(new Step.Pick(0));
            case "last" -> List.of(new Step.Pick(-1));
            case "nth" -> List.of(new Step.Pick(number(first(arguments))));
            case "filter" -> filters(first(arguments).members());
            case "and", "or" -> List.of(new Step.Combine(method, inner(first(arguments))));
            default -> throw new NotALocatorException();
        };
    }

    private static Step role(List<Value> arguments) throws NotALocatorException {
        Map<String, Value> options = new LinkedHashMap<>(options(arguments));
        Value name = options.remove("name");
        List<TextPattern> names = name == null ? List.of() : List.of(pattern(name, options));
        options.remove("exact");
        Map<String, String> others = new LinkedHashMap<>();
        for (Map.Entry<String, Value> option : options.entrySet()) {
            others.put(option.getKey(), option.getValue().text());
        }
        return new Step.ByRole(string(first(arguments)), names, others);
    }

    private static List<Step> locator(List<Value> arguments) throws NotALocatorException {
        List<Step> steps = new ArrayList<>();
        Value first = first(arguments);
        if (first.kind().equals("locator")) {
            steps.addAll(first.locator().get(0).steps());
        } else {
            steps.add(new Step.BySelector(string(first)));
        }
        steps.addAll(filters(options(arguments)));
        return steps;
    }

    private static List<Step> filters(Map<String, Value> options) throws NotALocatorException {
        List<Step> steps = new ArrayList<>();
        for (Map.Entry<String, Value> option : options.entrySet()) {
            Filter.Kind kind = null;
            for (Filter.Kind known : Filter.Kind.values()) {
                kind = known.option().equals(option.getKey()) ? known : kind;
            }
            if (kind == null) {
                throw new NotALocatorException();
            }
            Value value = option.getValue();
            steps.add(
                    switch (kind) {
                        case HAS_TEXT, HAS_NOT_TEXT -> new Filter(kind, Condition.of(pattern(value, Map.of())));
                        case HAS, HAS_NOT -> new Filter(kind, Condition.of(inner(value)));
                        case VISIBLE -> new Filter(kind, Condition.of(value.text()));
                    });
        }
        return steps;
    }

    private static Locator inner(Value value) throws NotALocatorException {
        if (value.locator().isEmpty()) {
            throw new NotALocatorException();
        }
        return value.locator().get(0);
    }

    private static TextPattern pattern(Value value, Map<String, Value> options) throws NotALocatorException {
        if (value.kind().equals("regex")) {
            int end = value.text().lastIndexOf('/');
            return new TextPattern.Regex(
                    value.text().substring(1, end), value.text().substring(end + 1));
        }
        Value exact = options.get("exact");
        return exact != null && exact.text().equals("true")
                ? new TextPattern.Exact(string(value))
                : new TextPattern.Loose(string(value));
    }

    private static Value first(List<Value> arguments) throws NotALocatorException {
        if (arguments.isEmpty()) {
            throw new NotALocatorException();
        }
        return arguments.get(0);
    }

    private static Map<String, Value> options(List<Value> arguments) {
        return arguments.size() < 2 ? Map.of() : arguments.get(1).members();
    }

    private static String string(Value value) throws NotALocatorException {
        if (!value.kind().equals("string")) {
            throw new NotALocatorException();
        }
        return value.text();
    }

    private static int number(Value value) throws NotALocatorException {
        try {
            return Integer.parseInt(value.text());
        } catch (NumberFormatException e) {
            throw new NotALocatorException();
        }
    }

    private List<Value> arguments() throws NotALocatorException {
        List<Value> values = new ArrayList<>();
        Map<String, Value> named = new LinkedHashMap<>();
        blanks();
        while (peek() != ')') {
            Optional<String> keyword = keyword();
            if (keyword.isPresent()) {
                named.put(Dialect.canonical(keyword.get()), value());
            } else {
                values.add(value());
            }
            blanks();
            if (peek() == ',') {
                at++;
                blanks();
            } else if (peek() != ')') {
                throw new NotALocatorException();
            }
        }
        at++;
        if (!named.isEmpty()) {
            values.add(new Value("object", "", named, List.of()));
        }
        return values;
    }

    /** Reads {@code name=}, or nothing. */
    private Optional<String> keyword() {
        int end = at;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        int equals = end;
        while (equals < text.length() && text.charAt(equals) == ' ') {
            equals++;
        }
        if (end == at || equals >= text.length() || text.charAt(equals) != '=') {
            return Optional.empty();
        }
        String name = text.substring(at, end);
        at = equals + 1;
        return Optional.of(name);
    }

    private Value value() throws NotALocatorException {
        blanks();
        char c = peek();
        if (c == '\'' || c == '"' || c == '`') {
            return new Value("string", string(c), Map.of(), List.of());
        }
        if (c == '/') {
            return new Value("regex", regex(), Map.of(), List.of());
        }
        if (c == '{') {
            return new Value("object", "", members(), List.of());
        }
        int start = at;
        if (c == '-' || Character.isDigit(c)) {
            at++;
            while (Character.isDigit(peek()) || peek() == '.') {
                at++;
            }
            return new Value("number", text.substring(start, at), Map.of(), List.of());
        }
        String word = word();
        if (word.equalsIgnoreCase("true") || word.equalsIgnoreCase("false")) {
            return new Value("boolean", word.toLowerCase(Locale.ROOT), Map.of(), List.of());
        }
        if (word.equals("new")) {
            return settings();
        }
        if (word.equals("r") && (peek() == '"' || peek() == '\'')) {
            return new Value("string", raw(peek()), Map.of(), List.of());
        }
        if (word.equals("AriaRole") && peek() == '.') {
            at++;
            return new Value("string", word().toLowerCase(Locale.ROOT), Map.of(), List.of());
        }
        if ((word.equals("re") || word.equals("Pattern")) && text.startsWith(".compile(", at)) {
            return compiled();
        }
        at = start;
        return new Value("locator", "", Map.of(), List.of(chain()));
    }

    /** {@code new Page.GetByRoleOptions().setName("Save")}. */
    private Value settings() throws NotALocatorException {
        Map<String, Value> members = new LinkedHashMap<>();
        blanks();
        while (Character.isJavaIdentifierPart(peek()) || peek() == '.') {
            at++;
        }
        if (!text.startsWith("()", at)) {
            throw new NotALocatorException();
        }
        at += 2;
        while (text.startsWith(".set", at)) {
            at += 4;
            String name = word();
            if (peek() != '(') {
                throw new NotALocatorException();
            }
            at++;
            List<Value> arguments = arguments();
            members.put(name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1), first(arguments));
        }
        return new Value("object", "", members, List.of());
    }

    /** {@code .compile("…", flags)}. */
    private Value compiled() throws NotALocatorException {
        at += ".compile(".length();
        String source = string(value());
        blanks();
        String flags = "";
        if (peek() == ',') {
            int end = text.indexOf(')', at);
            if (end < 0) {
                throw new NotALocatorException();
            }
            flags = Dialect.flags(text.substring(at + 1, end));
            at = end;
        }
        if (peek() != ')') {
            throw new NotALocatorException();
        }
        at++;
        return new Value("regex", "/" + source + "/" + flags, Map.of(), List.of());
    }

    private String raw(char mark) throws NotALocatorException {
        int start = ++at;
        while (peek() != mark) {
            if (peek() == 0) {
                throw new NotALocatorException();
            }
            at += peek() == '\\' ? 2 : 1;
        }
        return text.substring(start, at++);
    }

    private Map<String, Value> members() throws NotALocatorException {
        if (++depth > MAX_DEPTH) {
            throw new NotALocatorException();
        }
        at++;
        Map<String, Value> members = new LinkedHashMap<>();
        blanks();
        while (peek() != '}') {
            char c = peek();
            String key = c == '\'' || c == '"' ? string(c) : word();
            blanks();
            if (peek() != ':') {
                throw new NotALocatorException();
            }
            at++;
            members.put(key, value());
            blanks();
            if (peek() == ',') {
                at++;
                blanks();
            } else if (peek() != '}') {
                throw new NotALocatorException();
            }
        }
        at++;
        depth--;
        return members;
    }

    private String string(char mark) throws NotALocatorException {
        StringBuilder out = new StringBuilder();
        at++;
        while (peek() != mark) {
            char c = peek();
            if (c == 0 || (mark == '`' && c == '$' && at + 1 < text.length() && text.charAt(at + 1) == '{')) {
                throw new NotALocatorException();
            }
            at++;
            out.append(c == '\\' ? escape() : String.valueOf(c));
        }
        at++;
        return out.toString();
    }

    private String escape() throws NotALocatorException {
        char c = peek();
        at++;
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'v' -> "\u000b";
            case '0' -> "\0";
            case '\n' -> "";
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 0 -> throw new NotALocatorException();
            default -> String.valueOf(c);
        };
    }

    private String hex(int digits) throws NotALocatorException {
        int end = at + digits;
        if (peek() == '{') {
            end = text.indexOf('}', at);
            at++;
        }
        try {
            String value = new String(Character.toChars(Integer.parseInt(text.substring(at, end), 16)));
            at = end < text.length() && text.charAt(end) == '}' && text.charAt(at - 1) == '{' ? end + 1 : end;
            return value;
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new NotALocatorException();
        }
    }

    private String regex() throws NotALocatorException {
        int start = at++;
        boolean bracket = false;
        while (bracket || peek() != '/') {
            char c = peek();
            if (c == 0 || c == '\n') {
                throw new NotALocatorException();
            }
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                bracket = true;
            } else if (c == ']') {
                bracket = false;
            }
            at++;
        }
        at++;
        while (Character.isLetter(peek())) {
            at++;
        }
        return text.substring(start, at);
    }

    private String word() throws NotALocatorException {
        int start = at;
        while (at < text.length() && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '#')) {
            at++;
        }
        if (start == at) {
            throw new NotALocatorException();
        }
        return text.substring(start, at);
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
