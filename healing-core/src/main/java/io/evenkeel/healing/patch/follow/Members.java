package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Instance;
import io.evenkeel.healing.patch.follow.Meaning.Kind;
import io.evenkeel.healing.patch.follow.Meaning.Located;
import io.evenkeel.healing.patch.follow.Meaning.Module;
import io.evenkeel.healing.patch.follow.Meaning.Said;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What a member of an object or an entry of a list stands for.
 *
 * <p>A part of {@link Resolver}, which it asks for everything else. One thread.
 */
final class Members {

    private final Resolver resolver;

    Members(Resolver resolver) {
        this.resolver = resolver;
    }

    List<Meaning> member(SourceUnit unit, Meaning object, Expression.Member member, int depth) {
        String name = member.name();
        if (object instanceof Instance || object instanceof Kind) {
            List<Meaning> all = resolver.classes.properties(object, name, depth);
            return all.isEmpty() ? List.of(Resolver.unknown(unit, member)) : all;
        }
        if (object instanceof Container container && container.literal() instanceof Expression.Fields fields) {
            Expression value = fields.entries().get(name);
            return value == null ? List.of(Resolver.unknown(unit, member)) : field(container, name, value, depth);
        }
        if (object instanceof Module module) {
            List<Meaning> all = resolver.names.exported(module.unit(), name, depth + 1);
            return all.isEmpty() ? List.of(Resolver.unknown(unit, member)) : all;
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
        return List.of(Resolver.unknown(unit, member));
    }

    private List<Meaning> field(Container container, String name, Expression value, int depth) {
        Passage passage = new Passage(DefinitionKind.MEMBER, name, container.unit(), List.of());
        List<Meaning> all = new ArrayList<>();
        for (Meaning meaning : resolver.evaluate(container.unit(), value, container.scope(), depth + 1)) {
            all.add(meaning);
        }
        List<Meaning> found = Passage.through(all, passage);
        if (container.passages().stream().anyMatch(Passage::loop)) {
            for (Passage outer : container.passages()) {
                found = Passage.through(found, outer);
            }
        }
        return found;
    }

    List<Meaning> entry(SourceUnit unit, Meaning object, Expression key, Scope scope, int depth) {
        if (!(object instanceof Container container)) {
            boolean foreign = object instanceof Unknown unknown && unknown.foreign();
            return object instanceof Unknown unknown && !foreign
                    ? List.of(unknown)
                    : List.of(new Unknown(unit, key.at(), foreign));
        }
        List<Meaning> all = new ArrayList<>();
        for (Value value : resolver.values.values(unit, key, scope, depth + 1)) {
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
                        List<Meaning> found = resolver.evaluate(
                                container.unit(), items.items().get(i), container.scope(), depth + 1);
                        for (Passage passage : container.passages()) {
                            found = Passage.through(found, passage);
                        }
                        all.addAll(found);
                    }
                }
            }
        }
        return all.isEmpty() ? List.of(new Unknown(unit, key.at(), false)) : all;
    }

    /** Returns locators and page objects that any member of a name may be; never a text. */
    private List<Meaning> anywhere(SourceUnit unit, String name, int depth) {
        List<SourceUnit> units = resolver.sources.holding(name, unit).stream()
                .filter(u ->
                        u.outline().types.stream().anyMatch(t -> !t.named(name).isEmpty())
                                || u.outline().literals.stream()
                                        .anyMatch(l -> l.entries().containsKey(name)))
                .toList();
        List<Meaning> all = new ArrayList<>();
        for (SourceUnit other : resolver.sources.near(unit, units)) {
            for (Outline.Type type : other.outline().types) {
                if (!type.named(name).isEmpty()) {
                    all.addAll(resolver.classes.properties(new Instance(other, type, Scope.EMPTY), name, depth + 1));
                }
            }
            for (Expression.Fields literal : other.outline().literals) {
                Expression value = literal.entries().get(name);
                if (value != null && depth < Resolver.MAX_DEPTH / 2) {
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
}
