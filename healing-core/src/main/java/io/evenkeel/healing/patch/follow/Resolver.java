package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Bound;
import io.evenkeel.healing.patch.follow.Meaning.Callable;
import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Instance;
import io.evenkeel.healing.patch.follow.Meaning.Kind;
import io.evenkeel.healing.patch.follow.Meaning.Located;
import io.evenkeel.healing.patch.follow.Meaning.Module;
import io.evenkeel.healing.patch.follow.Meaning.Said;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.Quoting;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says what an expression stands for.
 *
 * <p>Where something may be one of several, all are returned; the caller keeps those that are equal to what the call log prints. A text is
 * never guessed: where its source is not certain it has a hole. Bounded by steps, depth and alternatives. One thread.
 */
final class Resolver {

    private static final int MAX_STEPS = 60_000;
    private static final int MAX_DEPTH = 40;
    private static final int MAX_WAYS = 24;
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

    private final Sources sources;
    private int steps;

    Resolver(Sources sources) {
        this.sources = sources;
    }

    static boolean isLocatorMethod(String name) {
        return LOCATOR_METHODS.contains(Dialect.canonical(name));
    }

    /** Returns the chains an expression may stand for. */
    List<Chain> chains(SourceUnit unit, Expression expression, Scope scope) {
        List<Chain> chains = new ArrayList<>();
        for (Meaning meaning : evaluate(unit, expression, scope, 0)) {
            if (meaning instanceof Located located && !located.chain().links().isEmpty()) {
                chains.add(located.chain());
            }
        }
        return chains;
    }

    /** Returns all an expression may stand for. */
    List<Meaning> meanings(SourceUnit unit, Expression expression) {
        return evaluate(unit, expression, Scope.EMPTY, 0);
    }

    /** Returns the chain of an action that takes a selector, for each receiver. */
    List<Chain> selectorAction(SourceUnit unit, Expression.Call call, Scope scope) {
        List<Chain> chains = new ArrayList<>();
        if (call.arguments().isEmpty() || call.callee().receiver().isEmpty()) {
            return chains;
        }
        for (Value selector : values(unit, call.arguments().get(0), scope, 1)) {
            if (selector instanceof Value.Text) {
                for (Meaning receiver : evaluate(unit, call.callee().receiver().get(0), scope, 1)) {
                    if (receiver instanceof Unknown) {
                        chains.add(Chain.PAGE.then(new Chain.Link(unit, call, List.of(selector), List.of())));
                    }
                }
            }
        }
        return chains;
    }

    /** Returns the functions a call may run. */
    List<Callable> callables(SourceUnit unit, Expression.Call call) {
        return callables(unit, call, Scope.EMPTY, 0);
    }

    private List<Meaning> evaluate(SourceUnit unit, Expression expression, Scope scope, int depth) {
        if (++steps > MAX_STEPS || depth > MAX_DEPTH) {
            return List.of(unknown(unit, expression));
        }
        List<Meaning> all = new ArrayList<>();
        if (expression instanceof Expression.Name name) {
            all.addAll(name(unit, name, scope, depth));
        } else if (expression instanceof Expression.Self) {
            all.addAll(self(unit, expression, scope));
        } else if (expression instanceof Expression.Member member) {
            for (Meaning object : evaluate(unit, member.object(), scope, depth + 1)) {
                all.addAll(member(unit, object, member, depth));
            }
        } else if (expression instanceof Expression.Entry entry) {
            for (Meaning object : evaluate(unit, entry.object(), scope, depth + 1)) {
                all.addAll(entry(unit, object, entry.key(), scope, depth));
            }
        } else if (expression instanceof Expression.Call call) {
            all.addAll(call(unit, call, scope, depth));
        } else if (expression instanceof Expression.Choice choice) {
            choice.ways().forEach(way -> all.addAll(evaluate(unit, way, scope, depth + 1)));
        } else if (expression instanceof Expression.Text text) {
            texts(unit, text, scope, depth).forEach(t -> all.add(new Said(t)));
        } else if (expression instanceof Expression.Pattern pattern) {
            Value.Place place = new Value.Place(
                    unit, pattern.source().at(), pattern.source().quoting());
            Value.Piece piece = new Value.Piece(pattern.source().value(), true, place, List.of());
            all.add(new Said(new Value.Regex(piece, pattern.flags())));
        } else if (expression instanceof Expression.Constant constant) {
            all.add(new Said(new Value.Verbatim(constant.code())));
        } else if (expression instanceof Expression.Fields || expression instanceof Expression.Items) {
            all.add(new Container(unit, expression, scope, List.of()));
        } else if (expression instanceof Expression.Function function) {
            all.add(new Callable(unit, function, scope));
        }
        if (all.isEmpty()) {
            all.add(unknown(unit, expression));
        }
        return all.size() > MAX_WAYS * 4 ? all.subList(0, MAX_WAYS * 4) : all;
    }

