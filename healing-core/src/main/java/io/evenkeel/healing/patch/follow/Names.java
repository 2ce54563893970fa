package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Bound;
import io.evenkeel.healing.patch.follow.Meaning.Instance;
import io.evenkeel.healing.patch.follow.Meaning.Kind;
import io.evenkeel.healing.patch.follow.Meaning.Module;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a name stands for: a variable, a parameter, what is imported and exported, a fixture.
 *
 * <p>A part of {@link Resolver}, which it asks for everything else. One thread.
 */
final class Names {

    private final Resolver resolver;

    Names(Resolver resolver) {
        this.resolver = resolver;
    }

    List<Meaning> name(SourceUnit unit, Expression.Name name, Scope scope, int depth) {
        Optional<Binding> found = unit.outline().lookup(name.name(), name.at().start());
        if (found.isEmpty()) {
            return unbound(unit, name, scope, depth);
        }
        Binding binding = found.get();
        return switch (binding.kind()) {
            case PARAMETER -> parameter(unit, binding, scope, depth);
            case LOOP -> loop(unit, binding, scope, depth);
            case VARIABLE -> variable(unit, binding, scope, depth);
            case FUNCTION ->
                binding.values().stream()
                        .flatMap(v -> resolver.evaluate(unit, v, scope, depth + 1).stream())
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
            for (Meaning self : resolver.classes.self(unit, name, scope)) {
                if (self instanceof Instance object
                        && !resolver.classes.properties(object, name.name()).isEmpty()) {
                    return resolver.members.member(
                            unit, self, new Expression.Member(name.at(), name, name.name()), depth);
                }
            }
        }
        boolean type =
                !name.name().isEmpty() && Character.isUpperCase(name.name().charAt(0));
        return type ? resolver.classes.kinds(unit, name.name()) : List.of();
    }

    List<Meaning> variable(SourceUnit unit, Binding binding, Scope scope, int depth) {
        List<Meaning> all = new ArrayList<>();
        for (Expression value : binding.values()) {
            all.addAll(resolver.evaluate(unit, value, scope, depth + 1));
        }
        if (binding.values().isEmpty()) {
            all.addAll(resolver.classes.typed(unit, binding.type()));
        }
        if (all.isEmpty()) {
            all.add(new Unknown(unit, binding.at(), false));
        }
        return Passage.through(all, new Passage(DefinitionKind.VARIABLE, binding.name(), unit, List.of(binding)));
    }

    private List<Meaning> loop(SourceUnit unit, Binding binding, Scope scope, int depth) {
        List<Meaning> all = new ArrayList<>();
        for (Expression value : binding.values()) {
            all.addAll(resolver.evaluate(unit, value, scope, depth + 1));
        }
        if (all.isEmpty()) {
            return List.of(new Unknown(unit, binding.at(), false));
        }
        List<Binding> same = new ArrayList<>(List.of(binding)); // Python knows the name after the loop too
        unit.outline().bindings.stream()
                .filter(b -> b != binding && b.at().equals(binding.at()))
                .forEach(same::add);
        return Passage.through(all, new Passage(DefinitionKind.VARIABLE, binding.name(), unit, same));
    }

    private List<Meaning> parameter(SourceUnit unit, Binding binding, Scope scope, int depth) {
        Bound bound = scope.parameters().get(binding);
        if (bound != null) {
            Passage passage = new Passage(DefinitionKind.ARGUMENT, binding.name(), unit, List.of(binding));
            return Passage.through(
                    resolver.evaluate(bound.unit(), bound.expression(), bound.scope(), depth + 1), passage);
        }
        List<Meaning> all = new ArrayList<>(resolver.classes.typed(unit, binding.type()));
        if (all.isEmpty() && resolver.classes.foreign(unit, binding.type())) {
            all.add(new Unknown(unit, binding.at(), true));
        }
        if (all.isEmpty()) {
            for (SourceUnit other : resolver.sources.near(unit, withFixture(unit, binding.name()))) {
                for (Outline.Property fixture : other.outline().fixtures) {
                    if (fixture.name().equals(binding.name())) {
                        for (Expression value : fixture.value()) {
                            Passage passage = new Passage(DefinitionKind.METHOD, binding.name(), other, List.of());
                            all.addAll(
                                    Passage.through(resolver.evaluate(other, value, Scope.EMPTY, depth + 1), passage));
                        }
                    }
                }
            }
        }
        return all.isEmpty() ? List.of(new Unknown(unit, binding.at(), false)) : all;
    }

    private List<SourceUnit> withFixture(SourceUnit unit, String name) {
        return resolver.sources.holding(name, unit).stream()
                .filter(u ->
                        u.outline().fixtures.stream().anyMatch(f -> f.name().equals(name)))
                .toList();
    }

    List<Meaning> imported(SourceUnit unit, Binding binding, Span use, int depth) {
        Outline.Import source = binding.source();
        Optional<SourceUnit> module = resolver.sources.imported(unit, source.module());
        if (module.isEmpty() && !source.name().equals("*")) {
            String below = source.module().endsWith(".") ? source.module() : source.module() + ".";
            Optional<SourceUnit> inner = resolver.sources.imported(unit, below + source.name());
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
            resolver.sources.imported(unit, below).ifPresent(inner -> all.add(new Module(inner)));
        }
        return all.isEmpty() ? List.of(new Unknown(unit, use, true)) : all;
    }

    List<Meaning> exported(SourceUnit unit, String name, int depth) {
        List<Meaning> all = new ArrayList<>();
        if (depth > Resolver.MAX_DEPTH) {
            return all;
        }
        int dot = name.indexOf('.');
        if (dot > 0) { // a static import of Java: Ids.CART
            for (Outline.Type type : unit.outline().types) {
                if (type.name().equals(name.substring(0, dot))) {
                    all.addAll(resolver.classes.properties(new Kind(unit, type), name.substring(dot + 1), depth));
                }
            }
            return all;
        }
        for (Outline.Export export : unit.outline().exports) {
            boolean star = export.name().equals("*") && export.from().name().equals("*");
            if (export.name().equals(name) || star) {
                for (Expression value : export.value()) {
                    all.addAll(resolver.evaluate(unit, value, Scope.EMPTY, depth + 1));
                }
                String wanted = star ? name : export.from().name();
                Optional<SourceUnit> from = export.from().module().isEmpty()
                        ? Optional.empty()
                        : resolver.sources.imported(unit, export.from().module());
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
                    .ifPresent(b -> all.addAll(resolver.evaluate(unit, inside, Scope.EMPTY, depth + 1)));
        }
        return all;
    }
}
