package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.typescript.Value.Origin;
import io.evenkeel.healing.patch.typescript.Value.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Follows an expression to the locator calls it stands for.
 *
 * <p>Where a name may mean several things (a member of an object whose class is not known) all of them are followed; the caller keeps
 * those that are equal to what the call log prints. Bounded by steps and depth. One thread.
 */
final class Resolver {

    private static final int MAX_STEPS = 20_000;
    private static final int MAX_DEPTH = 24;
    private static final int MAX_CALLERS = 2;
    private static final int MAX_SCOPES = 300;
    private static final Set<String> LOCATOR_METHODS = Set.of(
            "getByRole",
            "getByText",
            "getByLabel",
            "getByPlaceholder",
            "getByAltText",
            "getByTitle",
            "getByTestId",
            "locator",
            "frameLocator",
            "contentFrame",
            "owner",
            "filter",
            "first",
            "last",
            "nth",
            "and",
            "or",
            "describe");
    private static final String[] FUNCTIONS = {
        "method_definition",
        "function_declaration",
        "function_expression",
        "arrow_function",
        "function",
        "generator_function_declaration"
    };

    private final Sources sources;
    private int steps;

    Resolver(Sources sources) {
        this.sources = sources;
    }

    /** What parameters stand for: expressions of a caller. */
    private record Scope(Map<String, Bound> parameters) {
        static final Scope EMPTY = new Scope(Map.of());
    }

    private record Bound(SourceUnit unit, SyntaxNode expression, Scope scope) {}

    private record Member(SourceUnit unit, SyntaxNode node) {}

    /** Returns all chains an expression may stand for. */
    List<Chain> chains(SourceUnit unit, SyntaxNode expression) {
        return chains(unit, expression, Scope.EMPTY, 0);
    }

    /**
     * Returns the chains an expression inside a helper may stand for, with the parameters of the helper taken from each of its
     * callers, up to three calls away.
     */
    List<Chain> chainsThroughCallers(SourceUnit unit, SyntaxNode expression) {
        List<Chain> chains = new ArrayList<>();
        for (Scope scope : callers(unit, expression, 0)) {
            chains.addAll(chains(unit, expression, scope, 0));
        }
        return chains;
    }

    private List<Scope> callers(SourceUnit unit, SyntaxNode inside, int depth) {
        Optional<SyntaxNode> function = inside.enclosing(FUNCTIONS);
        String name = function.map(f -> nameOf(new Member(unit, f))).orElse("");
        if (name.isEmpty() || parameters(function.orElseThrow()).isEmpty() || depth > MAX_CALLERS) {
            return List.of();
        }
        List<SyntaxNode> parameters = parameters(function.orElseThrow());
        List<Scope> scopes = new ArrayList<>();
        for (SourceUnit other : sources.holding(name, unit)) {
            for (SyntaxNode call : other.root.all("call_expression")) {
                SyntaxNode callee = call.child("function").orElse(call);
                String called = other.text(callee.child("property").orElse(callee));
                Optional<SyntaxNode> arguments = call.child("arguments");
                if (called.equals(name) && arguments.isPresent() && scopes.size() < MAX_SCOPES) {
                    List<Scope> outer = new ArrayList<>(List.of(Scope.EMPTY));
                    outer.addAll(callers(other, call, depth + 1));
                    for (Scope scope : outer) {
                        Map<String, Bound> bound = new HashMap<>();
                        for (int i = 0;
                                i < parameters.size()
                                        && i < arguments.get().children.size();
                                i++) {
                            bound.put(
                                    parameterName(unit, parameters.get(i)),
                                    new Bound(other, arguments.get().children.get(i), scope));
                        }
                        scopes.add(new Scope(bound));
                    }
                }
            }
        }
        return scopes;
    }

    private List<Chain> chains(SourceUnit unit, SyntaxNode node, Scope scope, int depth) {
        if (++steps > MAX_STEPS || depth > MAX_DEPTH) {
            return List.of();
        }
        switch (node.type) {
            case "await_expression",
                    "parenthesized_expression",
                    "non_null_expression",
                    "as_expression",
                    "satisfies_expression":
                return node.children.isEmpty() ? List.of() : chains(unit, node.children.get(0), scope, depth + 1);
            case "this":
                return List.of(Chain.PAGE);
            case "identifier":
                return identifier(unit, node, scope, depth);
            case "member_expression":
                return member(unit, node, scope, depth);
            case "call_expression":
                return call(unit, node, scope, depth);
            default:
                return List.of();
        }
    }

