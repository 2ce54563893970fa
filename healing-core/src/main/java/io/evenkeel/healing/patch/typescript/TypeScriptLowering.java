package io.evenkeel.healing.patch.typescript;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads TypeScript and JavaScript. */
final class TypeScriptLowering extends Lowering {

    private static final String[] FUNCTIONS = {
        "method_definition",
        "function_declaration",
        "function_expression",
        "arrow_function",
        "generator_function_declaration",
        "generator_function"
    };
    private static final String[] CLASSES = {"class_declaration", "class", "abstract_class_declaration"};
    private static final String[] BLOCKS = {
        "program", "statement_block", "class_body", "switch_body", "for_in_statement", "for_statement", "catch_clause"
    };

    TypeScriptLowering(SourceUnit unit) {
        super(unit);
    }

    Outline read() {
        for (SyntaxNode node : unit.root.all(CLASSES)) {
            type(node);
        }
        for (SyntaxNode node : unit.root.all("enum_declaration")) {
            enumeration(node);
        }
        for (SyntaxNode node : unit.root.all(FUNCTIONS)) {
            Expression function = lower(node);
            if (node.is("function_declaration", "generator_function_declaration")) {
                Span scope = block(node.parent().orElse(node));
                node.child("name")
                        .ifPresent(n -> outline.bindings.add(
                                new Binding(unit.text(n), Binding.Kind.FUNCTION, scope, n.span()).value(function)));
            }
        }
        for (SyntaxNode node : unit.root.all("variable_declarator")) {
            variable(node);
        }
        for (SyntaxNode node : unit.root.all("for_in_statement")) {
            loop(node);
        }
        for (SyntaxNode node : unit.root.all("assignment_expression")) {
            assignment(node);
        }
        for (SyntaxNode node : unit.root.all("import_statement")) {
            imports(node);
        }
        for (SyntaxNode node : unit.root.all("export_statement")) {
            exports(node);
        }
        for (SyntaxNode node : unit.root.all("call_expression", "new_expression", "object")) {
            lower(node);
        }
        fixtures();
        uses("identifier", "shorthand_property_identifier", "member_expression");
        return outline;
    }

    private static Span block(SyntaxNode node) {
        return (node.is(BLOCKS) || node.is(FUNCTIONS) ? Optional.of(node) : node.enclosing(BLOCKS))
                .orElse(node)
                .span();
    }

    private static List<SyntaxNode> targets(SyntaxNode pattern) {
        return pattern.all("identifier", "shorthand_property_identifier_pattern");
    }

    private Span scopeOf(SyntaxNode declarator) {
        Optional<SyntaxNode> declaration = declarator.parent();
        boolean function = declaration.filter(d -> d.is("variable_declaration")).isPresent(); // var
        String[] scopes = {
            "program", "method_definition", "function_declaration", "function_expression", "arrow_function"
        };
        return function
                ? declarator.enclosing(scopes).map(SyntaxNode::span).orElse(unit.root.span())
                : block(declarator);
    }

    private void variable(SyntaxNode node) {
        Optional<SyntaxNode> name = node.child("name");
        if (name.isEmpty()) {
            return;
        }
        Span scope = scopeOf(node);
        Optional<String> required = node.child("value").flatMap(this::required);
        if (required.isPresent()) {
            if (name.get().is("identifier")) {
                bindImport(name.get(), required.get(), "*");
            } else {
                for (SyntaxNode n : targets(name.get())) {
                    bindImport(n, required.get(), unit.text(n));
                }
            }
        } else if (name.get().is("identifier")) {
            Binding binding = new Binding(
                            unit.text(name.get()),
                            Binding.Kind.VARIABLE,
                            scope,
                            name.get().span())
                    .type(typeOf(node));
            node.child("value").ifPresent(v -> binding.value(lower(v)));
            outline.bindings.add(binding);
        } else {
            picks(name.get(), lower(node, "value"), scope, Binding.Kind.VARIABLE);
        }
    }

    private void loop(SyntaxNode node) {
        Optional<SyntaxNode> left = node.child("left");
        if (left.isEmpty()) {
            return;
        }
        boolean own = unit.text(node.start, left.get().start).matches("(?s).*\\b(const|let)\\s+");
        if (!own) { // it sets a variable that others may set too
            for (SyntaxNode n : targets(left.get())) {
                outline.bindings.add(new Binding(unit.text(n), Binding.Kind.LOOP, node.span(), n.span()));
            }
            return;
        }
        Expression source = lower(node, "right");
        if (text(node, "operator").equals("in")) {
            Callee keys = new Callee(List.of(new Expression.Name(source.at(), "Object")), "keys", source.at());
            source = new Call(source.at(), keys, List.of(source), Map.of());
        }
        each(left.get(), new Expression.Element(left.get().span(), source), node.span());
    }