    private static Unknown unknown(SourceUnit unit, Expression expression) {
        return new Unknown(unit, expression.at(), false);
    }

    private static List<Meaning> through(List<Meaning> meanings, Passage passage) {
        List<Meaning> all = new ArrayList<>();
        for (Meaning meaning : meanings) {
            if (meaning instanceof Located located) {
                all.add(new Located(located.chain().through(passage)));
            } else if (meaning instanceof Said said) {
                all.add(new Said(through(said.value(), passage)));
            } else if (meaning instanceof Container container) {
                List<Passage> passages = new ArrayList<>(container.passages());
                passages.add(passage);
                all.add(new Container(container.unit(), container.literal(), container.scope(), passages));
            } else {
                all.add(meaning);
            }
        }
        return all;
    }

    private static Value through(Value value, Passage passage) {
        if (value instanceof Value.Text text) {
            return new Value.Text(
                    text.pieces().stream().map(p -> p.through(passage)).toList());
        }
        return value instanceof Value.Regex regex
                ? new Value.Regex(regex.source().through(passage), regex.flags())
                : value;
    }

    private List<Meaning> self(SourceUnit unit, Expression expression, Scope scope) {
        Optional<Outline.Type> type = unit.outline().typeAround(expression.at().start());
        if (!scope.self().isEmpty()) {
            Instance object = scope.self().get(0);
            boolean mine = type.isPresent()
                    && lineage(object.unit(), object.type(), 0).stream().anyMatch(k -> k.type() == type.get());
            if (mine) {
                return List.of(object);
            }
        }
        return type.<Meaning>map(t -> new Instance(unit, t, Scope.EMPTY)).stream()
                .toList();
    }

    private List<Meaning> name(SourceUnit unit, Expression.Name name, Scope scope, int depth) {
        Optional<Binding> found = unit.outline().lookup(name.name(), name.at().start());
        if (found.isEmpty()) {
            return unbound(unit, name, scope, depth);
        }
        Binding binding = found.get();
        return switch (binding.kind()) {
            case PARAMETER -> parameter(unit, binding, scope, depth);
            case LOOP -> List.of(new Unknown(unit, binding.at(), false));
            case VARIABLE -> variable(unit, binding, scope, depth);
            case FUNCTION ->
                binding.values().stream()
                        .flatMap(v -> evaluate(unit, v, scope, depth + 1).stream())
                        .toList();
            case TYPE ->
                unit.outline().types.stream()
                        .filter(t -> t.name().equals(name.name()))
                        .<Meaning>map(t -> new Kind(unit, t))
                        .toList();
            case IMPORT -> imported(unit, binding, name.at(), depth);
        };
    }

    private List<Meaning> unbound(SourceUnit unit, Expression.Name name, Scope scope, int depth) {
        if (unit.language().bareMembers()) {
            for (Meaning self : self(unit, name, scope)) {
                if (self instanceof Instance object
                        && !properties(object, name.name()).isEmpty()) {
                    return member(unit, self, new Expression.Member(name.at(), name, name.name()), depth);
                }
            }
        }
        boolean type =
                !name.name().isEmpty() && Character.isUpperCase(name.name().charAt(0));
        return type ? kinds(unit, name.name()) : List.of();
    }

    private List<Meaning> variable(SourceUnit unit, Binding binding, Scope scope, int depth) {
        List<Meaning> all = new ArrayList<>();
        for (Expression value : binding.values()) {
            all.addAll(evaluate(unit, value, scope, depth + 1));
        }
        if (binding.values().isEmpty()) {
            all.addAll(typed(unit, binding.type()));
        }
        if (all.isEmpty()) {
            all.add(new Unknown(unit, binding.at(), false));
        }
        return through(all, new Passage(DefinitionKind.VARIABLE, binding.name(), unit, List.of(binding)));
    }

