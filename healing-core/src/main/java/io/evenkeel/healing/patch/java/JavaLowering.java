package io.evenkeel.healing.patch.java;

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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads Java. */
final class JavaLowering extends Lowering {

    private static final String[] CLASSES = {
        "class_declaration", "enum_declaration", "record_declaration", "interface_declaration"
    };
    private static final String[] FUNCTIONS = {
        "method_declaration", "constructor_declaration", "compact_constructor_declaration", "lambda_expression"
    };
    private static final String[] BLOCKS = {
        "program",
        "block",
        "constructor_body",
        "class_body",
        "switch_block",
        "enhanced_for_statement",
        "for_statement",
        "try_with_resources_statement"
    };

    private final Set<String> roles = new HashSet<>();

    JavaLowering(SourceUnit unit) {
        super(unit);
        for (SyntaxNode node : unit.root.all("import_declaration")) {
            String text = unit.text(node);
            int at = text.indexOf(".AriaRole.");
            if (text.contains(" static ") && at > 0) {
                roles.add(text.substring(at + ".AriaRole.".length()).replaceAll("[^A-Z_]", ""));
            }
        }
    }

    Outline read() {
        for (SyntaxNode node : unit.root.all(CLASSES)) {
            type(node);
        }
        for (SyntaxNode node : unit.root.all(FUNCTIONS)) {
            lower(node);
        }
        for (SyntaxNode node : unit.root.all("local_variable_declaration")) {
            for (SyntaxNode declarator : node.children) {
                if (declarator.is("variable_declarator")) {
                    variable(declarator, text(node, "type"));
                }
            }
        }
        for (SyntaxNode node : unit.root.all("enhanced_for_statement")) {
            node.child("name")
                    .ifPresent(n ->
                            outline.bindings.add(new Binding(unit.text(n), Binding.Kind.LOOP, node.span(), n.span())
                                    .value(new Expression.Element(n.span(), lower(node, "value")))));
        }
        for (SyntaxNode node : unit.root.all("assignment_expression")) {
            assignment(node);
        }
        for (SyntaxNode node : unit.root.all("import_declaration")) {
            imports(node);
        }
        for (SyntaxNode node : unit.root.all("method_invocation", "object_creation_expression")) {
            lower(node);
        }
        uses("identifier", "field_access");
        return outline;
    }

    private void variable(SyntaxNode declarator, String type) {
        declarator.child("name").ifPresent(name -> {
            Span scope = declarator.enclosing(BLOCKS).orElse(unit.root).span();
            Binding binding = new Binding(unit.text(name), Binding.Kind.VARIABLE, scope, name.span());
            binding.type(type.equals("var") ? "" : bare(type));
            declarator.child("value").ifPresent(v -> binding.value(lower(v)));
            outline.bindings.add(binding);
        });
    }

    private static String bare(String type) {
        return type.replaceFirst("<.*", "").replaceFirst("^.*\\.", "");
    }

    private void assignment(SyntaxNode node) {
        Optional<SyntaxNode> left = node.child("left");
        Optional<SyntaxNode> right = node.child("right");
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        Expression value = lower(right.get());
        SyntaxNode target = left.get();
        boolean field = target.is("field_access") && text(target, "object").equals("this");
        SyntaxNode name = field ? target.child("field").orElse(target) : target;
        Optional<Binding> local = field ? Optional.empty() : outline.lookup(unit.text(name), name.start);
        if (local.isPresent()) {
            local.get().value(value);
        } else if (field || target.is("identifier")) {
            outline.typeAround(node.start)
                    .ifPresent(t ->
                            t.members().add(new Outline.Property(unit.text(name), name.span(), List.of(value), "")));
        }
    }

    private void imports(SyntaxNode node) {
        String text = unit.text(node).replaceFirst("^import\\s+", "").replaceFirst("\\s*;$", "");
        boolean isStatic = text.startsWith("static ");
        String path = text.replaceFirst("^static\\s+", "").strip();
        int dot = path.lastIndexOf('.');
        if (isStatic && dot > 0 && !path.endsWith("*")) {
            String owner = path.substring(0, dot);
            Outline.Import source = new Outline.Import(
                    owner, owner.substring(owner.lastIndexOf('.') + 1) + "." + path.substring(dot + 1));
            outline.bindings.add(
                    new Binding(path.substring(dot + 1), Binding.Kind.IMPORT, unit.root.span(), node.span())
                            .source(source));
        }
    }

    private void type(SyntaxNode node) {
        List<String> parents = new ArrayList<>();
        node.child("superclass").ifPresent(s -> plain(s).forEach(p -> parents.add(bare(unit.text(p)))));
        for (String field : List.of("interfaces")) {
            node.child(field).ifPresent(s -> s.all("type_identifier").forEach(p -> parents.add(unit.text(p))));
        }
        List<Outline.Property> members = new ArrayList<>();
        Outline.Type type = new Outline.Type(text(node, "name"), node.span(), parents, members);
        outline.types.add(type);
        node.child("body").ifPresent(body -> {
            for (SyntaxNode member : body.children) {
                for (SyntaxNode one : member.is("enum_body_declarations") ? member.children : List.of(member)) {
                    member(one, type);
                }
            }
        });
        if (node.is("record_declaration")) {
            for (SyntaxNode parameter :
                    node.child("parameters").map(Lowering::plain).orElse(List.of())) {
                parameter
                        .child("name")
                        .ifPresent(n -> members.add(new Outline.Property(
                                unit.text(n), n.span(), List.of(), bare(text(parameter, "type")))));
            }
        }
    }