    /** Binds the names a loop sets. */
    private void each(SyntaxNode target, Expression value, Span scope) {
        if (target.is("object_pattern", "array_pattern")) {
            picks(target, value, scope, Binding.Kind.LOOP);
        } else {
            outline.bindings.add(new Binding(unit.text(target), Binding.Kind.LOOP, scope, target.span()).value(value));
        }
    }

    /** Returns what a function is called for, if it is the body of a loop as {@code names.forEach(name => …)}. */
    private Optional<Expression> iterated(SyntaxNode function) {
        Optional<SyntaxNode> call = function.parent()
                .filter(p -> p.is("arguments") && plain(p).get(0) == function)
                .flatMap(SyntaxNode::parent)
                .filter(p -> p.is("call_expression"));
        return call.flatMap(c -> c.child("function"))
                .filter(c -> c.is("member_expression") && text(c, "property").matches("forEach|map|flatMap|some|every"))
                .map(c -> lower(c, "object"));
    }

    private Optional<String> required(SyntaxNode value) {
        boolean call = value.is("call_expression") && text(value, "function").equals("require");
        return call
                ? value.child("arguments")
                        .filter(a -> a.children.size() == 1 && a.children.get(0).is("string"))
                        .map(a -> unquoted(a.children.get(0)))
                : Optional.empty();
    }

    private String unquoted(SyntaxNode string) {
        String text = unit.text(string);
        return text.length() < 2 ? "" : text.substring(1, text.length() - 1);
    }

    private String typeOf(SyntaxNode node) {
        return node.child("type")
                .flatMap(t -> plain(t).stream().findFirst())
                .map(unit::text)
                .orElse("");
    }

    /** Binds the names of a destructuring pattern. */
    private void picks(SyntaxNode pattern, Expression value, Span scope, Binding.Kind kind) {
        int index = 0;
        for (SyntaxNode child : plain(pattern)) {
            Expression picked = pattern.is("array_pattern")
                    ? new Expression.Entry(child.span(), value, new Expression.Constant(child.span(), "" + index))
                    : new Expression.Member(child.span(), value, key(child));
            index++;
            SyntaxNode target = child.is("pair_pattern")
                    ? child.child("value").orElse(child)
                    : child.is("object_assignment_pattern", "assignment_pattern")
                            ? child.child("left").orElse(child)
                            : child;
            if (target.is("object_pattern", "array_pattern")) {
                picks(target, picked, scope, kind);
            } else if (target.is("rest_pattern")) {
                targets(target).forEach(n -> outline.bindings.add(new Binding(unit.text(n), kind, scope, n.span())));
            } else if (target.is("identifier", "shorthand_property_identifier_pattern")) {
                outline.bindings.add(new Binding(unit.text(target), kind, scope, target.span()).value(picked));
            }
        }
    }

    private String key(SyntaxNode pattern) {
        if (pattern.is("pair_pattern")) {
            return text(pattern, "key").replaceAll("^['\"]|['\"]$", "");
        }
        return pattern.is("object_assignment_pattern") ? text(pattern, "left") : unit.text(pattern);
    }

    private void assignment(SyntaxNode node) {
        Optional<SyntaxNode> left = node.child("left");
        Optional<SyntaxNode> right = node.child("right");
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        Expression value = lower(right.get());
        if (left.get().is("identifier")) {
            outline.lookup(unit.text(left.get()), left.get().start)
                    .filter(b -> b.kind() == Binding.Kind.VARIABLE)
                    .ifPresent(b -> b.value(value));
        } else if (left.get().is("member_expression")) {
            String object = text(left.get(), "object");
            String name = text(left.get(), "property");
            if (object.equals("this")) {
                outline.typeAround(node.start)
                        .ifPresent(t -> t.members()
                                .add(new Outline.Property(
                                        name,
                                        left.get()
                                                .child("property")
                                                .orElse(node)
                                                .span(),
                                        List.of(value),
                                        "")));
            } else if (object.equals("exports") || object.equals("module.exports")) {
                outline.exports.add(new Outline.Export(name, List.of(value), none()));
            } else if (object.equals("module") && name.equals("exports")) {
                outline.exports.add(new Outline.Export("default", List.of(value), none()));
                if (value instanceof Expression.Fields fields) {
                    fields.entries().forEach((k, v) -> outline.exports.add(new Outline.Export(k, List.of(v), none())));
                }
            }
        }
    }

