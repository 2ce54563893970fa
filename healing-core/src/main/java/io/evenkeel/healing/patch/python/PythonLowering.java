package io.evenkeel.healing.patch.python;

import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Expression.Call;
import io.evenkeel.healing.patch.tree.Expression.Callee;
import io.evenkeel.healing.patch.tree.Expression.Opaque;
import io.evenkeel.healing.patch.tree.Expression.Parameter;
import io.evenkeel.healing.patch.tree.Expression.Part;
import io.evenkeel.healing.patch.tree.Expression.Pick;
import io.evenkeel.healing.patch.tree.Lowering;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.Quoting;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.patch.tree.SyntaxNode;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads Python. */
final class PythonLowering extends Lowering {

    private static final String[] FUNCTIONS = {"function_definition", "lambda"};

    PythonLowering(SourceUnit unit) {
        super(unit);
    }

    Outline read() {
        for (SyntaxNode node : unit.root.all("class_definition")) {
            type(node);
        }
        for (SyntaxNode node : unit.root.all("function_definition")) {
            Expression function = lower(node);
            if (!inClass(node)) {
                node.child("name")
                        .ifPresent(n -> outline.bindings.add(
                                new Binding(unit.text(n), Binding.Kind.FUNCTION, scope(node), n.span())
                                        .value(function)));
            }
            if (decorated(node, "fixture") && function instanceof Expression.Function made) {
                outline.fixtures.add(new Outline.Property(made.name(), made.at(), made.results(), ""));
            }
        }
        for (SyntaxNode node : unit.root.all("assignment")) {
            assignment(node);
        }
        for (SyntaxNode node : unit.root.all("for_statement", "for_in_clause")) {
            node.child("left").ifPresent(left -> loop(node, left));
        }
        for (SyntaxNode node : unit.root.all("import_statement", "import_from_statement")) {
            imports(node);
        }
        for (SyntaxNode node : unit.root.all("call", "dictionary")) {
            lower(node);
        }
        uses("identifier", "attribute");
        return outline;
    }

    /** Binds the names of a loop: inside, and for what comes after it, where only the run knows which element was the last. */
    private void loop(SyntaxNode node, SyntaxNode left) {
        boolean inside = node.is("for_in_clause");
        if (!inside) {
            for (SyntaxNode name : left.all("identifier")) {
                outline.bindings.add(new Binding(unit.text(name), Binding.Kind.LOOP, scope(node), name.span()));
            }
        }
        Span scope = inside ? node.parent().orElse(node).span() : node.span();
        each(left, new Expression.Element(left.span(), lower(node, "right")), scope);
    }

    private void each(SyntaxNode target, Expression value, Span scope) {
        if (target.is("identifier")) {
            outline.bindings.add(new Binding(unit.text(target), Binding.Kind.LOOP, scope, target.span()).value(value));
        } else if (target.is("pattern_list", "tuple_pattern", "list_pattern")) {
            int index = 0;
            for (SyntaxNode child : plain(target)) {
                Expression key = new Expression.Constant(child.span(), "" + index++);
                each(child, new Expression.Entry(child.span(), value, key), scope);
            }
        } else {
            for (SyntaxNode name : target.all("identifier")) {
                outline.bindings.add(new Binding(unit.text(name), Binding.Kind.LOOP, scope, name.span()));
            }
        }
    }

    private boolean decorated(SyntaxNode function, String word) {
        return function.parent().filter(p -> p.is("decorated_definition")).stream()
                .flatMap(p -> p.children.stream())
                .anyMatch(c -> c.is("decorator") && unit.text(c).matches("(?s)@(\\w+\\.)*" + word + "\\b.*"));
    }

    private static boolean inClass(SyntaxNode function) {
        return function.enclosing("class_definition", "function_definition")
                .filter(e -> e.is("class_definition"))
                .isPresent();
    }

    private Span scope(SyntaxNode node) {
        return node.enclosing("function_definition", "lambda", "class_definition")
                .orElse(unit.root)
                .span();
    }