    private List<Meaning> parameter(SourceUnit unit, Binding binding, Scope scope, int depth) {
        Bound bound = scope.parameters().get(binding);
        if (bound != null) {
            Passage passage = new Passage(DefinitionKind.ARGUMENT, binding.name(), unit, List.of(binding));
            return through(evaluate(bound.unit(), bound.expression(), bound.scope(), depth + 1), passage);
        }
        List<Meaning> all = new ArrayList<>(typed(unit, binding.type()));
        if (all.isEmpty() && foreign(unit, binding.type())) {
            all.add(new Unknown(unit, binding.at(), true));
        }
        if (all.isEmpty()) {
            for (SourceUnit other : sources.near(unit, withFixture(unit, binding.name()))) {
                for (Outline.Property fixture : other.outline().fixtures) {
                    if (fixture.name().equals(binding.name())) {
                        for (Expression value : fixture.value()) {
                            Passage passage = new Passage(DefinitionKind.METHOD, binding.name(), other, List.of());
                            all.addAll(through(evaluate(other, value, Scope.EMPTY, depth + 1), passage));
                        }
                    }
                }
            }
        }
        return all.isEmpty() ? List.of(new Unknown(unit, binding.at(), false)) : all;
    }

    private List<SourceUnit> withFixture(SourceUnit unit, String name) {
        return sources.holding(name, unit).stream()
                .filter(u ->
                        u.outline().fixtures.stream().anyMatch(f -> f.name().equals(name)))
                .toList();
    }

    /** Returns objects of a declared type, if its class is part of the project. */
    private List<Meaning> typed(SourceUnit unit, String type) {
        if (!type.matches("[A-Za-z_$][\\w$]*")) {
            return List.of();
        }
        List<Meaning> all = new ArrayList<>();
        for (Kind kind : types(unit, type)) {
            all.add(new Instance(kind.unit(), kind.type(), Scope.EMPTY));
        }
        return all;
    }

    /** Whether a declared type is one of a library, so that no class of the project is meant. */
    private boolean foreign(SourceUnit unit, String type) {
        Optional<Binding> binding = unit.outline().lookup(type, unit.root.start);
        return unit.language().bareMembers()
                ? !type.isEmpty()
                : binding.isPresent()
                        && binding.get().kind() == Binding.Kind.IMPORT
                        && sources.imported(unit, binding.get().source().module())
                                .isEmpty();
    }

    private List<Kind> types(SourceUnit unit, String type) {
        List<Kind> all = new ArrayList<>();
        int start = unit.root.start;
        Expression name = new Expression.Name(new Span(start, start), type);
        boolean bound = unit.outline().lookup(type, start).isPresent();
        boolean capital = !type.isEmpty() && Character.isUpperCase(type.charAt(0));
        List<Meaning> found =
                bound ? evaluate(unit, name, Scope.EMPTY, MAX_DEPTH - 6) : capital ? kinds(unit, type) : List.of();
        for (Meaning meaning : found) {
            if (meaning instanceof Kind kind) {
                all.add(kind);
            }
        }
        return all;
    }

    private List<Meaning> kinds(SourceUnit unit, String name) {
        List<SourceUnit> units = sources.holding(name, unit).stream()
                .filter(u -> u.outline().types.stream().anyMatch(t -> t.name().equals(name)))
                .toList();
        List<Meaning> all = new ArrayList<>();
        for (SourceUnit other : sources.near(unit, units)) {
            other.outline().types.stream().filter(t -> t.name().equals(name)).forEach(t -> all.add(new Kind(other, t)));
        }
        return all;
    }

    private List<Meaning> imported(SourceUnit unit, Binding binding, Span use, int depth) {
        Outline.Import source = binding.source();
        Optional<SourceUnit> module = sources.imported(unit, source.module());
        if (module.isEmpty() && !source.name().equals("*")) {
            String below = source.module().endsWith(".") ? source.module() : source.module() + ".";
            Optional<SourceUnit> inner = sources.imported(unit, below + source.name());
            if (inner.isPresent()) {
                return List.of(new Module(inner.get()));
            }
        }
        if (module.isEmpty()) {
            return List.of(new Unknown(unit, use, true));
        }
        if (source.name().equals("*")) {
            return List.of(new Module(module.get()));
        }
        List<Meaning> all = exported(module.get(), source.name(), depth + 1);
        if (all.isEmpty()) {
            String below = source.module() + "." + source.name();
            sources.imported(unit, below).ifPresent(inner -> all.add(new Module(inner)));
        }
        return all.isEmpty() ? List.of(new Unknown(unit, use, true)) : all;
    }