    private static Outline.Import none() {
        return new Outline.Import("", "");
    }

    private void bindImport(SyntaxNode name, String module, String exported) {
        outline.bindings.add(new Binding(unit.text(name), Binding.Kind.IMPORT, unit.root.span(), name.span())
                .source(new Outline.Import(module, exported)));
    }

    private void imports(SyntaxNode node) {
        String module = node.child("source").map(this::unquoted).orElse("");
        for (SyntaxNode clause : node.children) {
            for (SyntaxNode part : clause.is("import_clause") ? clause.children : List.<SyntaxNode>of()) {
                if (part.is("identifier")) {
                    bindImport(part, module, "default");
                } else if (part.is("namespace_import")) {
                    part.children.forEach(n -> bindImport(n, module, "*"));
                } else {
                    for (SyntaxNode one : part.all("import_specifier")) {
                        SyntaxNode name = one.child("name").orElse(one);
                        bindImport(one.child("alias").orElse(name), module, unit.text(name));
                    }
                }
            }
        }
    }

    private void exports(SyntaxNode node) {
        Optional<String> module = node.child("source").map(this::unquoted);
        List<SyntaxNode> specifiers = node.all("export_specifier");
        for (SyntaxNode one : specifiers) {
            SyntaxNode name = one.child("name").orElse(one);
            String as = unit.text(one.child("alias").orElse(name));
            outline.exports.add(
                    module.isPresent()
                            ? new Outline.Export(as, List.of(), new Outline.Import(module.get(), unit.text(name)))
                            : new Outline.Export(as, List.of(use(name)), none()));
        }
        if (module.isPresent() && specifiers.isEmpty()) {
            List<SyntaxNode> spaces = node.all("namespace_export");
            String as = spaces.isEmpty()
                    ? "*"
                    : spaces.get(0).children.stream()
                            .findFirst()
                            .map(unit::text)
                            .orElse("");
            outline.exports.add(new Outline.Export(as, List.of(), new Outline.Import(module.get(), "*")));
        }
        node.child("value")
                .ifPresent(v -> outline.exports.add(new Outline.Export("default", List.of(lower(v)), none())));
        node.child("declaration").ifPresent(declaration -> {
            List<SyntaxNode> names = new ArrayList<>();
            declaration.child("name").ifPresent(names::add);
            for (SyntaxNode declarator : declaration.children) {
                if (declarator.is("variable_declarator")) {
                    declarator.child("name").ifPresent(n -> names.addAll(targets(n)));
                }
            }
            boolean isDefault = unit.text(node).startsWith("export default");
            for (SyntaxNode name : names) {
                Expression value = use(name);
                outline.exports.add(
                        new Outline.Export(isDefault ? "default" : unit.text(name), List.of(value), none()));
            }
        });
    }

    private Expression use(SyntaxNode name) {
        return new Expression.Name(name.span(), unit.text(name));
    }

    private void type(SyntaxNode node) {
        String name = text(node, "name");
        List<String> parents = new ArrayList<>();
        for (SyntaxNode child : node.children) {
            if (child.is("class_heritage")) {
                for (SyntaxNode clause : child.children) {
                    if (clause.is("extends_clause")) {
                        clause.child("value").ifPresent(v -> parents.add(unit.text(v)));
                    } else if (clause.is("identifier", "member_expression")) {
                        parents.add(unit.text(clause));
                    }
                }
            }
        }
        List<Outline.Property> members = new ArrayList<>();
        node.child("body").ifPresent(body -> {
            for (SyntaxNode member : body.children) {
                member(member).ifPresent(members::add);
                if (text(member, "name").equals("constructor")) {
                    parameterProperties(member, members);
                }
            }
        });
        outline.types.add(new Outline.Type(name, node.span(), parents, members));
        if (!name.isEmpty()) {
            Span at = node.child("name").orElse(node).span();
            outline.bindings.add(
                    new Binding(name, Binding.Kind.TYPE, block(node.parent().orElse(node)), at));
        }
    }