    private void assignment(SyntaxNode node) {
        Optional<SyntaxNode> left = node.child("left");
        Optional<SyntaxNode> right = node.child("right");
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        Expression value = lower(right.get());
        if (left.get().is("identifier")) {
            bind(left.get(), value, node);
        } else if (left.get().is("attribute")) {
            SyntaxNode name = left.get().child("attribute").orElse(node);
            String object = text(left.get(), "object");
            if (object.equals("self") || object.equals("cls")) {
                outline.typeAround(node.start)
                        .ifPresent(t -> t.members()
                                .add(new Outline.Property(unit.text(name), name.span(), List.of(value), "")));
            }
        } else if (left.get().is("pattern_list", "tuple_pattern")) {
            int index = 0;
            for (SyntaxNode target : plain(left.get())) {
                Expression key = new Expression.Constant(target.span(), "" + index++);
                if (target.is("identifier")) {
                    bind(target, new Expression.Entry(target.span(), value, key), node);
                }
            }
        }
    }

    private void bind(SyntaxNode name, Expression value, SyntaxNode node) {
        Optional<SyntaxNode> around = node.enclosing("function_definition", "lambda", "class_definition");
        if (around.filter(a -> a.is("class_definition")).isPresent()) {
            outline.typeAround(node.start)
                    .ifPresent(t ->
                            t.members().add(new Outline.Property(unit.text(name), name.span(), List.of(value), "")));
            return;
        }
        Span scope = scope(node);
        Optional<Binding> known = outline.bindings.stream()
                .filter(b -> b.kind() == Binding.Kind.VARIABLE
                        && b.name().equals(unit.text(name))
                        && b.scope().equals(scope))
                .findFirst();
        if (known.isPresent()) {
            known.get().value(value);
        } else {
            outline.bindings.add(new Binding(unit.text(name), Binding.Kind.VARIABLE, scope, name.span()).value(value));
        }
    }

    private void imports(SyntaxNode node) {
        Optional<SyntaxNode> module = node.child("module_name");
        for (SyntaxNode name : node.children) {
            if (name.field.equals("name")) {
                SyntaxNode plain = name.child("name").orElse(name);
                SyntaxNode local = name.child("alias").orElse(plain);
                Outline.Import source = module.isPresent()
                        ? new Outline.Import(unit.text(module.get()), unit.text(plain))
                        : new Outline.Import(unit.text(plain), "*");
                outline.bindings.add(new Binding(unit.text(local), Binding.Kind.IMPORT, unit.root.span(), local.span())
                        .source(source));
            } else if (name.is("wildcard_import") && module.isPresent()) {
                outline.exports.add(
                        new Outline.Export("*", List.of(), new Outline.Import(unit.text(module.get()), "*")));
            }
        }
    }

    private void type(SyntaxNode node) {
        List<String> parents = node.child("superclasses").map(Lowering::plain).orElse(List.of()).stream()
                .filter(p -> p.is("identifier", "attribute"))
                .map(p -> unit.text(p).replaceFirst("^.*\\.", ""))
                .toList();
        List<Outline.Property> members = new ArrayList<>();
        outline.types.add(new Outline.Type(text(node, "name"), node.span(), parents, members));
        node.child("name")
                .ifPresent(
                        n -> outline.bindings.add(new Binding(unit.text(n), Binding.Kind.TYPE, scope(node), n.span())));
        for (SyntaxNode child : node.child("body").map(b -> b.children).orElse(List.of())) {
            SyntaxNode member =
                    child.is("decorated_definition") ? child.child("definition").orElse(child) : child;
            if (member.is("function_definition")) {
                SyntaxNode name = member.child("name").orElse(member);
                boolean constructor = unit.text(name).equals("__init__");
                members.add(new Outline.Property(
                        constructor ? Outline.Property.CONSTRUCTOR : unit.text(name),
                        name.span(),
                        List.of(lower(member)),
                        text(member, "return_type")));
            }
        }
    }

