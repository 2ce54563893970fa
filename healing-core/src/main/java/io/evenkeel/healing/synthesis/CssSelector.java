package io.evenkeel.healing.synthesis;

import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * CSS selectors with Playwright's extensions ({@code :has-text}, {@code :text}, {@code :text-is}, {@code :visible}, piercing of open
 * shadow roots), matched against a snapshot.
 *
 * <p>Pseudo-classes that need a living page, such as {@code :hover}, are refused. One thread.
 */
final class CssSelector {

    private static final int MAX_LENGTH = 2_000;

    /** One compound with the combinator that ties it to the one before; {@code 0} for the first. */
    private record Compound(char combinator, List<Predicate<Element>> tests) {}

    private final String text;
    private final Accessibility tree;
    private int at;
    private int depth;

    private CssSelector(String text, Accessibility tree) {
        this.text = text;
        this.tree = tree;
    }

    /** Returns the test of a selector list, or empty if it cannot be evaluated on a snapshot. */
    static Optional<Predicate<Element>> compile(String selector, Accessibility tree) {
        if (selector.isBlank() || selector.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        CssSelector parser = new CssSelector(selector.strip(), tree);
        try {
            Predicate<Element> test = parser.list('\0');
            return parser.at == parser.text.length() ? Optional.of(test) : Optional.empty();
        } catch (NotEvaluableException e) {
            return Optional.empty();
        }
    }

    /** The selector is wrong or asks for what a snapshot does not hold. */
    private static final class NotEvaluableException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    private Predicate<Element> list(char end) throws NotEvaluableException {
        if (++depth > 10) {
            throw new NotEvaluableException();
        }
        List<List<Compound>> alternatives = new ArrayList<>();
        do {
            blanks();
            alternatives.add(complex(end));
            blanks();
        } while (take(','));
        depth--;
        return element -> {
            for (List<Compound> alternative : alternatives) {
                if (matches(alternative, alternative.size() - 1, element)) {
                    return true;
                }
            }
            return false;
        };
    }

    private static boolean matches(List<Compound> complex, int last, Element element) {
        Compound compound = complex.get(last);
        for (Predicate<Element> test : compound.tests()) {
            if (!test.test(element)) {
                return false;
            }
        }
        if (last == 0) {
            return true;
        }
        Optional<Element> parent = element.parent();
        switch (compound.combinator()) {
            case '>':
                return parent.isPresent()
                        && sameFrame(parent.get(), element)
                        && matches(complex, last - 1, parent.get());
            case '+', '~':
                List<Element> siblings = parent.map(Element::children).orElse(List.of());
                int position = siblings.indexOf(element);
                for (int i = position - 1; i >= 0; i--) {
                    if (matches(complex, last - 1, siblings.get(i))) {
                        return true;
                    }
                    if (compound.combinator() == '+') {
                        return false;
                    }
                }
                return false;
            default:
                for (Optional<Element> up = parent;
                        up.isPresent() && sameFrame(up.get(), element);
                        up = up.get().parent()) {
                    if (matches(complex, last - 1, up.get())) {
                        return true;
                    }
                }
                return false;
        }
    }

    private static boolean sameFrame(Element a, Element b) {
        return a.frame() == b.frame();
    }

    private List<Compound> complex(char end) throws NotEvaluableException {
        List<Compound> compounds = new ArrayList<>();
        char combinator = 0;
        while (true) {
            compounds.add(new Compound(combinator, compound()));
            boolean gap = blanks();
            char c = peek();
            if (c == 0 || c == ',' || c == end) {
                return compounds;
            }
            if (c == '>' || c == '+' || c == '~') {
                if (text.startsWith(">>", at)) {
                    throw new NotEvaluableException();
                }
                combinator = c;
                at++;
                blanks();
            } else if (gap) {
                combinator = ' ';
            } else {
                throw new NotEvaluableException();
            }
        }
    }

    private List<Predicate<Element>> compound() throws NotEvaluableException {
        List<Predicate<Element>> tests = new ArrayList<>();
        if (take('*')) {
            tests.add(e -> true);
        } else if (isName(peek())) {
            String tag = name().toLowerCase(Locale.ROOT);
            tests.add(e -> e.tag().equals(tag));
        }
        while (true) {
            char c = peek();
            if (c == '#') {
                at++;
                String id = name();
                tests.add(e -> e.attribute("id").equals(id));
            } else if (c == '.') {
                at++;
                String token = name();
                tests.add(e -> hasToken(e.attribute("class"), token));
            } else if (c == '[') {
                tests.add(attribute());
            } else if (c == ':') {
                tests.add(pseudo());
            } else if (tests.isEmpty()) {
                throw new NotEvaluableException();
            } else {
                return tests;
            }
        }
    }

    private static boolean hasToken(String list, String token) {
        for (String one : list.split("\\s+")) {
            if (one.equals(token)) {
                return true;
            }
        }
        return false;
    }

    private Predicate<Element> attribute() throws NotEvaluableException {
        at++;
        blanks();
        String key = name().toLowerCase(Locale.ROOT);
        blanks();
        if (take(']')) {
            return e -> e.has(key);
        }
        int start = at;
        while ("~|^$*".indexOf(peek()) >= 0 && peek() != 0) {
            at++;
        }
        String operator = text.substring(start, at);
        if (!take('=')) {
            throw new NotEvaluableException();
        }
        blanks();
        char c = peek();
        String value = c == '"' || c == '\'' ? string(c) : name();
        blanks();
        boolean fold = peek() == 'i' || peek() == 'I';
        if (fold || peek() == 's') {
            at++;
            blanks();
        }
        if (!take(']')) {
            throw new NotEvaluableException();
        }
        String wanted = fold ? value.toLowerCase(Locale.ROOT) : value;
        return e -> {
            if (!e.has(key)) {
                return false;
            }
            String actual = fold ? e.attribute(key).toLowerCase(Locale.ROOT) : e.attribute(key);
            return switch (operator) {
                case "" -> actual.equals(wanted);
                case "~" -> hasToken(actual, wanted);
                case "|" -> actual.equals(wanted) || actual.startsWith(wanted + "-");
                case "^" -> !wanted.isEmpty() && actual.startsWith(wanted);
                case "$" -> !wanted.isEmpty() && actual.endsWith(wanted);
                case "*" -> !wanted.isEmpty() && actual.contains(wanted);
                default -> false;
            };
        };
    }

    private Predicate<Element> pseudo() throws NotEvaluableException {
        at++;
        String kind = name().toLowerCase(Locale.ROOT);
        if (!take('(')) {
            return plain(kind);
        }
        blanks();
        Predicate<Element> test = switch (kind) {
            case "not" -> list(')').negate();
            case "is", "where", "matches" -> list(')');
            case "has" -> has();
            case "has-text" -> text(new TextPattern.Loose(argument()), kind);
            case "text" -> text(new TextPattern.Loose(argument()), kind);
            case "text-is" -> text(new TextPattern.Exact(argument()), kind);
            case "nth-child", "nth-of-type" -> nth(kind.equals("nth-of-type"));
            default -> throw new NotEvaluableException();
        };
        blanks();
        if (!take(')')) {
            throw new NotEvaluableException();
        }
        return test;
    }

    private Predicate<Element> plain(String kind) throws NotEvaluableException {
        return switch (kind) {
            case "visible" -> e -> !tree.hidden(e);
            case "checked" -> e -> e.has("checked") && !e.attribute("checked").equals("false");
            case "disabled" -> e -> e.has("disabled");
            case "enabled" -> e -> !e.has("disabled");
            case "empty" -> e -> e.content().isEmpty();
            case "root" -> e -> e.parent().isEmpty();
            case "first-child" -> e -> position(e, siblings(e)) == 1;
            case "last-child" -> e -> position(e, siblings(e)) == siblings(e).size();
            case "only-child" -> e -> siblings(e).size() == 1;
            case "first-of-type" -> e -> position(e, ofType(e)) == 1;
            case "last-of-type" -> e -> position(e, ofType(e)) == ofType(e).size();
            default -> throw new NotEvaluableException();
        };
    }

    private static List<Element> siblings(Element e) {
        return e.parent().map(Element::children).orElse(List.of(e));
    }

    private static List<Element> ofType(Element e) {
        List<Element> same = new ArrayList<>(siblings(e));
        same.removeIf(s -> !s.tag().equals(e.tag()));
        return same;
    }

    private static int position(Element e, List<Element> siblings) {
        return siblings.indexOf(e) + 1;
    }

    private Predicate<Element> has() throws NotEvaluableException {
        char combinator = peek();
        boolean childOnly = combinator == '>';
        if (childOnly) {
            at++;
            blanks();
        }
        Predicate<Element> inner = list(')');
        return e -> childOnly ? e.children().stream().anyMatch(inner) : anyBelow(e, inner);
    }

    private static boolean anyBelow(Element element, Predicate<Element> test) {
        for (Element child : element.children()) {
            if (child.frame() == element.frame() && (test.test(child) || anyBelow(child, test))) {
                return true;
            }
        }
        return false;
    }

    private static Predicate<Element> text(TextPattern pattern, String kind) {
        if (kind.equals("has-text")) {
            return e -> pattern.matches(Texts.of(e));
        }
        return e -> Texts.smallest(e, pattern);
    }

    private Predicate<Element> nth(boolean sameType) throws NotEvaluableException {
        int start = at;
        while (peek() != ')' && peek() != 0) {
            at++;
        }
        String formula = text.substring(start, at).replace(" ", "").toLowerCase(Locale.ROOT);
        int step;
        int offset;
        try {
            if (formula.equals("odd") || formula.equals("even")) {
                step = 2;
                offset = formula.equals("odd") ? 1 : 0;
            } else if (formula.contains("n")) {
                String[] parts = formula.split("n", -1);
                step = parts[0].isEmpty() || parts[0].equals("+")
                        ? 1
                        : parts[0].equals("-") ? -1 : Integer.parseInt(parts[0]);
                offset = parts[1].isEmpty() ? 0 : Integer.parseInt(parts[1]);
            } else {
                step = 0;
                offset = Integer.parseInt(formula);
            }
        } catch (NumberFormatException e) {
            throw new NotEvaluableException();
        }
        return e -> {
            int position = position(e, sameType ? ofType(e) : siblings(e));
            int rest = position - offset;
            return step == 0 ? rest == 0 : rest % step == 0 && rest / step >= 0;
        };
    }

    private String argument() throws NotEvaluableException {
        char c = peek();
        if (c == '"' || c == '\'') {
            return string(c);
        }
        int start = at;
        while (peek() != ')' && peek() != 0) {
            at++;
        }
        return text.substring(start, at).strip();
    }

    private String string(char mark) throws NotEvaluableException {
        at++;
        StringBuilder out = new StringBuilder();
        while (peek() != mark) {
            if (peek() == 0) {
                throw new NotEvaluableException();
            }
            if (peek() == '\\') {
                at++;
            }
            out.append(peek());
            at++;
        }
        at++;
        return out.toString();
    }

    private String name() throws NotEvaluableException {
        StringBuilder out = new StringBuilder();
        while (isName(peek()) || (peek() == '\\' && at + 1 < text.length())) {
            if (peek() == '\\') {
                at++;
                out.append(escaped());
            } else {
                out.append(peek());
                at++;
            }
        }
        if (out.isEmpty()) {
            throw new NotEvaluableException();
        }
        return out.toString();
    }

    private String escaped() {
        int start = at;
        while (at < text.length() && at - start < 6 && Character.digit(text.charAt(at), 16) >= 0) {
            at++;
        }
        if (at == start) {
            return String.valueOf(text.charAt(at++));
        }
        int code = Integer.parseInt(text.substring(start, at), 16);
        if (peek() == ' ') {
            at++;
        }
        return Character.isValidCodePoint(code) ? Character.toString(code) : "";
    }

    private static boolean isName(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c > 0x7f;
    }

    private boolean blanks() {
        int start = at;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at > start;
    }

    private boolean take(char wanted) {
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    /** Escapes an identifier for use after {@code #} or {@code .}. */
    static String escape(String identifier) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < identifier.length(); i++) {
            char c = identifier.charAt(i);
            boolean leadingDigit = i == 0 && Character.isDigit(c);
            if (leadingDigit) {
                out.append('\\').append(Integer.toHexString(c)).append(' ');
            } else if (isName(c)) {
                out.append(c);
            } else {
                out.append('\\').append(c);
            }
        }
        return out.toString();
    }

    /** Whether every attribute of the map is plain enough to be written between double quotes. */
    static boolean quotable(Map<String, String> attributes) {
        return attributes.values().stream().noneMatch(v -> v.contains("\"") || v.contains("\\") || v.contains("\n"));
    }
}