    private Optional<Outline.Property> member(SyntaxNode member) {
        Optional<SyntaxNode> name = member.child("name");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String called = unit.text(name.get());
        Span at = name.get().span();
        if (member.is("public_field_definition", "field_definition")) {
            List<Expression> value =
                    member.child("value").map(this::lower).stream().toList();
            return Optional.of(new Outline.Property(called, at, value, typeOf(member)));
        }
        if (member.is("method_definition")) {
            String as = called.equals("constructor") ? Outline.Property.CONSTRUCTOR : called;
            return Optional.of(new Outline.Property(as, at, List.of(lower(member)), ""));
        }
        return member.is("abstract_method_signature")
                ? Optional.of(new Outline.Property(called, at, List.of(), ""))
                : Optional.empty();
    }

    /** {@code constructor(private form: Form)}. */
    private void parameterProperties(SyntaxNode constructor, List<Outline.Property> members) {
        for (SyntaxNode parameter :
                constructor.child("parameters").map(p -> p.children).orElse(List.of())) {
            Optional<SyntaxNode> pattern = parameter.child("pattern").filter(p -> p.is("identifier"));
            boolean property = pattern.isPresent() && parameter.start < pattern.get().start;
            if (property) {
                SyntaxNode name = pattern.get();
                members.add(new Outline.Property(unit.text(name), name.span(), List.of(use(name)), typeOf(parameter)));
            }
        }
    }

    private void enumeration(SyntaxNode node) {
        List<Outline.Property> members = new ArrayList<>();
        for (SyntaxNode one : node.all("enum_assignment")) {
            SyntaxNode name = one.child("name").orElse(one);
            members.add(new Outline.Property(
                    unit.text(name).replaceAll("^['\"]|['\"]$", ""), name.span(), List.of(lower(one, "value")), ""));
        }
        String name = text(node, "name");
        outline.types.add(new Outline.Type(name, node.span(), List.of(), members));
        outline.bindings.add(new Binding(
                name,
                Binding.Kind.TYPE,
                block(node.parent().orElse(node)),
                node.child("name").orElse(node).span()));
    }

    /** {@code test.extend({ name: async ({ page }, use) => { await use(value); } })}. */
    private void fixtures() {
        for (Map.Entry<SyntaxNode, Call> entry : List.copyOf(outline.calls.entrySet())) {
            Call call = entry.getValue();
            boolean extend =
                    call.callee().name().equals("extend") && call.arguments().size() == 1;
            if (extend && call.arguments().get(0) instanceof Expression.Fields fields) {
                fields.entries().forEach((name, value) -> {
                    Expression first = value instanceof Expression.Items items
                                    && !items.items().isEmpty()
                            ? items.items().get(0)
                            : value;
                    if (first instanceof Expression.Function function
                            && function.parameters().size() > 1) {
                        String use = function.parameters().get(1).name();
                        List<Expression> given = new ArrayList<>();
                        for (Call inner : outline.calls.values()) {
                            boolean hands = inner.callee().receiver().isEmpty()
                                    && inner.callee().name().equals(use)
                                    && function.at().holds(inner.at())
                                    && inner.arguments().size() == 1;
                            if (hands) {
                                given.add(inner.arguments().get(0));
                            }
                        }
                        outline.fixtures.add(new Outline.Property(name, function.at(), given, ""));
                    }
                });
            }
        }
    }

    @Override
    protected Expression expression(SyntaxNode node) {
        switch (node.type) {
            case "await_expression",
                    "parenthesized_expression",
                    "non_null_expression",
                    "as_expression",
                    "satisfies_expression",
                    "expression_statement":
                return plain(node).isEmpty()
                        ? new Opaque(node.span())
                        : lower(plain(node).get(0));
            case "type_assertion":
                return lower(node.children.get(node.children.size() - 1));
            case "this", "super":
                return new Expression.Self(node.span());
            case "identifier", "shorthand_property_identifier":
                return use(node);
            case "member_expression":
                return node.child("property").isEmpty()
                        ? new Opaque(node.span())
                        : new Expression.Member(node.span(), lower(node, "object"), text(node, "property"));
            case "subscript_expression":
                return new Expression.Entry(node.span(), lower(node, "object"), lower(node, "index"));
            case "call_expression":
                return call(node, node.child("function"));
            case "new_expression":
                return call(node, node.child("constructor"));
            case "string":
                return still(node.start + 1, node.end - 1, quoting(node, Quoting.Holes.NONE))
                        .<Expression>map(p -> new Expression.Text(node.span(), List.of(p)))
                        .orElseGet(() -> new Opaque(node.span()));
            case "template_string":
                return template(node);
            case "regex":
                return regex(node);
            case "number", "true", "false", "unary_expression":
                return new Expression.Constant(node.span(), unit.text(node));
            case "object":
                return object(node);
            case "array":
                return new Expression.Items(
                        node.span(), plain(node).stream().map(this::lower).toList());
            case "binary_expression":
                return binary(node);
            case "ternary_expression":
                return new Expression.Choice(
                        node.span(), List.of(lower(node, "consequence"), lower(node, "alternative")));
            default:
                return node.is(FUNCTIONS) ? function(node) : new Opaque(node.span());
        }
    }

