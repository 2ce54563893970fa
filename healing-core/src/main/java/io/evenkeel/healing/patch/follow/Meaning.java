package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What an expression stands for. */
sealed interface Meaning {

    /** What names stand for around an expression: arguments given to parameters, and the object of the method. */
    record Scope(Map<Binding, Bound> parameters, List<Instance> self) {

        static final Scope EMPTY = new Scope(Map.of(), List.of());

        Scope with(Map<Binding, Bound> more) {
            Map<Binding, Bound> all = new HashMap<>(parameters);
            all.putAll(more);
            return new Scope(all, self);
        }

        Scope of(Instance object) {
            return new Scope(parameters, List.of(object));
        }
    }

    /** An expression in its own scope. */
    record Bound(SourceUnit unit, Expression expression, Scope scope) {}

    /** A locator, or the page. */
    record Located(Chain chain) implements Meaning {}

    /** A text, a pattern, a number. */
    record Said(Value value) implements Meaning {}

    /** An object of a class; the scope holds the arguments of its constructor. */
    record Instance(SourceUnit unit, Outline.Type type, Scope scope) implements Meaning {}

    /** A class itself. */
    record Kind(SourceUnit unit, Outline.Type type) implements Meaning {}

    /** All a file exports. */
    record Module(SourceUnit unit) implements Meaning {}

    /** A function that can be called. */
    record Callable(SourceUnit unit, Expression.Function function, Scope scope) implements Meaning {}

    /** An object literal or a list. */
    record Container(SourceUnit unit, Expression literal, Scope scope, List<Passage> passages) implements Meaning {}

    /**
     * Something only the run knows.
     *
     * @param foreign whether it comes from outside the project, so that nothing in the project can be meant
     */
    record Unknown(SourceUnit unit, Span at, boolean foreign) implements Meaning {}
}