    @Override
    protected Expression expression(SyntaxNode node) {
        switch (node.type) {
            case "await", "parenthesized_expression":
                return plain(node).isEmpty()
                        ? new Opaque(node.span())
                        : lower(plain(node).get(0));
            case "identifier":
                boolean self = unit.text(node).matches("self|cls");
                return self ? new Expression.Self(node.span()) : new Expression.Name(node.span(), unit.text(node));
            case "attribute":
                return attribute(node);
            case "subscript":
                return new Expression.Entry(node.span(), lower(node, "value"), lower(node, "subscript"));
            case "call":
                return call(node);
            case "string":
                return string(node);
            case "concatenated_string":
                return concatenated(node);
            case "integer", "unary_operator":
                return new Expression.Constant(node.span(), unit.text(node));
            case "true", "false":
                return new Expression.Constant(node.span(), unit.text(node).toLowerCase(Locale.ROOT));
            case "dictionary":
                return dictionary(node);
            case "list", "tuple", "expression_list":
                return new Expression.Items(
                        node.span(), plain(node).stream().map(this::lower).toList());
            case "binary_operator":
                return binary(node);
            case "conditional_expression":
                List<SyntaxNode> ways = plain(node);
                return ways.size() == 3
                        ? new Expression.Choice(node.span(), List.of(lower(ways.get(0)), lower(ways.get(2))))
                        : new Opaque(node.span());
            default:
                return node.is(FUNCTIONS) ? function(node) : new Opaque(node.span());
        }
    }

    private Expression attribute(SyntaxNode node) {
        String name = text(node, "attribute");
        Expression object = lower(node, "object");
        Span at = node.child("attribute").orElse(node).span();
        boolean called = node.parent()
                .filter(p -> p.is("call") && node.field.equals("function"))
                .isPresent();
        boolean step = !called && Dialect.PYTHON.isProperty(name) && !(object instanceof Expression.Self);
        return step
                ? new Call(node.span(), new Callee(List.of(object), name, at), List.of(), Map.of())
                : new Expression.Member(node.span(), object, name);
    }

    private Expression call(SyntaxNode node) {
        Optional<SyntaxNode> function = node.child("function");
        Optional<SyntaxNode> list = node.child("arguments").filter(a -> a.is("argument_list"));
        if (function.isEmpty() || list.isEmpty()) {
            return new Opaque(node.span());
        }
        List<Expression> arguments = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        for (SyntaxNode argument : plain(list.get())) {
            if (argument.is("keyword_argument")) {
                named.put(text(argument, "name"), lower(argument, "value"));
            } else {
                arguments.add(lower(argument));
            }
        }
        SyntaxNode callee = function.get();
        if (callee.is("attribute")) {
            String name = text(callee, "attribute");
            String object = text(callee, "object");
            if (object.equals("re") && name.equals("compile") && !arguments.isEmpty()) {
                return pattern(node.span(), arguments);
            }
            Expression receiver = lower(callee, "object");
            if (name.equals("format") && receiver instanceof Expression.Text) {
                return formatted(node.span(), receiver, arguments, named, Quoting.Holes.BRACES);
            }
            Span at = callee.child("attribute").orElse(callee).span();
            return new Call(node.span(), new Callee(List.of(receiver), name, at), arguments, named);
        }
        return callee.is("identifier")
                ? new Call(node.span(), new Callee(List.of(), unit.text(callee), callee.span()), arguments, named)
                : new Opaque(node.span());
    }

    private Expression string(SyntaxNode node) {
        String text = unit.text(node);
        int open = 0;
        while (open < text.length() && text.charAt(open) != '"' && text.charAt(open) != '\'') {
            open++;
        }
        String prefix = text.substring(0, open).toLowerCase(Locale.ROOT);
        boolean triple =
                text.length() >= open + 6 && text.substring(open, open + 3).matches("\"\"\"|'''");
        if (prefix.contains("b") || text.length() < open + 2) {
            return new Opaque(node.span());
        }
        String mark = text.substring(open, open + (triple ? 3 : 1));
        Quoting quoting = new Quoting(
                mark,
                prefix.contains("r") ? Quoting.Rule.RAW : Quoting.Rule.PYTHON,
                prefix.contains("f") ? Quoting.Holes.BRACES : Quoting.Holes.NONE);
        List<Part> parts = new ArrayList<>();
        int at = node.start + open + mark.length();
        for (SyntaxNode child : node.children) {
            if (child.is("interpolation")) {
                Optional<Part.Still> before = still(at, child.start, quoting);
                List<SyntaxNode> inside = plain(child);
                if (before.isEmpty() || inside.size() != 1) {
                    return new Opaque(node.span());
                }
                before.filter(p -> p.at().length() > 0).ifPresent(parts::add);
                parts.add(new Part.Hole(lower(inside.get(0))));
                at = child.end;
            }
        }
        Optional<Part.Still> rest = still(at, node.end - mark.length(), quoting);
        rest.filter(p -> p.at().length() > 0 || parts.isEmpty()).ifPresent(parts::add);
        return rest.isPresent() ? new Expression.Text(node.span(), parts) : new Opaque(node.span());
    }

