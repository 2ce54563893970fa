package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Located;
import io.evenkeel.healing.patch.follow.Meaning.Said;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Quoting;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values an argument of a locator call may have; what is not known is a hole.
 *
 * <p>A part of {@link Resolver}, which it asks for everything else. One thread.
 */
final class Values {

    private final Resolver resolver;

    Values(Resolver resolver) {
        this.resolver = resolver;
    }

    List<List<Value>> arguments(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
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

    private List<List<Value>> crossed(List<List<Value>> lists, List<Value> values) {
        List<List<Value>> crossed = new ArrayList<>();
        for (List<Value> list : lists) {
            for (Value value : values) {
                if (crossed.size() < Resolver.MAX_WAYS) {
                    List<Value> longer = new ArrayList<>(list);
                    longer.add(value);
                    crossed.add(longer);
                } else {
                    resolver.cut();
                }
            }
        }
        return crossed;
    }

    /** Returns what an argument of a locator call may be; what is not known is a hole. */
    List<Value> values(SourceUnit unit, Expression expression, Scope scope, int depth) {
        if (expression instanceof Expression.Fields fields) {
            return members(unit, fields, scope, depth);
        }
        List<Value> all = new ArrayList<>();
        for (Meaning meaning : resolver.evaluate(unit, expression, scope, depth + 1)) {
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
            all.add(hole(Resolver.unknown(unit, expression)));
        }
        return resolver.limited(all, Resolver.MAX_WAYS);
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
                    if (longer.size() < Resolver.MAX_WAYS) {
                        Map<String, Value> more = new LinkedHashMap<>(way);
                        more.put(entry.getKey(), value);
                        longer.add(more);
                    } else {
                        resolver.cut();
                    }
                }
            }
            ways = longer;
        }
        return ways.stream().<Value>map(Value.Members::new).toList();
    }

    List<Value.Text> texts(SourceUnit unit, Expression.Text text, Scope scope, int depth) {
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
                    if (longer.size() < Resolver.MAX_WAYS) {
                        List<Value.Piece> more = new ArrayList<>(way);
                        more.addAll(choice);
                        longer.add(more);
                    } else {
                        resolver.cut();
                    }
                }
            }
            ways = longer;
        }
        return ways.stream().map(Value.Text::new).toList();
    }

    static List<Value.Piece> pieces(SourceUnit unit, Expression expression, Value value) {
        if (value instanceof Value.Text text) {
            return text.pieces();
        }
        Value.Text unknown = (Value.Text) hole(new Unknown(unit, expression.at(), false));
        Value.Piece piece = unknown.pieces().get(0);
        return value instanceof Value.Verbatim verbatim
                ? List.of(new Value.Piece(verbatim.code(), false, piece.place(), List.of()))
                : List.of(piece);
    }
}
