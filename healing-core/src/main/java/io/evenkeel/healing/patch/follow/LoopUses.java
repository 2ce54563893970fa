package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Quoting;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.patch.tree.SyntaxNode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What loops do with the elements of an object or a list, as far as it matters for the edit of one of them. Pure. */
final class LoopUses {

    private static final String PAIR = "pair";
    private static final String ANY = "";
    private static final Pattern SPECIAL = Pattern.compile("__proto__|\\d+");

    private LoopUses() {}

    /** What the code around a use means for it. */
    enum Step {
        /** The same text or object goes on. */
        SAME,
        /** It becomes a part of something. */
        WRAPPED,
        /** Another part of the object is taken. */
        BESIDE,
        /** It is compared, changed, or used in a way that is not understood. */
        OTHER
    }

    /** Returns the variables of all loops over what is written at a place. */
    static List<Binding> over(SourceUnit unit, Span at) {
        return unit.outline().bindings.stream()
                .filter(b -> b.kind() == Binding.Kind.LOOP && !b.values().isEmpty())
                .filter(b -> element(b.values().get(0))
                        .filter(e ->
                                Loops.Source.of(unit, e.source()).base().at().equals(at))
                        .isPresent())
                .toList();
    }

    private static Optional<Expression.Element> element(Expression value) {
        Expression at = value;
        while (true) {
            if (at instanceof Expression.Entry entry) {
                at = entry.object();
            } else if (at instanceof Expression.Member member) {
                at = member.object();
            } else {
                return at instanceof Expression.Element element ? Optional.of(element) : Optional.empty();
            }
        }
    }

    /** Returns whether the variable of a loop may stand for what the edit changes or for something that holds it. */
    static boolean mayHold(SourceUnit unit, Binding variable, Edits.Edit edit) {
        String slot = slot(unit, variable.values().get(0));
        return edit.passages().stream()
                .filter(Passage::loop)
                .map(p -> slot(p.unit(), p.variable().get(0).values().get(0)))
                .anyMatch(mine -> overlap(slot, mine));
    }

    private static boolean overlap(String a, String b) {
        String rootA = a.substring(0, a.indexOf('.'));
        String rootB = b.substring(0, b.indexOf('.'));
        boolean open = List.of(PAIR, ANY).contains(rootA) || List.of(PAIR, ANY).contains(rootB);
        boolean items =
                rootA.equals("items") != rootB.equals("items"); // Python: a loop over a dictionary takes its keys
        return open || items || a.startsWith(b) || b.startsWith(a);
    }

    /** Which part of each element a variable takes, as {@code items.0.}; the roots say what the loop goes through. */
    private static String slot(SourceUnit unit, Expression value) {
        if (value instanceof Expression.Element element) {
            return switch (Loops.Source.of(unit, element.source()).view()) {
                case PAIRS -> PAIR + ".";
                case KEYS -> "keys.";
                case VALUES -> "values.";
                case ITEMS -> "items.";
            };
        }
        if (value instanceof Expression.Member member) {
            return slot(unit, member.object()) + member.name() + ".";
        }
        if (value instanceof Expression.Entry entry && entry.key() instanceof Expression.Constant key) {
            String outer = slot(unit, entry.object());
            boolean half = outer.equals(PAIR + ".") && key.code().matches("[01]");
            return half ? (key.code().equals("0") ? "keys." : "values.") : outer + key.code() + ".";
        }
        return ANY + ".";
    }

    /** Returns what the node around a part of the source does with a use that stands in it. */
    static Step step(SourceUnit unit, SyntaxNode use, SyntaxNode node, Edits.Edit edit) {
        Optional<SyntaxNode> around = node.parent();
        if (around.isEmpty()) {
            return Step.OTHER;
        }
        SyntaxNode parent = around.get();
        if (parent.is("member_expression", "attribute", "field_access", "method_invocation")
                && node.field.equals("object")) {
            return member(unit, use, parent, edit);
        }
        boolean changes = (parent.is("subscript_expression", "subscript", "array_access")
                        && List.of("index", "subscript").contains(node.field))
                || parent.is(
                        "comparison_operator",
                        "boolean_operator",
                        "not_operator",
                        "unary_expression",
                        "unary_operator",
                        "spread_element",
                        "list_splat",
                        "dictionary_splat",
                        "arrow_function",
                        "function_expression",
                        "function_declaration",
                        "method_definition",
                        "lambda",
                        "lambda_expression",
                        "function_definition",
                        "method_declaration",
                        "type_query")
                || (parent.is("binary_expression", "binary_operator")
                        && !parent.child("operator").map(unit::text).orElse("").matches("[+%]"))
                || (parent.is("ternary_expression") && node.field.equals("condition"))
                || (parent.is("conditional_expression") && parent.children.indexOf(node) == 1);
        if (changes) {
            return Step.OTHER;
        }
        boolean wraps = parent.is(
                "object", "array", "dictionary", "list", "tuple", "set", "array_initializer", "template_substitution");
        return wraps || parent.is("binary_expression", "binary_operator", "interpolation") ? Step.WRAPPED : Step.SAME;
    }

    private static Step member(SourceUnit unit, SyntaxNode use, SyntaxNode member, Edits.Edit edit) {
        String name = member.child("property")
                .or(() -> member.child("attribute"))
                .or(() -> member.child("field"))
                .or(() -> member.child("name"))
                .map(unit::text)
                .orElse("");
        boolean element = unit.outline()
                .lookup(unit.text(use), use.start)
                .filter(b -> b.kind() == Binding.Kind.LOOP)
                .isPresent();
        if (!element) {
            return Step.OTHER;
        }
        if (member.is("method_invocation")) {
            boolean pair = name.matches("getKey|getValue");
            return !pair ? Step.OTHER : name.equals("getKey") == isKey(edit) ? Step.SAME : Step.BESIDE;
        }
        boolean called = member.field.equals("function");
        List<String> names = edit.passages().stream()
                .filter(p -> p.kind() == DefinitionKind.MEMBER)
                .map(Passage::name)
                .toList();
        return called || names.isEmpty() ? Step.OTHER : names.contains(name) ? Step.SAME : Step.BESIDE;
    }

    private static boolean isKey(Edits.Edit edit) {
        return edit.target().unit().outline().literals.stream()
                .anyMatch(f -> f.keys().values().stream()
                        .anyMatch(k -> k.at().equals(edit.target().at())));
    }

    /** Returns whether the edit gives an object a key that it has already, or one that means something to the language. */
    static boolean clashes(Edits.Edit edit) {
        for (Expression.Fields fields : edit.target().unit().outline().literals) {
            for (Expression.Part.Still key : fields.keys().values()) {
                if (key.at().equals(edit.target().at())) {
                    Optional<String> now = said(key.quoting(), edit.text());
                    return now.isEmpty()
                            || SPECIAL.matcher(now.get()).matches()
                            || fields.entries().containsKey(now.get())
                            || fields.keys().values().stream()
                                    .anyMatch(k -> k.value().equals(now.get()));
                }
            }
        }
        return false;
    }

    private static Optional<String> said(Quoting quoting, String written) {
        boolean quoted = quoting.rule() == Quoting.Rule.NAME && written.startsWith(quoting.mark());
        return quoted
                ? new Quoting(quoting.mark(), Quoting.Rule.JAVASCRIPT, Quoting.Holes.NONE)
                        .unescape(written.substring(1, written.length() - 1))
                : quoting.unescape(written);
    }
}