    private List<Meaning> exported(SourceUnit unit, String name, int depth) {
        List<Meaning> all = new ArrayList<>();
        if (depth > MAX_DEPTH) {
            return all;
        }
        int dot = name.indexOf('.');
        if (dot > 0) { // a static import of Java: Ids.CART
            for (Outline.Type type : unit.outline().types) {
                if (type.name().equals(name.substring(0, dot))) {
                    all.addAll(properties(new Kind(unit, type), name.substring(dot + 1), depth));
                }
            }
            return all;
        }
        for (Outline.Export export : unit.outline().exports) {
            boolean star = export.name().equals("*") && export.from().name().equals("*");
            if (export.name().equals(name) || star) {
                for (Expression value : export.value()) {
                    all.addAll(evaluate(unit, value, Scope.EMPTY, depth + 1));
                }
                String wanted = star ? name : export.from().name();
                Optional<SourceUnit> from = export.from().module().isEmpty()
                        ? Optional.empty()
                        : sources.imported(unit, export.from().module());
                if (from.isPresent() && wanted.equals("*")) {
                    all.add(new Module(from.get()));
                } else {
                    from.ifPresent(other -> all.addAll(exported(other, wanted, depth + 1)));
                }
            }
        }
        if (all.isEmpty() && unit.language().dialect() == Dialect.PYTHON) {
            Expression inside = new Expression.Name(unit.root.span(), name);
            unit.outline()
                    .lookup(name, unit.root.start)
                    .ifPresent(b -> all.addAll(evaluate(unit, inside, Scope.EMPTY, depth + 1)));
        }
        return all;
    }

    private List<Meaning> member(SourceUnit unit, Meaning object, Expression.Member member, int depth) {
        String name = member.name();
        if (object instanceof Instance || object instanceof Kind) {
            List<Meaning> all = properties(object, name, depth);
            return all.isEmpty() ? List.of(unknown(unit, member)) : all;
        }
        if (object instanceof Container container && container.literal() instanceof Expression.Fields fields) {
            Expression value = fields.entries().get(name);
            return value == null ? List.of(unknown(unit, member)) : field(container, name, value, depth);
        }
        if (object instanceof Module module) {
            List<Meaning> all = exported(module.unit(), name, depth + 1);
            return all.isEmpty() ? List.of(unknown(unit, member)) : all;
        }
        if (object instanceof Said && name.equals("value")) {
            return List.of(object); // an enumeration of Python
        }
        if (object instanceof Unknown unknown) {
            if (unknown.foreign()) {
                return List.of(new Unknown(unit, member.at(), true));
            }
            List<Meaning> all = new ArrayList<>(anywhere(unit, name, depth));
            all.add(new Unknown(unknown.unit(), unknown.at(), false));
            return all;
        }
        return List.of(unknown(unit, member));
    }

    private List<Meaning> field(Container container, String name, Expression value, int depth) {
        Passage passage = new Passage(DefinitionKind.MEMBER, name, container.unit(), List.of());
        List<Meaning> all = new ArrayList<>();
        for (Meaning meaning : evaluate(container.unit(), value, container.scope(), depth + 1)) {
            all.add(meaning);
        }
        return through(all, passage);
    }

    private List<Meaning> entry(SourceUnit unit, Meaning object, Expression key, Scope scope, int depth) {
        if (!(object instanceof Container container)) {
            boolean foreign = object instanceof Unknown unknown && unknown.foreign();
            return object instanceof Unknown unknown && !foreign
                    ? List.of(unknown)
                    : List.of(new Unknown(unit, key.at(), foreign));
        }
        List<Meaning> all = new ArrayList<>();
        for (Value value : values(unit, key, scope, depth + 1)) {
            String text = value instanceof Value.Text said
                    ? said.value()
                    : value instanceof Value.Verbatim verbatim ? verbatim.code() : "" + Value.HOLE;
            boolean open = text.indexOf(Value.HOLE) >= 0;
            if (container.literal() instanceof Expression.Fields fields) {
                fields.entries().forEach((name, one) -> {
                    if (open || name.equals(text)) {
                        all.addAll(field(container, name, one, depth));
                    }
                });
            } else if (container.literal() instanceof Expression.Items items) {
                for (int i = 0; i < items.items().size(); i++) {
                    if (open || text.equals("" + i)) {
                        List<Meaning> found =
                                evaluate(container.unit(), items.items().get(i), container.scope(), depth + 1);
                        for (Passage passage : container.passages()) {
                            found = through(found, passage);
                        }
                        all.addAll(found);
                    }
                }
            }
        }
        return all.isEmpty() ? List.of(new Unknown(unit, key.at(), false)) : all;
    }