    private List<Chain> call(SourceUnit unit, SyntaxNode node, Scope scope, int depth) {
        Optional<SyntaxNode> function = node.child("function");
        Optional<SyntaxNode> arguments = node.child("arguments");
        if (function.isEmpty() || arguments.isEmpty()) {
            return List.of();
        }
        if (function.get().is("identifier")) {
            return called(functions(unit, unit.text(function.get())), unit, arguments.get(), scope, depth);
        }
        Optional<SyntaxNode> object = function.get().child("object");
        Optional<SyntaxNode> property = function.get().child("property");
        if (object.isEmpty() || property.isEmpty()) {
            return List.of();
        }
        String name = unit.text(property.get());
        if (!LOCATOR_METHODS.contains(name)) {
            return called(members(unit, object.get(), name), unit, arguments.get(), scope, depth);
        }
        List<Value> values = new ArrayList<>();
        for (SyntaxNode argument : arguments.get().children) {
            if (!argument.is("comment")) {
                Optional<Value> value = value(unit, argument, scope, Origin.CALL, depth + 1);
                if (value.isEmpty()) {
                    return List.of();
                }
                values.add(value.get());
            }
        }
        List<Chain> chains = new ArrayList<>();
        for (Chain receiver : chains(unit, object.get(), scope, depth + 1)) {
            chains.add(receiver.then(new Chain.Link(unit, node, property.get(), values, Origin.CALL)));
        }
        return chains;
    }

    private List<Chain> called(List<Member> functions, SourceUnit unit, SyntaxNode arguments, Scope scope, int depth) {
        List<Chain> chains = new ArrayList<>();
        for (Member function : functions) {
            SyntaxNode body = function.node();
            Map<String, Bound> bound = new HashMap<>();
            List<SyntaxNode> parameters = parameters(body);
            for (int i = 0; i < parameters.size() && i < arguments.children.size(); i++) {
                bound.put(
                        parameterName(function.unit(), parameters.get(i)),
                        new Bound(unit, arguments.children.get(i), scope));
            }
            for (int i = arguments.children.size(); i < parameters.size(); i++) {
                Optional<SyntaxNode> byDefault = parameters.get(i).child("value");
                String name = parameterName(function.unit(), parameters.get(i));
                byDefault.ifPresent(value -> bound.put(name, new Bound(function.unit(), value, Scope.EMPTY)));
            }
            for (SyntaxNode result : results(body)) {
                for (Chain chain : chains(function.unit(), result, new Scope(bound), depth + 1)) {
                    chains.add(chain.through(new Origin(DefinitionKind.METHOD, nameOf(function))));
                }
            }
        }
        return chains;
    }

    private static String nameOf(Member function) {
        return function.node()
                .child("name")
                .or(() -> function.node().parent().flatMap(p -> p.child("name").or(() -> p.child("key"))))
                .map(function.unit()::text)
                .orElse("");
    }

    private static List<SyntaxNode> parameters(SyntaxNode function) {
        Optional<SyntaxNode> list = function.child("parameters");
        return list.isPresent()
                ? list.get().children
                : function.child("parameter").map(List::of).orElse(List.of());
    }

    private static String parameterName(SourceUnit unit, SyntaxNode parameter) {
        return unit.text(parameter.child("pattern").orElse(parameter));
    }

    /** Returns the expressions a function may return. */
    private static List<SyntaxNode> results(SyntaxNode function) {
        Optional<SyntaxNode> body = function.child("body");
        if (body.isEmpty()) {
            return List.of();
        }
        if (!body.get().is("statement_block")) {
            return List.of(body.get());
        }
        List<SyntaxNode> results = new ArrayList<>();
        for (SyntaxNode statement : body.get().all("return_statement")) {
            boolean own =
                    statement.enclosing(FUNCTIONS).filter(f -> f == function).isPresent();
            if (own && !statement.children.isEmpty()) {
                results.add(statement.children.get(0));
            }
        }
        return results;
    }

    private List<Chain> identifier(SourceUnit unit, SyntaxNode node, Scope scope, int depth) {
        String name = unit.text(node);
        Bound bound = scope.parameters().get(name);
        if (bound != null) {
            List<Chain> chains = new ArrayList<>();
            for (Chain chain : chains(bound.unit(), bound.expression(), bound.scope(), depth + 1)) {
                chains.add(chain.through(new Origin(DefinitionKind.ARGUMENT, name)));
            }
            return chains;
        }
        Optional<Member> variable = variable(unit, node, name);
        if (variable.isEmpty()) {
            return List.of(Chain.PAGE); // a fixture or a parameter: the comparison with the call log decides
        }
        List<Chain> chains = new ArrayList<>();
        for (Chain chain : chains(variable.get().unit(), variable.get().node(), scope, depth + 1)) {
            chains.add(chain.through(new Origin(DefinitionKind.VARIABLE, name)));
        }
        return chains;
    }