    private Expression concatenated(SyntaxNode node) {
        List<Part> parts = new ArrayList<>();
        for (SyntaxNode child : plain(node)) {
            if (!(lower(child) instanceof Expression.Text text)) {
                return new Opaque(node.span());
            }
            parts.addAll(text.parts());
        }
        return new Expression.Text(node.span(), parts);
    }

    private Expression dictionary(SyntaxNode node) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        Map<String, Part.Still> keys = new LinkedHashMap<>();
        for (SyntaxNode child : plain(node)) {
            boolean pair = child.is("pair")
                    && lower(child, "key") instanceof Expression.Text key
                    && key.parts().size() == 1
                    && key.parts().get(0) instanceof Part.Still;
            if (pair) {
                Part.Still key = (Part.Still)
                        ((Expression.Text) lower(child, "key")).parts().get(0);
                if (entries.containsKey(key.value())) {
                    entries.put(Expression.Fields.REST, new Opaque(child.span()));
                }
                entries.put(key.value(), lower(child, "value"));
                keys.put(key.value(), key);
            } else {
                entries.put(Expression.Fields.REST, new Opaque(child.span()));
            }
        }
        return new Expression.Fields(node.span(), entries, keys);
    }

    private Expression binary(SyntaxNode node) {
        String operator = text(node, "operator");
        Expression left = lower(node, "left");
        Expression right = lower(node, "right");
        if (operator.equals("+")) {
            return sum(node.span(), left, right);
        }
        if (operator.equals("%")) {
            List<Expression> values = right instanceof Expression.Items items ? items.items() : List.of(right);
            return formatted(node.span(), left, values, Map.of(), Quoting.Holes.PERCENT);
        }
        return new Opaque(node.span());
    }

    private Expression function(SyntaxNode node) {
        List<Parameter> parameters = new ArrayList<>();
        boolean method = node.is("function_definition") && inClass(node) && !decorated(node, "staticmethod");
        List<SyntaxNode> list = node.child("parameters").map(Lowering::plain).orElse(List.of());
        for (SyntaxNode parameter : method && !list.isEmpty() ? list.subList(1, list.size()) : list) {
            SyntaxNode name = parameter.is("identifier")
                    ? parameter
                    : parameter
                            .child("name")
                            .orElse(parameter.children.isEmpty() ? parameter : parameter.children.get(0));
            Binding binding = new Binding(unit.text(name), Binding.Kind.PARAMETER, node.span(), name.span())
                    .type(text(parameter, "type").replaceAll("^['\"]|['\"]$", ""));
            outline.bindings.add(binding);
            List<Expression> otherwise =
                    parameter.child("value").map(this::lower).stream().toList();
            parameters.add(new Parameter(binding.name(), List.of(new Pick(binding, "")), otherwise));
        }
        String name = node.child("name")
                .map(unit::text)
                .orElseGet(() -> node.parent()
                        .filter(p -> p.is("assignment"))
                        .map(p -> text(p, "left"))
                        .orElse(""));
        List<Expression> results = new ArrayList<>();
        Optional<SyntaxNode> body = node.child("body");
        if (node.is("lambda")) {
            body.ifPresent(b -> results.add(lower(b)));
        } else {
            for (SyntaxNode statement :
                    body.map(b -> b.all("return_statement", "yield")).orElse(List.of())) {
                boolean own =
                        statement.enclosing(FUNCTIONS).filter(f -> f == node).isPresent();
                if (own && !plain(statement).isEmpty()) {
                    results.add(lower(plain(statement).get(0)));
                }
            }
        }
        return new Expression.Function(node.span(), name, parameters, results);
    }
}
