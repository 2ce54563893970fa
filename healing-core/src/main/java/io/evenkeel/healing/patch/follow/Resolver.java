package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.follow.Meaning.Callable;
import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Located;
import io.evenkeel.healing.patch.follow.Meaning.Said;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Says what an expression stands for.
 *
 * <p>Where something may be one of several, all are returned; the caller keeps those that are equal to what the call log prints. A text is
 * never guessed: where its source is not certain it has a hole. Bounded by steps, depth and alternatives. One thread.
 *
 * <p>An interpreter: {@link #evaluate} looks at the kind of the expression, and {@link Names}, {@link Classes}, {@link Members}, {@link Calls}, {@link Loops}
 * and {@link Values} each know one kind. An expression holds others of every kind, so they ask each other through this class.
 */
final class Resolver {

    private static final int MAX_STEPS = 60_000;
    static final int MAX_DEPTH = 40;
    static final int MAX_WAYS = 24;
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

    final Sources sources;
    final Names names = new Names(this);
    final Classes classes = new Classes(this);
    final Members members = new Members(this);
    final Calls calls = new Calls(this);
    final Values values = new Values(this);
    final Loops loops = new Loops(this);
    private int steps;
    private boolean cut;

    Resolver(Sources sources) {
        this.sources = sources;
    }

    /** Returns the first of many; notes that there were more. */
    <T> List<T> limited(List<T> all, int most) {
        cut |= all.size() > most;
        return all.size() > most ? all.subList(0, most) : all;
    }

    /** Notes that something was not looked at because there was too much. */
    void cut() {
        cut = true;
    }

    /** Returns whether something was not looked at because there was too much. */
    boolean isCut() {
        return cut;
    }

    /** Counts a step; false when there were too many. */
    boolean mayStep() {
        return ++steps < MAX_STEPS;
    }

    /** Returns the functions a call may run. */
    List<Callable> callables(SourceUnit unit, Expression.Call call) {
        return calls.callables(unit, call);
    }

    /**
     * Returns the scopes callers of the functions around a place give it, up to three calls away; one empty scope if there are none.
     *
     * @param stack how the place was reached; where it names a caller, the others are left out
     */
    List<Scope> callers(SourceUnit unit, int offset, CallStack stack) {
        return calls.callers(unit, offset, stack, 0);
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
        for (Value selector : values.values(unit, call.arguments().get(0), scope, 1)) {
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

    List<Meaning> evaluate(SourceUnit unit, Expression expression, Scope scope, int depth) {
        if (++steps > MAX_STEPS || depth > MAX_DEPTH) {
            cut = true;
            return List.of(unknown(unit, expression));
        }
        List<Meaning> all = new ArrayList<>();
        if (expression instanceof Expression.Name name) {
            all.addAll(names.name(unit, name, scope, depth));
        } else if (expression instanceof Expression.Self) {
            all.addAll(classes.self(unit, expression, scope));
        } else if (expression instanceof Expression.Member member) {
            for (Meaning object : evaluate(unit, member.object(), scope, depth + 1)) {
                all.addAll(members.member(unit, object, member, depth));
            }
        } else if (expression instanceof Expression.Entry entry) {
            for (Meaning object : evaluate(unit, entry.object(), scope, depth + 1)) {
                all.addAll(members.entry(unit, object, entry.key(), scope, depth));
            }
        } else if (expression instanceof Expression.Call call) {
            all.addAll(calls.call(unit, call, scope, depth));
        } else if (expression instanceof Expression.Choice choice) {
            choice.ways().forEach(way -> all.addAll(evaluate(unit, way, scope, depth + 1)));
        } else if (expression instanceof Expression.Text text) {
            values.texts(unit, text, scope, depth).forEach(t -> all.add(new Said(t)));
        } else if (expression instanceof Expression.Pattern pattern) {
            Value.Place place = new Value.Place(
                    unit, pattern.source().at(), pattern.source().quoting());
            Value.Piece piece = new Value.Piece(pattern.source().value(), true, place, List.of());
            all.add(new Said(new Value.Regex(piece, pattern.flags())));
        } else if (expression instanceof Expression.Constant constant) {
            all.add(new Said(new Value.Verbatim(constant.code())));
        } else if (expression instanceof Expression.Fields || expression instanceof Expression.Items) {
            all.add(new Container(unit, expression, scope, List.of()));
        } else if (expression instanceof Expression.Element element) {
            all.addAll(loops.elements(unit, element, scope, depth));
        } else if (expression instanceof Expression.Function function) {
            all.add(new Callable(unit, function, scope));
        }
        if (all.isEmpty()) {
            all.add(unknown(unit, expression));
        }
        return limited(all, MAX_WAYS * 4);
    }

    static Unknown unknown(SourceUnit unit, Expression expression) {
        return new Unknown(unit, expression.at(), false);
    }
}