    /** Returns what a variable was declared with: in an enclosing block, at the top of the file, or in an imported file. */
    private Optional<Member> variable(SourceUnit unit, SyntaxNode use, String name) {
        for (Optional<SyntaxNode> block = Optional.of(use);
                block.isPresent();
                block = block.get().parent()) {
            if (block.get().is("statement_block", "program", "switch_body")) {
                for (SyntaxNode statement : block.get().children) {
                    SyntaxNode plain = statement.is("export_statement")
                            ? statement.child("declaration").orElse(statement)
                            : statement;
                    for (SyntaxNode declarator : plain.children) {
                        if (declarator.is("variable_declarator")
                                && declarator
                                        .child("name")
                                        .map(unit::text)
                                        .orElse("")
                                        .equals(name)
                                && declarator.child("value").isPresent()) {
                            return Optional.of(
                                    new Member(unit, declarator.child("value").orElseThrow()));
                        }
                    }
                }
            }
            if (isParameter(unit, block.get(), name)) {
                return Optional.empty();
            }
        }
        return importOf(unit, name).flatMap(other -> variable(other, other.root, name));
    }

    private static boolean isParameter(SourceUnit unit, SyntaxNode function, String name) {
        if (!function.is(FUNCTIONS)) {
            return false;
        }
        for (SyntaxNode parameter : parameters(function)) {
            for (SyntaxNode id : parameter.all("identifier", "shorthand_property_identifier_pattern")) {
                if (unit.text(id).equals(name)) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<SourceUnit> importOf(SourceUnit unit, String name) {
        for (SyntaxNode statement : unit.root.children) {
            if (statement.is("import_statement")) {
                boolean named = statement.all("identifier").stream()
                        .anyMatch(id -> unit.text(id).equals(name));
                Optional<SyntaxNode> source = statement.child("source");
                if (named && source.isPresent()) {
                    String specifier = unit.text(source.get());
                    return sources.imported(unit, specifier.substring(1, specifier.length() - 1));
                }
            }
        }
        return Optional.empty();
    }

    private List<Chain> member(SourceUnit unit, SyntaxNode node, Scope scope, int depth) {
        Optional<SyntaxNode> object = node.child("object");
        Optional<SyntaxNode> property = node.child("property");
        if (object.isEmpty() || property.isEmpty()) {
            return List.of();
        }
        String name = unit.text(property.get());
        List<Chain> chains = new ArrayList<>();
        for (Member member : members(unit, object.get(), name)) {
            boolean function = member.node().is(FUNCTIONS);
            List<SyntaxNode> expressions = function ? results(member.node()) : List.of(member.node());
            DefinitionKind kind = function
                    ? DefinitionKind.METHOD
                    : member.node().parent().filter(p -> p.is("pair")).isPresent()
                            ? DefinitionKind.MEMBER
                            : DefinitionKind.FIELD;
            for (SyntaxNode expression : expressions) {
                for (Chain chain : chains(member.unit(), expression, constructorScope(), depth + 1)) {
                    chains.add(chain.through(new Origin(kind, name)));
                }
            }
        }
        if (chains.isEmpty()) {
            chains.add(Chain.PAGE); // this.page, world.page: the comparison with the call log decides
        }
        return chains;
    }

    private static Scope constructorScope() {
        return Scope.EMPTY;
    }

    /** Returns what {@code object.name} may be: members of classes and of object literals. */
    private List<Member> members(SourceUnit unit, SyntaxNode object, String name) {
        List<Member> found = new ArrayList<>();
        if (object.is("this", "super")) {
            object.enclosing("class_declaration", "class", "abstract_class_declaration")
                    .ifPresent(type -> inClass(unit, type, name, found, 0));
            if (!found.isEmpty()) {
                return found;
            }
        }
        for (SourceUnit other : sources.holding(name, unit)) {
            for (SyntaxNode type : other.root.all("class_declaration", "class", "abstract_class_declaration")) {
                own(other, type, name, found);
            }
            for (SyntaxNode pair : other.root.all("pair")) {
                boolean named = pair.child("key").map(other::text).orElse("").equals(name);
                if (named) {
                    pair.child("value").ifPresent(value -> found.add(new Member(other, value)));
                }
            }
            for (SyntaxNode method : other.root.all("object")) {
                for (SyntaxNode child : method.children) {
                    if (child.is("method_definition")
                            && child.child("name").map(other::text).orElse("").equals(name)) {
                        found.add(new Member(other, child));
                    }
                }
            }
        }
        return found;
    }

    private void inClass(SourceUnit unit, SyntaxNode type, String name, List<Member> found, int depth) {
        own(unit, type, name, found);
        if (found.isEmpty() && depth < 6) {
            for (SyntaxNode heritage : type.all("extends_clause")) {
                for (SyntaxNode parent : heritage.all("identifier")) {
                    String parentName = unit.text(parent);
                    for (SourceUnit other : sources.holding(parentName, unit)) {
                        for (SyntaxNode candidate :
                                other.root.all("class_declaration", "class", "abstract_class_declaration")) {
                            if (candidate
                                    .child("name")
                                    .map(other::text)
                                    .orElse("")
                                    .equals(parentName)) {
                                inClass(other, candidate, name, found, depth + 1);
                            }
                        }
                    }
                }
                return;
            }
        }
    }

    private static void own(SourceUnit unit, SyntaxNode type, String name, List<Member> found) {
        Optional<SyntaxNode> body = type.child("body");
        if (body.isEmpty()) {
            return;
        }
        for (SyntaxNode member : body.get().children) {
            String memberName = member.child("name").map(unit::text).orElse("");
            if (member.is("public_field_definition", "field_definition") && memberName.equals(name)) {
                member.child("value").ifPresent(value -> found.add(new Member(unit, value)));
            } else if (member.is("method_definition") && memberName.equals(name)) {
                found.add(new Member(unit, member));
            } else if (member.is("method_definition") && memberName.equals("constructor")) {
                for (SyntaxNode assignment : member.all("assignment_expression")) {
                    boolean assigns =
                            assignment.child("left").map(unit::text).orElse("").equals("this." + name);
                    if (assigns) {
                        assignment.child("right").ifPresent(value -> found.add(new Member(unit, value)));
                    }
                }
            }
        }
    }

    private List<Member> functions(SourceUnit unit, String name) {
        List<Member> found = new ArrayList<>();
        List<SourceUnit> places = new ArrayList<>(List.of(unit));
        importOf(unit, name).ifPresent(places::add);
        for (SourceUnit place : places) {
            for (SyntaxNode function : place.root.all("function_declaration")) {
                if (function.child("name").map(place::text).orElse("").equals(name)) {
                    found.add(new Member(place, function));
                }
            }
            for (SyntaxNode declarator : place.root.all("variable_declarator")) {
                Optional<SyntaxNode> value = declarator.child("value").filter(v -> v.is(FUNCTIONS));
                if (declarator.child("name").map(place::text).orElse("").equals(name) && value.isPresent()) {
                    found.add(new Member(place, value.get()));
                }
            }
        }
        return found;
    }

    private Optional<Value> value(SourceUnit unit, SyntaxNode node, Scope scope, Origin origin, int depth) {
        if (++steps > MAX_STEPS || depth > MAX_DEPTH) {
            return Optional.empty();
        }
        switch (node.type) {
            case "string":
                return literal(unit, node, origin);
            case "template_string":
                return template(unit, node, scope, origin, depth);
            case "regex":
                return regex(unit, node, origin);
            case "number", "true", "false", "unary_expression":
                return Optional.of(new Value.Verbatim(unit.text(node)));
            case "object":
                return object(unit, node, scope, origin, depth);
            case "parenthesized_expression", "as_expression", "non_null_expression", "satisfies_expression":
                return node.children.isEmpty()
                        ? Optional.empty()
                        : value(unit, node.children.get(0), scope, origin, depth + 1);
            case "binary_expression":
                return sum(unit, node, scope, origin, depth);
            case "identifier":
                return named(unit, node, scope, depth);
            case "member_expression":
                return memberValue(unit, node, depth);
            case "call_expression":
                return chains(unit, node, scope, depth + 1).stream().findFirst().map(Value.Inner::new);
            default:
                return Optional.empty();
        }
    }

    private static Optional<Value> literal(SourceUnit unit, SyntaxNode node, Origin origin) {
        int start = node.start + 1;
        int end = node.end - 1;
        return Quotes.unescape(unit.text(start, end))
                .map(text -> new Value.Text(List.of(new Piece(text, unit, node, start, end, origin))));
    }

    private Optional<Value> template(SourceUnit unit, SyntaxNode node, Scope scope, Origin origin, int depth) {
        List<Piece> pieces = new ArrayList<>();
        int at = node.start + 1;
        for (SyntaxNode child : node.children) {
            if (child.is("template_substitution")) {
                if (!still(unit, node, at, child.start, origin, pieces) || child.children.isEmpty()) {
                    return Optional.empty();
                }
                Optional<Value> inner = value(unit, child.children.get(0), scope, origin, depth + 1);
                if (inner.isPresent() && inner.get() instanceof Value.Text text) {
                    pieces.addAll(text.pieces());
                } else {
                    return Optional.empty();
                }
                at = child.end;
            }
        }
        return still(unit, node, at, node.end - 1, origin, pieces)
                ? Optional.of(new Value.Text(pieces))
                : Optional.empty();
    }

    private static boolean still(
            SourceUnit unit, SyntaxNode node, int start, int end, Origin origin, List<Piece> pieces) {
        Optional<String> text = Quotes.unescape(unit.text(start, end));
        text.filter(t -> !t.isEmpty()).ifPresent(t -> pieces.add(new Piece(t, unit, node, start, end, origin)));
        return text.isPresent();
    }

    private static Optional<Value> regex(SourceUnit unit, SyntaxNode node, Origin origin) {
        String text = unit.text(node);
        int slash = text.lastIndexOf('/');
        if (slash < 1) {
            return Optional.empty();
        }
        String source = text.substring(1, slash);
        int start = node.start + 1;
        int end = start + source.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
        return Optional.of(
                new Value.Regex(new Piece(source, unit, node, start, end, origin), text.substring(slash + 1)));
    }

    private Optional<Value> object(SourceUnit unit, SyntaxNode node, Scope scope, Origin origin, int depth) {
        Map<String, Value> members = new LinkedHashMap<>();
        for (SyntaxNode child : node.children) {
            if (child.is("pair")) {
                Optional<SyntaxNode> expression = child.child("value");
                Optional<Value> value = expression.flatMap(e -> value(unit, e, scope, origin, depth + 1));
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                String key = child.child("key").map(unit::text).orElse("").replaceAll("^['\"]|['\"]$", "");
                members.put(key, value.get());
            } else if (child.is("shorthand_property_identifier")) {
                Optional<Value> value = named(unit, child, scope, depth + 1);
                if (value.isEmpty()) {
                    return Optional.empty();
                }
                members.put(unit.text(child), value.get());
            } else if (!child.is("comment")) {
                return Optional.empty();
            }
        }
        return Optional.of(new Value.Members(members));
    }

    private Optional<Value> sum(SourceUnit unit, SyntaxNode node, Scope scope, Origin origin, int depth) {
        boolean plus = node.child("operator").map(unit::text).orElse("").equals("+");
        Optional<Value> left = node.child("left").flatMap(n -> value(unit, n, scope, origin, depth + 1));
        Optional<Value> right = node.child("right").flatMap(n -> value(unit, n, scope, origin, depth + 1));
        if (plus
                && left.isPresent()
                && right.isPresent()
                && left.get() instanceof Value.Text a
                && right.get() instanceof Value.Text b) {
            List<Piece> pieces = new ArrayList<>(a.pieces());
            pieces.addAll(b.pieces());
            return Optional.of(new Value.Text(pieces));
        }
        return Optional.empty();
    }

    private Optional<Value> named(SourceUnit unit, SyntaxNode node, Scope scope, int depth) {
        String name = unit.text(node);
        Bound bound = scope.parameters().get(name);
        if (bound != null) {
            return value(
                    bound.unit(),
                    bound.expression(),
                    bound.scope(),
                    new Origin(DefinitionKind.ARGUMENT, name),
                    depth + 1);
        }
        return variable(unit, node, name)
                .flatMap(v ->
                        value(v.unit(), v.node(), Scope.EMPTY, new Origin(DefinitionKind.VARIABLE, name), depth + 1));
    }

    private Optional<Value> memberValue(SourceUnit unit, SyntaxNode node, int depth) {
        Optional<SyntaxNode> object = node.child("object");
        Optional<SyntaxNode> property = node.child("property");
        if (object.isEmpty() || property.isEmpty()) {
            return Optional.empty();
        }
        String name = unit.text(property.get());
        List<Value> values = new ArrayList<>();
        for (Member member : members(unit, object.get(), name)) {
            value(member.unit(), member.node(), Scope.EMPTY, new Origin(DefinitionKind.MEMBER, name), depth + 1)
                    .ifPresent(values::add);
        }
        return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
    }
}