    private Quoting quoting(SyntaxNode node, Quoting.Holes holes) {
        return new Quoting(unit.text(node.start, node.start + 1), Quoting.Rule.JAVASCRIPT, holes);
    }

    private Expression call(SyntaxNode node, Optional<SyntaxNode> function) {
        Optional<SyntaxNode> arguments = node.child("arguments");
        if (function.isEmpty() || arguments.filter(a -> a.is("arguments")).isEmpty()) {
            boolean bare = node.is("new_expression") && function.isPresent();
            if (!bare) {
                return new Opaque(node.span());
            }
        }
        List<Expression> values =
                arguments.map(a -> plain(a).stream().map(this::lower).toList()).orElse(List.of());
        SyntaxNode callee = function.get();
        while (callee.is("parenthesized_expression", "non_null_expression")
                && !plain(callee).isEmpty()) {
            callee = plain(callee).get(0);
        }
        Optional<SyntaxNode> property = callee.child("property");
        if (callee.is("member_expression") && property.isPresent()) {
            Callee called = new Callee(
                    List.of(lower(callee, "object")),
                    unit.text(property.get()),
                    property.get().span());
            return new Call(node.span(), called, values, Map.of());
        }
        String name = callee.is("identifier") ? unit.text(callee) : callee.is("super") ? "super" : "";
        return name.isEmpty()
                ? new Opaque(node.span())
                : new Call(node.span(), new Callee(List.of(), name, callee.span()), values, Map.of());
    }

    private Expression template(SyntaxNode node) {
        Quoting quoting = quoting(node, Quoting.Holes.DOLLAR);
        List<Part> parts = new ArrayList<>();
        int at = node.start + 1;
        for (SyntaxNode child : node.children) {
            if (child.is("template_substitution")) {
                Optional<Part.Still> before = still(at, child.start, quoting);
                if (before.isEmpty() || plain(child).isEmpty()) {
                    return new Opaque(node.span());
                }
                before.filter(p -> p.at().length() > 0).ifPresent(parts::add);
                parts.add(new Part.Hole(lower(plain(child).get(0))));
                at = child.end;
            }
        }
        Optional<Part.Still> rest = still(at, node.end - 1, quoting);
        rest.filter(p -> p.at().length() > 0 || parts.isEmpty()).ifPresent(parts::add);
        return rest.isPresent() ? new Expression.Text(node.span(), parts) : new Opaque(node.span());
    }

    private Expression regex(SyntaxNode node) {
        String text = unit.text(node);
        int slash = text.lastIndexOf('/');
        if (slash < 1) {
            return new Opaque(node.span());
        }
        int start = node.start + 1;
        int end = start + text.substring(1, slash).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        Quoting quoting = new Quoting("", Quoting.Rule.RAW, Quoting.Holes.NONE);
        Part.Still source = new Part.Still(text.substring(1, slash), new Span(start, end), quoting);
        return new Expression.Pattern(node.span(), source, text.substring(slash + 1));
    }

    private Expression object(SyntaxNode node) {
        Map<String, Expression> entries = new LinkedHashMap<>();
        Map<String, Part.Still> keys = new LinkedHashMap<>();
        for (SyntaxNode child : plain(node)) {
            if (child.is("pair")) {
                String key = child.child("key").map(unit::text).orElse("").replaceAll("^['\"]|['\"]$", "");
                if (entries.containsKey(key)) {
                    entries.put(Expression.Fields.REST, new Opaque(child.span()));
                }
                entries.put(key, lower(child, "value"));
                child.child("key").flatMap(k -> written(k, node)).ifPresent(still -> keys.put(key, still));
            } else if (child.is("shorthand_property_identifier")) {
                entries.put(unit.text(child), use(child));
            } else if (child.is("method_definition")) {
                entries.put(text(child, "name"), lower(child));
            } else {
                entries.put(Expression.Fields.REST, new Opaque(child.span()));
            }
        }
        return new Expression.Fields(node.span(), entries, keys);
    }