    /** A class and those it extends, nearest first. */
    private List<Kind> lineage(SourceUnit unit, Outline.Type type, int depth) {
        List<Kind> all = new ArrayList<>(List.of(new Kind(unit, type)));
        if (depth < 8 && ++steps < MAX_STEPS) {
            for (String parent : type.parents()) {
                for (Kind kind : parent.equals(type.name()) ? List.<Kind>of() : types(unit, parent)) {
                    all.addAll(lineage(kind.unit(), kind.type(), depth + 1));
                }
            }
        }
        return all;
    }

    private record Owned(SourceUnit unit, Outline.Property property, Meaning object) {}

    /** Returns the members of a name with a value: of the class, else of the nearest parent that has any, else of its children. */
    private List<Owned> properties(Meaning object, String name) {
        SourceUnit unit = object instanceof Instance instance ? instance.unit() : ((Kind) object).unit();
        Outline.Type type = object instanceof Instance instance ? instance.type() : ((Kind) object).type();
        for (Kind kind : lineage(unit, type, 0)) {
            List<Owned> found = new ArrayList<>();
            for (Outline.Property property : kind.type().named(name)) {
                found.add(new Owned(kind.unit(), property, object));
            }
            boolean set = found.stream()
                    .anyMatch(o -> !o.property().value().isEmpty()
                            || !types(o.unit(), o.property().type()).isEmpty());
            if (set) {
                return found;
            }
        }
        List<Owned> below = new ArrayList<>();
        for (SourceUnit other : sources.holding(type.name(), unit)) {
            for (Outline.Type child : other.outline().types) {
                if (child != type && child.parents().contains(type.name())) {
                    for (Outline.Property property : child.named(name)) {
                        below.add(new Owned(other, property, new Instance(other, child, Scope.EMPTY)));
                    }
                }
            }
        }
        return below;
    }

    private List<Meaning> properties(Meaning object, String name, int depth) {
        List<Meaning> all = new ArrayList<>();
        for (Owned owned : properties(object, name)) {
            Scope scope = scope(owned.object());
            for (Expression value : owned.property().value()) {
                if (value instanceof Expression.Function function) {
                    Passage passage = new Passage(DefinitionKind.METHOD, name, owned.unit(), List.of());
                    for (Expression result : function.results()) {
                        all.addAll(through(evaluate(owned.unit(), result, scope, depth + 1), passage));
                    }
                } else {
                    Passage passage = new Passage(DefinitionKind.FIELD, name, owned.unit(), List.of());
                    all.addAll(through(evaluate(owned.unit(), value, scope, depth + 1), passage));
                }
            }
            boolean unset = owned.property().value().isEmpty() || all.stream().allMatch(m -> m instanceof Unknown);
            if (unset) {
                all.addAll(0, typed(owned.unit(), owned.property().type()));
            }
        }
        return all;
    }

    private static Scope scope(Meaning object) {
        return object instanceof Instance instance ? instance.scope().of(instance) : Scope.EMPTY;
    }

    /** Returns locators and page objects that any member of a name may be; never a text. */
    private List<Meaning> anywhere(SourceUnit unit, String name, int depth) {
        List<SourceUnit> units = sources.holding(name, unit).stream()
                .filter(u ->
                        u.outline().types.stream().anyMatch(t -> !t.named(name).isEmpty())
                                || u.outline().literals.stream()
                                        .anyMatch(l -> l.entries().containsKey(name)))
                .toList();
        List<Meaning> all = new ArrayList<>();
        for (SourceUnit other : sources.near(unit, units)) {
            for (Outline.Type type : other.outline().types) {
                if (!type.named(name).isEmpty()) {
                    all.addAll(properties(new Instance(other, type, Scope.EMPTY), name, depth + 1));
                }
            }
            for (Expression.Fields literal : other.outline().literals) {
                Expression value = literal.entries().get(name);
                if (value != null && depth < MAX_DEPTH / 2) {
                    all.addAll(field(new Container(other, literal, Scope.EMPTY, List.of()), name, value, depth + 1));
                }
            }
        }
        return all.stream()
                .filter(m -> m instanceof Instance
                        || m instanceof Container
                        || (m instanceof Located located
                                && !located.chain().links().isEmpty()))
                .toList();
    }

