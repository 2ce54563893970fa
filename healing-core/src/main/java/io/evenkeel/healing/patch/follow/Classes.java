package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Callable;
import io.evenkeel.healing.patch.follow.Meaning.Instance;
import io.evenkeel.healing.patch.follow.Meaning.Kind;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The classes of a project: which one a name or a declared type means, what it inherits, and what its members are.
 *
 * <p>A part of {@link Resolver}, which it asks for everything else. One thread.
 */
final class Classes {

    private final Resolver resolver;

    Classes(Resolver resolver) {
        this.resolver = resolver;
    }

    List<Meaning> self(SourceUnit unit, Expression expression, Scope scope) {
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

    /** Returns objects of a declared type, if its class is part of the project. */
    List<Meaning> typed(SourceUnit unit, String type) {
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
    boolean foreign(SourceUnit unit, String type) {
        Optional<Binding> binding = unit.outline().lookup(type, unit.root.start);
        return unit.language().bareMembers()
                ? !type.isEmpty()
                : binding.isPresent()
                        && binding.get().kind() == Binding.Kind.IMPORT
                        && resolver.sources
                                .imported(unit, binding.get().source().module())
                                .isEmpty();
    }

    private List<Kind> types(SourceUnit unit, String type) {
        List<Kind> all = new ArrayList<>();
        int start = unit.root.start;
        Expression name = new Expression.Name(new Span(start, start), type);
        boolean bound = unit.outline().lookup(type, start).isPresent();
        boolean capital = !type.isEmpty() && Character.isUpperCase(type.charAt(0));
        List<Meaning> found = bound
                ? resolver.evaluate(unit, name, Scope.EMPTY, Resolver.MAX_DEPTH - 6)
                : capital ? kinds(unit, type) : List.of();
        for (Meaning meaning : found) {
            if (meaning instanceof Kind kind) {
                all.add(kind);
            }
        }
        return all;
    }

    List<Meaning> kinds(SourceUnit unit, String name) {
        List<SourceUnit> units = resolver.sources.holding(name, unit).stream()
                .filter(u -> u.outline().types.stream().anyMatch(t -> t.name().equals(name)))
                .toList();
        List<Meaning> all = new ArrayList<>();
        for (SourceUnit other : resolver.sources.near(unit, units)) {
            other.outline().types.stream().filter(t -> t.name().equals(name)).forEach(t -> all.add(new Kind(other, t)));
        }
        return all;
    }

    /** A class and those it extends, nearest first. */
    List<Kind> lineage(SourceUnit unit, Outline.Type type, int depth) {
        List<Kind> all = new ArrayList<>(List.of(new Kind(unit, type)));
        if (depth < 8 && resolver.mayStep()) {
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
    List<Owned> properties(Meaning object, String name) {
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
        for (SourceUnit other : resolver.sources.holding(type.name(), unit)) {
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

    List<Meaning> properties(Meaning object, String name, int depth) {
        List<Meaning> all = new ArrayList<>();
        for (Owned owned : properties(object, name)) {
            Scope scope = scope(owned.object());
            for (Expression value : owned.property().value()) {
                if (value instanceof Expression.Function function) {
                    Passage passage = new Passage(DefinitionKind.METHOD, name, owned.unit(), List.of());
                    for (Expression result : function.results()) {
                        all.addAll(Passage.through(resolver.evaluate(owned.unit(), result, scope, depth + 1), passage));
                    }
                } else {
                    Passage passage = new Passage(DefinitionKind.FIELD, name, owned.unit(), List.of());
                    all.addAll(Passage.through(resolver.evaluate(owned.unit(), value, scope, depth + 1), passage));
                }
            }
            boolean unset = owned.property().value().isEmpty() || all.stream().allMatch(m -> m instanceof Unknown);
            if (unset) {
                all.addAll(0, typed(owned.unit(), owned.property().type()));
            }
        }
        return all;
    }

    static Scope scope(Meaning object) {
        return object instanceof Instance instance ? instance.scope().of(instance) : Scope.EMPTY;
    }

    List<Callable> methods(Meaning object, String name) {
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

    List<Callable> methodsAnywhere(SourceUnit unit, String name) {
        List<SourceUnit> units = resolver.sources.holding(name, unit).stream()
                .filter(u ->
                        u.outline().types.stream().anyMatch(t -> !t.named(name).isEmpty()))
                .toList();
        List<Callable> all = new ArrayList<>();
        for (SourceUnit other : resolver.sources.near(unit, units)) {
            for (Outline.Type type : other.outline().types) {
                if (!type.named(name).isEmpty()) {
                    all.addAll(methods(new Instance(other, type, Scope.EMPTY), name));
                }
            }
        }
        return all;
    }
}