    /** Returns how a key is written; a name gets the quotes of the object, or of the file, should it need some. */
    private Optional<Part.Still> written(SyntaxNode key, SyntaxNode object) {
        if (key.is("string")) {
            return still(key.start + 1, key.end - 1, quoting(key, Quoting.Holes.NONE));
        }
        if (!key.is("property_identifier")) {
            return Optional.empty();
        }
        String mark = java.util.stream.Stream.of(object, unit.root)
                .flatMap(n -> n.all("string").stream().limit(1))
                .map(n -> unit.text(n.start, n.start + 1))
                .findFirst()
                .orElse("'");
        return still(key.start, key.end, new Quoting(mark, Quoting.Rule.NAME, Quoting.Holes.NONE));
    }

    private Expression binary(SyntaxNode node) {
        String operator = text(node, "operator");
        if (operator.equals("+")) {
            return sum(node.span(), lower(node, "left"), lower(node, "right"));
        }
        return operator.equals("||") || operator.equals("??")
                ? new Expression.Choice(node.span(), List.of(lower(node, "left"), lower(node, "right")))
                : new Opaque(node.span());
    }

    private Expression function(SyntaxNode node) {
        List<SyntaxNode> list = node.child("parameters")
                .map(Lowering::plain)
                .orElse(node.child("parameter").map(List::of).orElse(List.of()));
        List<Parameter> parameters = new ArrayList<>();
        Optional<Expression> iterated = list.isEmpty() || list.size() > 2 ? Optional.empty() : iterated(node);
        for (SyntaxNode parameter : list) {
            if (iterated.isPresent() && parameters.isEmpty()) {
                SyntaxNode target = parameter.child("pattern").orElse(parameter);
                each(target, new Expression.Element(target.span(), iterated.get()), node.span());
                parameters.add(new Parameter("", List.of(), List.of()));
            } else {
                parameters.add(parameter(parameter, node.span()));
            }
        }
        String name = node.child("name")
                .map(unit::text)
                .orElseGet(() -> node.parent()
                        .map(p -> unit.text(
                                p.child("name").or(() -> p.child("key")).orElse(p)))
                        .filter(n -> n.matches("[\\w$#]+"))
                        .orElse(""));
        return new Expression.Function(node.span(), name, parameters, results(node));
    }

    private Parameter parameter(SyntaxNode parameter, Span scope) {
        SyntaxNode pattern = parameter.child("pattern").orElse(parameter);
        SyntaxNode target =
                pattern.is("assignment_pattern") ? pattern.child("left").orElse(pattern) : pattern;
        List<Pick> picks = new ArrayList<>();
        if (target.is("identifier")) {
            Binding binding = new Binding(unit.text(target), Binding.Kind.PARAMETER, scope, target.span())
                    .type(typeOf(parameter));
            picks.add(new Pick(binding, ""));
        } else {
            for (SyntaxNode child : plain(target)) {
                SyntaxNode local = child.is("pair_pattern")
                        ? child.child("value").orElse(child)
                        : child.is("object_assignment_pattern")
                                ? child.child("left").orElse(child)
                                : child;
                if (local.is("identifier", "shorthand_property_identifier_pattern")) {
                    Binding binding = new Binding(unit.text(local), Binding.Kind.PARAMETER, scope, local.span());
                    child.child("right").ifPresent(r -> binding.value(lower(r)));
                    picks.add(new Pick(binding, key(child)));
                }
            }
        }
        picks.forEach(p -> outline.bindings.add(p.variable()));
        List<Expression> otherwise = parameter.child("value").or(() -> pattern.child("right")).map(this::lower).stream()
                .toList();
        return new Parameter(target.is("identifier") ? unit.text(target) : "", picks, otherwise);
    }

    private List<Expression> results(SyntaxNode function) {
        Optional<SyntaxNode> body = function.child("body");
        if (body.isEmpty()) {
            return List.of();
        }
        if (!body.get().is("statement_block")) {
            return List.of(lower(body.get()));
        }
        List<Expression> results = new ArrayList<>();
        for (SyntaxNode statement : body.get().all("return_statement")) {
            boolean own =
                    statement.enclosing(FUNCTIONS).filter(f -> f == function).isPresent();
            if (own && !plain(statement).isEmpty()) {
                results.add(lower(plain(statement).get(0)));
            }
        }
        return results;
    }
}