    private List<Meaning> call(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        String name = call.callee().name();
        List<Meaning> all = new ArrayList<>();
        if (!call.callee().receiver().isEmpty() && isLocatorMethod(name)) {
            all.addAll(located(unit, call, scope, depth));
            if (!all.isEmpty()) {
                return all;
            }
        }
        if (!call.callee().receiver().isEmpty()
                && name.matches("get|at")
                && call.arguments().size() == 1) {
            for (Meaning object : evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
                if (object instanceof Container) {
                    all.addAll(entry(unit, object, call.arguments().get(0), scope, depth));
                }
            }
            if (!all.isEmpty()) {
                return all;
            }
        }
        List<Callable> functions = callables(unit, call, scope, depth);
        for (Callable function : functions) {
            all.addAll(result(unit, call, scope, function, depth));
        }
        if (functions.isEmpty() && call.callee().receiver().isEmpty()) {
            Expression callee = new Expression.Name(call.callee().at(), name);
            for (Meaning meaning : evaluate(unit, callee, scope, depth + 1)) {
                if (meaning instanceof Kind kind) {
                    all.add(new Instance(kind.unit(), kind.type(), constructed(unit, call, scope, kind)));
                } else if (meaning instanceof Unknown unknown && unknown.foreign()) {
                    all.add(new Unknown(unit, call.at(), true));
                }
            }
        }
        return all;
    }

    private List<Meaning> located(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        List<Meaning> all = new ArrayList<>();
        List<List<Value>> arguments = arguments(unit, call, scope, depth);
        for (Meaning receiver : evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
            boolean own = (receiver instanceof Instance || receiver instanceof Kind)
                    && !properties(receiver, call.callee().name()).isEmpty();
            boolean page = receiver instanceof Unknown || receiver instanceof Instance;
            if (own || !(page || receiver instanceof Located)) {
                continue;
            }
            Chain chain = receiver instanceof Located located ? located.chain() : Chain.PAGE;
            for (List<Value> values : arguments) {
                all.add(new Located(chain.then(new Chain.Link(unit, call, values, List.of()))));
            }
        }
        return all;
    }

    private List<List<Value>> arguments(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        List<List<Value>> lists = new ArrayList<>(List.of(List.of()));
        for (Expression argument : call.arguments()) {
            lists = crossed(lists, values(unit, argument, scope, depth + 1));
        }
        if (!call.named().isEmpty()) {
            Map<String, Expression> entries = new LinkedHashMap<>();
            call.named().forEach((key, value) -> entries.put(Dialect.canonical(key), value));
            lists = crossed(lists, values(unit, new Expression.Fields(call.at(), entries), scope, depth + 1));
        }
        return lists;
    }

    private static List<List<Value>> crossed(List<List<Value>> lists, List<Value> values) {
        List<List<Value>> crossed = new ArrayList<>();
        for (List<Value> list : lists) {
            for (Value value : values) {
                if (crossed.size() < MAX_WAYS) {
                    List<Value> longer = new ArrayList<>(list);
                    longer.add(value);
                    crossed.add(longer);
                }
            }
        }
        return crossed;
    }

    /** Returns what an argument of a locator call may be; what is not known is a hole. */
    private List<Value> values(SourceUnit unit, Expression expression, Scope scope, int depth) {
        if (expression instanceof Expression.Fields fields) {
            return members(unit, fields, scope, depth);
        }
        List<Value> all = new ArrayList<>();
        for (Meaning meaning : evaluate(unit, expression, scope, depth + 1)) {
            if (meaning instanceof Said said) {
                all.add(said.value());
            } else if (meaning instanceof Located located
                    && !located.chain().links().isEmpty()) {
                all.add(new Value.Inner(located.chain()));
            } else if (meaning instanceof Container container
                    && container.literal() instanceof Expression.Fields fields) {
                all.addAll(members(container.unit(), fields, container.scope(), depth));
            } else if (meaning instanceof Unknown unknown) {
                all.add(hole(unknown));
            }
        }
        if (all.isEmpty()) {
            all.add(hole(unknown(unit, expression)));
        }
        return all.size() > MAX_WAYS ? all.subList(0, MAX_WAYS) : all;
    }