    private void member(SyntaxNode member, Outline.Type type) {
        if (member.is("field_declaration", "constant_declaration")) {
            for (SyntaxNode declarator : member.children) {
                if (declarator.is("variable_declarator")) {
                    SyntaxNode name = declarator.child("name").orElse(declarator);
                    List<Expression> value =
                            declarator.child("value").map(this::lower).stream().toList();
                    type.members()
                            .add(new Outline.Property(unit.text(name), name.span(), value, bare(text(member, "type"))));
                }
            }
        } else if (member.is("method_declaration", "constructor_declaration")) {
            SyntaxNode name = member.child("name").orElse(member);
            boolean constructor = member.is("constructor_declaration");
            type.members()
                    .add(new Outline.Property(
                            constructor ? Outline.Property.CONSTRUCTOR : unit.text(name),
                            name.span(),
                            List.of(lower(member)),
                            bare(text(member, "type"))));
        } else if (member.is("enum_constant")) {
            SyntaxNode name = member.child("name").orElse(member);
            List<Expression> arguments =
                    member.child("arguments").map(this::arguments).orElse(List.of());
            Callee callee = new Callee(List.of(), type.name(), name.span());
            Expression made = new Call(member.span(), callee, arguments, Map.of());
            type.members().add(new Outline.Property(unit.text(name), name.span(), List.of(made), type.name()));
        }
    }

    private List<Expression> arguments(SyntaxNode list) {
        return plain(list).stream().map(this::lower).toList();
    }

    @Override
    protected Expression expression(SyntaxNode node) {
        switch (node.type) {
            case "parenthesized_expression":
                return plain(node).isEmpty()
                        ? new Opaque(node.span())
                        : lower(plain(node).get(0));
            case "cast_expression":
                return lower(node, "value");
            case "this", "super":
                return new Expression.Self(node.span());
            case "identifier":
                return roles.contains(unit.text(node))
                        ? role(node, unit.text(node))
                        : new Expression.Name(node.span(), unit.text(node));
            case "field_access":
                if (text(node, "object").endsWith("AriaRole")) {
                    return role(node, text(node, "field"));
                }
                return new Expression.Member(node.span(), lower(node, "object"), text(node, "field"));
            case "array_access":
                return new Expression.Entry(node.span(), lower(node, "array"), lower(node, "index"));
            case "method_invocation":
                return invocation(node);
            case "object_creation_expression":
                return creation(node);
            case "string_literal":
                return string(node);
            case "decimal_integer_literal", "true", "false", "unary_expression":
                return new Expression.Constant(node.span(), unit.text(node));
            case "array_initializer":
                return new Expression.Items(node.span(), arguments(node));
            case "array_creation_expression":
                return lower(node, "value");
            case "binary_expression":
                return text(node, "operator").equals("+")
                        ? sum(node.span(), lower(node, "left"), lower(node, "right"))
                        : new Opaque(node.span());
            case "ternary_expression":
                return new Expression.Choice(
                        node.span(), List.of(lower(node, "consequence"), lower(node, "alternative")));
            default:
                return node.is(FUNCTIONS) ? function(node) : new Opaque(node.span());
        }
    }

    private static Expression role(SyntaxNode node, String name) {
        return new Expression.Constant(node.span(), "'" + name.toLowerCase(Locale.ROOT) + "'");
    }

    private Expression string(SyntaxNode node) {
        String text = unit.text(node);
        if (text.startsWith("\"\"\"")) {
            return new Opaque(node.span()); // its indentation is not part of the text
        }
        return still(node.start + 1, node.end - 1, new Quoting("\"", Quoting.Rule.JAVA, Quoting.Holes.NONE))
                .<Expression>map(p -> new Expression.Text(node.span(), List.of(p)))
                .orElseGet(() -> new Opaque(node.span()));
    }

    private Expression invocation(SyntaxNode node) {
        String name = text(node, "name");
        Span at = node.child("name").orElse(node).span();
        String object = text(node, "object");
        List<Expression> arguments =
                node.child("arguments").map(this::arguments).orElse(List.of());
        if (object.endsWith("Pattern") && name.equals("compile") && !arguments.isEmpty()) {
            return pattern(node.span(), arguments);
        }
        if (object.equals("String") && name.equals("format") && !arguments.isEmpty()) {
            return formatted(
                    node.span(),
                    arguments.get(0),
                    arguments.subList(1, arguments.size()),
                    Map.of(),
                    Quoting.Holes.PERCENT);
        }
        if (name.equals("formatted") && node.child("object").isPresent()) {
            return formatted(node.span(), lower(node, "object"), arguments, Map.of(), Quoting.Holes.PERCENT);
        }
        if (object.matches("Map|List|Set|Arrays|ImmutableMap|ImmutableList") && name.matches("of|asList")) {
            return collection(node, object, arguments);
        }
        Optional<SyntaxNode> receiver = node.child("object");
        if (receiver.isPresent()) {
            Expression target = lower(receiver.get());
            Optional<Expression> options = options(node, target, name, arguments);
            if (options.isPresent()) {
                return options.get();
            }
            return new Call(node.span(), new Callee(List.of(target), name, at), arguments, Map.of());
        }
        return new Call(node.span(), new Callee(List.of(), name, at), arguments, Map.of());
    }

