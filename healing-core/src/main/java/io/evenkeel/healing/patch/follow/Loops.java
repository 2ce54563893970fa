package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the variable of a loop stands for: each element of a list, each key, value or pair of an object that is written out.
 *
 * <p>A part of {@link Resolver}, which it asks for everything else. One thread.
 */
final class Loops {

    private final Resolver resolver;

    Loops(Resolver resolver) {
        this.resolver = resolver;
    }

    /** What of an object or a list a loop goes through. */
    enum View {
        ITEMS,
        KEYS,
        VALUES,
        PAIRS
    }

    /** What a loop goes through, without the call that says which part of it. */
    record Source(Expression base, View view) {

        /** Reads {@code Object.entries(x)}, {@code x.items()}, {@code x.entrySet()} and the like. */
        static Source of(SourceUnit unit, Expression expression) {
            if (expression instanceof Expression.Call call
                    && call.callee().receiver().size() == 1) {
                Expression receiver = call.callee().receiver().get(0);
                String name = call.callee().name();
                boolean library = receiver instanceof Expression.Name object
                        && object.name().equals("Object")
                        && call.arguments().size() == 1;
                boolean method = call.arguments().isEmpty() && call.named().isEmpty();
                return switch (unit.language().dialect()) {
                    case TYPESCRIPT ->
                        library ? viewed(expression, call.arguments().get(0), name) : plain(expression);
                    case PYTHON, JAVA -> method ? viewed(expression, receiver, name) : plain(expression);
                };
            }
            return plain(expression);
        }

        private static Source viewed(Expression whole, Expression base, String name) {
            return switch (name) {
                case "entries", "items", "entrySet" -> new Source(base, View.PAIRS);
                case "keys", "keySet" -> new Source(base, View.KEYS);
                case "values" -> new Source(base, View.VALUES);
                default -> plain(whole);
            };
        }

        private static Source plain(Expression expression) {
            return new Source(expression, View.ITEMS);
        }
    }

    List<Meaning> elements(SourceUnit unit, Expression.Element element, Scope scope, int depth) {
        Source source = Source.of(unit, element.source());
        List<Meaning> all = new ArrayList<>();
        for (Meaning meaning : resolver.evaluate(unit, source.base(), scope, depth + 1)) {
            boolean member = meaning instanceof Container container
                    && container.passages().stream().noneMatch(Passage::loop)
                    && container.passages().stream().anyMatch(p -> p.kind() == DefinitionKind.MEMBER);
            if (meaning instanceof Container container && !member) {
                all.addAll(elements(container, source.view(), depth));
            } else {
                all.add(meaning instanceof Unknown ? meaning : Resolver.unknown(unit, element));
            }
        }
        return all;
    }

    private List<Meaning> elements(Container container, View view, int depth) {
        List<Meaning> all = new ArrayList<>();
        if (container.literal() instanceof Expression.Items items && view == View.ITEMS) {
            for (Expression item : items.items()) {
                String code = container.unit().text(item.at().start(), item.at().end());
                if (code.startsWith("...") || code.startsWith("*")) {
                    return List.of(Resolver.unknown(container.unit(), item));
                }
                all.addAll(evaluated(container, item, depth));
            }
        } else if (container.literal() instanceof Expression.Fields fields) {
            boolean python = container.unit().language().dialect() == Dialect.PYTHON;
            View part = view == View.ITEMS && python ? View.KEYS : view;
            Expression rest = fields.entries().get(Expression.Fields.REST);
            if (rest != null || part == View.ITEMS) {
                return List.of(Resolver.unknown(container.unit(), rest == null ? fields : rest));
            }
            for (Map.Entry<String, Expression> entry : fields.entries().entrySet()) {
                if (part != View.VALUES && computed(fields, entry)) {
                    return List.of(Resolver.unknown(container.unit(), entry.getValue()));
                }
                all.addAll(evaluated(container, part(fields, entry, part), depth));
            }
        }
        return all.isEmpty() ? List.of(Resolver.unknown(container.unit(), container.literal())) : all;
    }

    /** Whether a key is the value of an expression; a shorthand and a method have a name that is not a text of its own. */
    private static boolean computed(Expression.Fields fields, Map.Entry<String, Expression> entry) {
        boolean named = entry.getValue() instanceof Expression.Function
                || (entry.getValue() instanceof Expression.Name name
                        && name.name().equals(entry.getKey()));
        return !fields.keys().containsKey(entry.getKey()) && !named;
    }

    private static Expression part(Expression.Fields fields, Map.Entry<String, Expression> entry, View view) {
        Expression.Part.Still still = fields.keys().get(entry.getKey());
        Expression key = still == null
                ? new Expression.Opaque(entry.getValue().at())
                : new Expression.Text(still.at(), List.of(still));
        return switch (view) {
            case KEYS -> key;
            case VALUES, ITEMS -> entry.getValue();
            case PAIRS -> new Expression.Items(fields.at(), List.of(key, entry.getValue()));
        };
    }

    private List<Meaning> evaluated(Container container, Expression expression, int depth) {
        List<Meaning> found = resolver.evaluate(container.unit(), expression, container.scope(), depth + 1);
        for (Passage passage : container.passages()) {
            found = Passage.through(found, passage);
        }
        return found;
    }

    /** Returns what {@code getKey()} and {@code getValue()} of a pair give back; empty if the call is another one. */
    List<Meaning> half(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        boolean asked = unit.language().dialect() == Dialect.JAVA
                && call.callee().name().matches("getKey|getValue")
                && call.callee().receiver().size() == 1
                && call.arguments().isEmpty();
        List<Meaning> all = new ArrayList<>();
        if (asked) {
            String index = call.callee().name().equals("getKey") ? "0" : "1";
            Expression key = new Expression.Constant(call.callee().at(), index);
            for (Meaning pair : resolver.evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
                if (pair instanceof Container || pair instanceof Unknown) {
                    all.addAll(resolver.members.entry(unit, pair, key, scope, depth));
                }
            }
        }
        return all;
    }
}
