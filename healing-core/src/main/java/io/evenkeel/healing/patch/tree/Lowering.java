package io.evenkeel.healing.patch.tree;

import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns the nodes of one file into expressions and declarations; each node once. One thread. */
public abstract class Lowering {

    private static final Pattern PERCENT = Pattern.compile("%[sd]|%(?!%)[^sd]|%%");
    private static final Pattern BRACES = Pattern.compile("\\{\\{|\\}\\}|\\{[^{}]*\\}");

    protected final SourceUnit unit;
    protected final Outline outline = new Outline();
    private final Map<SyntaxNode, Expression> lowered = new IdentityHashMap<>();

    protected Lowering(SourceUnit unit) {
        this.unit = unit;
    }

    /** Returns what a node is. */
    protected final Expression lower(SyntaxNode node) {
        Expression known = lowered.get(node);
        if (known == null) {
            known = expression(node);
            lowered.put(node, known);
            if (known instanceof Expression.Call call && call.at().equals(node.span())) {
                outline.calls.put(node, call);
            }
            if (known instanceof Expression.Function function && !outline.functions.contains(function)) {
                outline.functions.add(function);
            }
            if (known instanceof Expression.Fields fields) {
                outline.literals.add(fields);
            }
        }
        return known;
    }

    /** Records the uses of names, after everything else is read. */
    protected final void uses(String... types) {
        java.util.Set<Span> declared = new java.util.HashSet<>();
        outline.bindings.forEach(b -> declared.add(b.at()));
        outline.types.forEach(t -> t.members().forEach(m -> declared.add(m.at())));
        for (SyntaxNode node : unit.root.all(types)) {
            Expression expression = lower(node);
            boolean label =
                    List.of("property", "field", "attribute", "key", "label").contains(node.field)
                            || (node.field.equals("name")
                                    && !node.parent()
                                            .filter(p -> p.type.equals("export_specifier"))
                                            .isPresent());
            if (expression instanceof Expression.Member member) {
                outline.uses.add(new Outline.Use(member.name(), node, member));
            } else if (expression instanceof Expression.Name name && !label && !declared.contains(node.span())) {
                outline.uses.add(new Outline.Use(name.name(), node, name));
            }
        }
    }

    /** Says what a node is, seen for the first time. */
    protected abstract Expression expression(SyntaxNode node);

    /** Returns what a child is; unknown if there is none. */
    protected final Expression lower(SyntaxNode node, String field) {
        return node.child(field).map(this::lower).orElseGet(() -> new Expression.Opaque(node.span()));
    }

    protected final String text(SyntaxNode node, String field) {
        return node.child(field).map(unit::text).orElse("");
    }

    /** Returns the children that are no comments. */
    protected static List<SyntaxNode> plain(SyntaxNode node) {
        return node.children.stream().filter(c -> !c.type.endsWith("comment")).toList();
    }

    /** Returns literal characters, or empty if an escape is not understood. */
    protected final Optional<Expression.Part.Still> still(int start, int end, Quoting quoting) {
        return quoting.unescape(unit.text(start, end))
                .map(value -> new Expression.Part.Still(value, new Span(start, end), quoting));
    }

    /** Returns the sum of two strings. */
    protected static Expression sum(Span at, Expression left, Expression right) {
        List<Expression.Part> parts = new ArrayList<>(parts(left));
        parts.addAll(parts(right));
        boolean text = left instanceof Expression.Text || right instanceof Expression.Text;
        return text ? new Expression.Text(at, parts) : new Expression.Opaque(at);
    }

    private static List<Expression.Part> parts(Expression expression) {
        return expression instanceof Expression.Text text
                ? text.parts()
                : List.of(new Expression.Part.Hole(expression));
    }

    /**
     * Returns a format with its values put in.
     *
     * @param format a string of one literal
     * @param holes {@link Quoting.Holes#PERCENT} or {@link Quoting.Holes#BRACES}
     */
    protected final Expression formatted(
            Span at, Expression format, List<Expression> values, Map<String, Expression> named, Quoting.Holes holes) {
        Optional<Expression.Part.Still> literal = literal(format);
        if (literal.isEmpty()) {
            return new Expression.Opaque(at);
        }
        Expression.Part.Still whole = literal.get();
        Quoting quoting = new Quoting(whole.quoting().mark(), whole.quoting().rule(), holes);
        List<Expression.Part> parts = new ArrayList<>();
        String raw = unit.text(whole.at().start(), whole.at().end());
        Matcher matcher = (holes == Quoting.Holes.PERCENT ? PERCENT : BRACES).matcher(raw);
        int from = 0;
        int next = 0;
        while (matcher.find()) {
            String found = matcher.group();
            if (found.equals("%%") || found.equals("{{") || found.equals("}}")) {
                continue;
            }
            String key = holes == Quoting.Holes.BRACES ? found.substring(1, found.length() - 1) : "";
            boolean simple = holes == Quoting.Holes.BRACES ? key.matches("\\w*") : found.matches("%[sd]");
            Optional<Expression> value = Optional.ofNullable(named.get(key));
            if (value.isEmpty() && simple && (key.isEmpty() || key.matches("\\d{1,2}"))) {
                int index = key.isEmpty() ? next++ : Integer.parseInt(key);
                value = index < values.size() ? Optional.of(values.get(index)) : Optional.empty();
            }
            if (value.isEmpty() || !add(whole, raw, from, matcher.start(), quoting, parts)) {
                return new Expression.Opaque(at);
            }
            parts.add(new Expression.Part.Hole(value.get()));
            from = matcher.end();
        }
        return add(whole, raw, from, raw.length(), quoting, parts)
                ? new Expression.Text(at, parts)
                : new Expression.Opaque(at);
    }

    /**
     * Returns a regular expression that a call compiles.
     *
     * @param arguments its source, a string of one literal, and its flags if there are any
     */
    protected final Expression pattern(Span at, List<Expression> arguments) {
        Optional<Expression.Part.Still> source = literal(arguments.get(0));
        if (source.isEmpty()) {
            return new Expression.Opaque(at);
        }
        String flags = "";
        if (arguments.size() > 1) {
            Span written = arguments.get(1).at();
            flags = Dialect.flags(unit.text(written.start(), written.end()));
        }
        return new Expression.Pattern(at, source.get(), flags);
    }

    private static Optional<Expression.Part.Still> literal(Expression expression) {
        return expression instanceof Expression.Text text
                        && text.parts().size() == 1
                        && text.parts().get(0) instanceof Expression.Part.Still still
                ? Optional.of(still)
                : Optional.empty();
    }

    private boolean add(
            Expression.Part.Still whole, String raw, int from, int to, Quoting quoting, List<Expression.Part> parts) {
        int start = whole.at().start() + utf8(raw.substring(0, from));
        Optional<Expression.Part.Still> part = still(start, start + utf8(raw.substring(from, to)), quoting);
        part.filter(p -> p.at().length() > 0).ifPresent(parts::add);
        return part.isPresent();
    }

    private static int utf8(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