    private static Expression collection(SyntaxNode node, String type, List<Expression> arguments) {
        if (!type.endsWith("Map")) {
            return new Expression.Items(node.span(), arguments);
        }
        Map<String, Expression> entries = new LinkedHashMap<>();
        Map<String, Part.Still> keys = new LinkedHashMap<>();
        for (int i = 0; i + 1 < arguments.size(); i += 2) {
            String key = "?" + i;
            boolean plain = arguments.get(i) instanceof Expression.Text text
                    && text.parts().size() == 1
                    && text.parts().get(0) instanceof Part.Still;
            if (plain) {
                Part.Still still = (Part.Still)
                        ((Expression.Text) arguments.get(i)).parts().get(0);
                key = still.value();
                keys.put(key, still);
            }
            entries.put(key, arguments.get(i + 1));
        }
        return new Expression.Fields(node.span(), entries, keys);
    }

    /** {@code new Page.GetByRoleOptions().setName("…")} is the object literal of its settings. */
    private static Optional<Expression> options(
            SyntaxNode node, Expression target, String name, List<Expression> arguments) {
        boolean setting = target instanceof Expression.Fields && name.startsWith("set") && arguments.size() == 1;
        if (!setting) {
            return Optional.empty();
        }
        Map<String, Expression> entries = new LinkedHashMap<>(((Expression.Fields) target).entries());
        entries.put(name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4), arguments.get(0));
        return Optional.of(new Expression.Fields(node.span(), entries));
    }

    private Expression creation(SyntaxNode node) {
        String type = text(node, "type");
        if (type.endsWith("Options")) {
            return new Expression.Fields(node.span(), Map.of());
        }
        List<Expression> arguments =
                node.child("arguments").map(this::arguments).orElse(List.of());
        Span at = node.child("type").orElse(node).span();
        return new Call(node.span(), new Callee(List.of(), bare(type), at), arguments, Map.of());
    }

    /** Returns what a parameter of {@code names.forEach(name -> …)} or {@code fields.forEach((label, value) -> …)} stands for. */
    private Optional<Expression> iterated(SyntaxNode lambda, int index, int count, Span at) {
        Optional<SyntaxNode> call = lambda.parent()
                .filter(p -> lambda.is("lambda_expression") && p.is("argument_list") && plain(p).size() == 1)
                .flatMap(SyntaxNode::parent)
                .filter(p ->
                        text(p, "name").equals("forEach") && p.child("object").isPresent() && count <= 2);
        return call.map(c -> lower(c, "object")).map(source -> {
            if (count == 1) {
                return new Expression.Element(at, source);
            }
            Call pairs =
                    new Call(source.at(), new Callee(List.of(source), "entrySet", source.at()), List.of(), Map.of());
            return new Expression.Entry(at, new Expression.Element(at, pairs), new Expression.Constant(at, "" + index));
        });
    }

    private Expression function(SyntaxNode node) {
        List<Parameter> parameters = new ArrayList<>();
        List<SyntaxNode> list = node.child("parameters")
                .map(p -> p.is("identifier") ? List.of(p) : plain(p))
                .orElse(List.of());
        int count = list.size();
        for (SyntaxNode parameter : list) {
            SyntaxNode name = parameter.child("name").orElse(parameter);
            Binding binding = new Binding(unit.text(name), Binding.Kind.PARAMETER, node.span(), name.span())
                    .type(bare(text(parameter, "type")));
            Optional<Expression> element = iterated(node, parameters.size(), count, name.span());
            if (element.isPresent()) {
                outline.bindings.add(
                        new Binding(unit.text(name), Binding.Kind.LOOP, node.span(), name.span()).value(element.get()));
                parameters.add(new Parameter("", List.of(), List.of()));
            } else {
                outline.bindings.add(binding);
                parameters.add(new Parameter(binding.name(), List.of(new Pick(binding, "")), List.of()));
            }
        }
        List<Expression> results = new ArrayList<>();
        Optional<SyntaxNode> body = node.child("body");
        if (body.isPresent() && !body.get().is("block", "constructor_body")) {
            results.add(lower(body.get()));
        }
        for (SyntaxNode statement : body.map(b -> b.all("return_statement")).orElse(List.of())) {
            boolean own = statement.enclosing(FUNCTIONS).filter(f -> f == node).isPresent();
            if (own && !plain(statement).isEmpty()) {
                results.add(lower(plain(statement).get(0)));
            }
        }
        return new Expression.Function(node.span(), text(node, "name"), parameters, results);
    }
}