    private static Value hole(Unknown unknown) {
        Value.Place place =
                new Value.Place(unknown.unit(), unknown.at(), new Quoting("", Quoting.Rule.RAW, Quoting.Holes.NONE));
        return new Value.Text(List.of(new Value.Piece("" + Value.HOLE, false, place, List.of())));
    }

    private List<Value> members(SourceUnit unit, Expression.Fields fields, Scope scope, int depth) {
        List<Map<String, Value>> ways = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, Expression> entry : fields.entries().entrySet()) {
            List<Map<String, Value>> longer = new ArrayList<>();
            for (Map<String, Value> way : ways) {
                for (Value value : values(unit, entry.getValue(), scope, depth + 1)) {
                    if (longer.size() < MAX_WAYS) {
                        Map<String, Value> more = new LinkedHashMap<>(way);
                        more.put(entry.getKey(), value);
                        longer.add(more);
                    }
                }
            }
            ways = longer;
        }
        return ways.stream().<Value>map(Value.Members::new).toList();
    }

    private List<Value.Text> texts(SourceUnit unit, Expression.Text text, Scope scope, int depth) {
        List<List<Value.Piece>> ways = new ArrayList<>(List.of(List.of()));
        for (Expression.Part part : text.parts()) {
            List<List<Value.Piece>> choices = new ArrayList<>();
            if (part instanceof Expression.Part.Still still) {
                Value.Place place = new Value.Place(unit, still.at(), still.quoting());
                choices.add(List.of(new Value.Piece(still.value(), true, place, List.of())));
            } else if (part instanceof Expression.Part.Hole hole) {
                for (Value value : values(unit, hole.expression(), scope, depth + 1)) {
                    choices.add(pieces(unit, hole.expression(), value));
                }
            }
            List<List<Value.Piece>> longer = new ArrayList<>();
            for (List<Value.Piece> way : ways) {
                for (List<Value.Piece> choice : choices) {
                    if (longer.size() < MAX_WAYS) {
                        List<Value.Piece> more = new ArrayList<>(way);
                        more.addAll(choice);
                        longer.add(more);
                    }
                }
            }
            ways = longer;
        }
        return ways.stream().map(Value.Text::new).toList();
    }

    private static List<Value.Piece> pieces(SourceUnit unit, Expression expression, Value value) {
        if (value instanceof Value.Text text) {
            return text.pieces();
        }
        Value.Text unknown = (Value.Text) hole(new Unknown(unit, expression.at(), false));
        Value.Piece piece = unknown.pieces().get(0);
        return value instanceof Value.Verbatim verbatim
                ? List.of(new Value.Piece(verbatim.code(), false, piece.place(), List.of()))
                : List.of(piece);
    }

    private List<Callable> callables(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        List<Callable> all = new ArrayList<>();
        String name = call.callee().name();
        if (call.callee().receiver().isEmpty()) {
            Optional<Binding> binding =
                    unit.outline().lookup(name, call.callee().at().start());
            if (binding.isEmpty() && unit.language().bareMembers()) {
                for (Meaning self : self(unit, call, scope)) {
                    all.addAll(methods(self, name));
                }
            }
            if (binding.isPresent() || all.isEmpty()) {
                for (Meaning meaning :
                        evaluate(unit, new Expression.Name(call.callee().at(), name), scope, depth + 1)) {
                    if (meaning instanceof Callable callable) {
                        all.add(callable);
                    }
                }
            }
            return all;
        }
        for (Meaning object : evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
            if (object instanceof Instance || object instanceof Kind) {
                all.addAll(methods(object, name));
            } else if (object instanceof Container container
                    && container.literal() instanceof Expression.Fields fields
                    && fields.entries().get(name) instanceof Expression.Function function) {
                all.add(new Callable(container.unit(), function, container.scope()));
            } else if (object instanceof Module module) {
                for (Meaning meaning : exported(module.unit(), name, depth + 1)) {
                    if (meaning instanceof Callable callable) {
                        all.add(callable);
                    }
                }
            } else if (object instanceof Unknown unknown && !unknown.foreign()) {
                all.addAll(methodsAnywhere(unit, name));
            }
        }
        return all;
    }

    private List<Callable> methods(Meaning object, String name) {
        List<Callable> all = new ArrayList<>();
        for (Owned owned : properties(object, name)) {
            for (Expression value : owned.property().value()) {
                if (value instanceof Expression.Function function) {
                    all.add(new Callable(owned.unit(), function, scope(owned.object())));
                }
            }
        }
        return all;
    }

    private List<Callable> methodsAnywhere(SourceUnit unit, String name) {
        List<SourceUnit> units = sources.holding(name, unit).stream()
                .filter(u ->
                        u.outline().types.stream().anyMatch(t -> !t.named(name).isEmpty()))
                .toList();
        List<Callable> all = new ArrayList<>();
        for (SourceUnit other : sources.near(unit, units)) {
            for (Outline.Type type : other.outline().types) {
                if (!type.named(name).isEmpty()) {
                    all.addAll(methods(new Instance(other, type, Scope.EMPTY), name));
                }
            }
        }
        return all;
    }

    private List<Meaning> result(SourceUnit unit, Expression.Call call, Scope scope, Callable function, int depth) {
        Map<Binding, Bound> bound = bound(unit, call, scope, function.unit(), function.function());
        Passage passage = new Passage(DefinitionKind.METHOD, function.function().name(), function.unit(), List.of());
        List<Meaning> all = new ArrayList<>();
        for (Expression result : function.function().results()) {
            Scope inside = function.scope().with(bound);
            all.addAll(through(evaluate(function.unit(), result, inside, depth + 1), passage));
        }
        return all;
    }

    private Scope constructed(SourceUnit unit, Expression.Call call, Scope scope, Kind kind) {
        for (Kind one : lineage(kind.unit(), kind.type(), 0)) {
            for (Outline.Property property : one.type().named(Outline.Property.CONSTRUCTOR)) {
                for (Expression value : property.value()) {
                    if (value instanceof Expression.Function constructor) {
                        return new Scope(bound(unit, call, scope, one.unit(), constructor), List.of());
                    }
                }
            }
        }
        return Scope.EMPTY;
    }

    /** Returns what a call gives to the parameters of a function. */
    static Map<Binding, Bound> bound(
            SourceUnit unit, Expression.Call call, Scope scope, SourceUnit home, Expression.Function function) {
        Map<Binding, Bound> bound = new HashMap<>();
        List<Expression.Parameter> parameters = function.parameters();
        for (int i = 0; i < parameters.size(); i++) {
            Expression.Parameter parameter = parameters.get(i);
            Expression named = call.named().get(parameter.name());
            Optional<Expression> given = named != null
                    ? Optional.of(named)
                    : i < call.arguments().size() ? Optional.of(call.arguments().get(i)) : Optional.empty();
            for (Expression.Pick pick : parameter.picks()) {
                if (given.isPresent()) {
                    Expression value = pick.key().isEmpty()
                            ? given.get()
                            : new Expression.Member(given.get().at(), given.get(), pick.key());
                    bound.put(pick.variable(), new Bound(unit, value, scope));
                } else {
                    parameter.otherwise().stream()
                            .findFirst()
                            .ifPresent(value -> bound.put(pick.variable(), new Bound(home, value, Scope.EMPTY)));
                }
            }
        }
        return bound;
    }

    /** Returns the scopes callers of the functions around a place give it, up to three calls away; one empty scope if there are none. */
    List<Scope> callers(SourceUnit unit, int offset, int depth) {
        for (Expression.Function function : unit.outline().functionsAround(offset)) {
            if (function.name().isEmpty() || function.parameters().isEmpty()) {
                continue;
            }
            List<Scope> scopes = new ArrayList<>();
            for (SourceUnit other : sources.holding(function.name(), unit)) {
                for (Expression.Call call : other.outline().calls.values()) {
                    boolean named = call.callee().name().equals(function.name())
                            && !(other == unit && call.at().holds(function.at()))
                            && !(other == unit && function.at().holds(call.at()));
                    if (named && runs(other, call, function) && scopes.size() < MAX_WAYS * 8) {
                        List<Scope> outer = depth > 1
                                ? List.of(Scope.EMPTY)
                                : callers(other, call.at().start(), depth + 1);
                        for (Scope scope : outer) {
                            scopes.add(new Scope(bound(other, call, scope, unit, function), List.of()));
                        }
                    }
                }
            }
            if (!scopes.isEmpty()) {
                return scopes;
            }
        }
        return List.of(Scope.EMPTY);
    }

    private boolean runs(SourceUnit unit, Expression.Call call, Expression.Function function) {
        List<Callable> functions = callables(unit, call);
        return functions.stream().anyMatch(c -> c.function() == function);
    }
}
