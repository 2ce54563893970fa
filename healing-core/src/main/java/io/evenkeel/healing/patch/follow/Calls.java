package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Bound;
import io.evenkeel.healing.patch.follow.Meaning.Callable;
import io.evenkeel.healing.patch.follow.Meaning.Container;
import io.evenkeel.healing.patch.follow.Meaning.Instance;
import io.evenkeel.healing.patch.follow.Meaning.Kind;
import io.evenkeel.healing.patch.follow.Meaning.Located;
import io.evenkeel.healing.patch.follow.Meaning.Module;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.follow.Meaning.Unknown;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.source.CallStack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a call gives back: a locator, an object, the result of a function of the project; and who calls a function with what.
 *
 * <p>A part of {@link Resolver}, which it asks for everything else. One thread.
 */
final class Calls {

    private static final int MAX_SCOPES = Resolver.MAX_WAYS * 8;

    private final Resolver resolver;

    Calls(Resolver resolver) {
        this.resolver = resolver;
    }

    /** Returns the functions a call may run. */
    List<Callable> callables(SourceUnit unit, Expression.Call call) {
        return callables(unit, call, Scope.EMPTY, 0);
    }

    List<Meaning> call(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        String name = call.callee().name();
        List<Meaning> all = new ArrayList<>();
        if (!call.callee().receiver().isEmpty() && Resolver.isLocatorMethod(name)) {
            all.addAll(located(unit, call, scope, depth));
            if (!all.isEmpty()) {
                return all;
            }
        }
        if (!call.callee().receiver().isEmpty()
                && name.matches("get|at")
                && call.arguments().size() == 1) {
            for (Meaning object :
                    resolver.evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
                if (object instanceof Container) {
                    all.addAll(resolver.members.entry(
                            unit, object, call.arguments().get(0), scope, depth));
                }
            }
            if (!all.isEmpty()) {
                return all;
            }
        }
        List<Meaning> half = resolver.loops.half(unit, call, scope, depth);
        if (!half.isEmpty()) {
            return half;
        }
        List<Callable> functions = callables(unit, call, scope, depth);
        for (Callable function : functions) {
            all.addAll(result(unit, call, scope, function, depth));
        }
        if (functions.isEmpty() && call.callee().receiver().isEmpty()) {
            Expression callee = new Expression.Name(call.callee().at(), name);
            for (Meaning meaning : resolver.evaluate(unit, callee, scope, depth + 1)) {
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
        List<List<Value>> arguments = resolver.values.arguments(unit, call, scope, depth);
        for (Meaning receiver : resolver.evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
            boolean own = (receiver instanceof Instance || receiver instanceof Kind)
                    && !resolver.classes
                            .properties(receiver, call.callee().name())
                            .isEmpty();
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

    private List<Callable> callables(SourceUnit unit, Expression.Call call, Scope scope, int depth) {
        List<Callable> all = new ArrayList<>();
        String name = call.callee().name();
        if (call.callee().receiver().isEmpty()) {
            Optional<Binding> binding =
                    unit.outline().lookup(name, call.callee().at().start());
            if (binding.isEmpty() && unit.language().bareMembers()) {
                for (Meaning self : resolver.classes.self(unit, call, scope)) {
                    all.addAll(resolver.classes.methods(self, name));
                }
            }
            if (binding.isPresent() || all.isEmpty()) {
                for (Meaning meaning : resolver.evaluate(
                        unit, new Expression.Name(call.callee().at(), name), scope, depth + 1)) {
                    if (meaning instanceof Callable callable) {
                        all.add(callable);
                    }
                }
            }
            return all;
        }
        for (Meaning object : resolver.evaluate(unit, call.callee().receiver().get(0), scope, depth + 1)) {
            if (object instanceof Instance || object instanceof Kind) {
                all.addAll(resolver.classes.methods(object, name));
            } else if (object instanceof Container container
                    && container.literal() instanceof Expression.Fields fields
                    && fields.entries().get(name) instanceof Expression.Function function) {
                all.add(new Callable(container.unit(), function, container.scope()));
            } else if (object instanceof Module module) {
                for (Meaning meaning : resolver.names.exported(module.unit(), name, depth + 1)) {
                    if (meaning instanceof Callable callable) {
                        all.add(callable);
                    }
                }
            } else if (object instanceof Unknown unknown && !unknown.foreign()) {
                all.addAll(resolver.classes.methodsAnywhere(unit, name));
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
            all.addAll(Passage.through(resolver.evaluate(function.unit(), result, inside, depth + 1), passage));
        }
        return all;
    }

    private Scope constructed(SourceUnit unit, Expression.Call call, Scope scope, Kind kind) {
        for (Kind one : resolver.classes.lineage(kind.unit(), kind.type(), 0)) {
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

    /**
     * Returns the scopes callers of the functions around a place give it, up to three calls away; one empty scope if there are none.
     *
     * @param stack how the place was reached; where it names a caller, the others are left out
     */
    List<Scope> callers(SourceUnit unit, int offset, CallStack stack, int depth) {
        for (Expression.Function function : unit.outline().functionsAround(offset)) {
            if (function.name().isEmpty() || function.parameters().isEmpty()) {
                continue;
            }
            List<Scope> scopes = new ArrayList<>();
            for (Caller caller : callers(unit, function, stack)) {
                List<Scope> outer = depth > 1
                        ? List.of(Scope.EMPTY)
                        : callers(caller.unit(), caller.call().at().start(), stack, depth + 1);
                for (Scope scope : outer) {
                    scopes.add(new Scope(bound(caller.unit(), caller.call(), scope, unit, function), List.of()));
                }
            }
            if (!scopes.isEmpty()) {
                return resolver.limited(scopes, MAX_SCOPES);
            }
        }
        return List.of(Scope.EMPTY);
    }

    private record Caller(SourceUnit unit, Expression.Call call) {}

    private List<Caller> callers(SourceUnit home, Expression.Function function, CallStack stack) {
        List<Caller> named = new ArrayList<>();
        for (SourceUnit unit : resolver.sources.holding(function.name(), home)) {
            for (Expression.Call call : unit.outline().calls.values()) {
                boolean within = unit == home
                        && (call.at().holds(function.at()) || function.at().holds(call.at()));
                if (call.callee().name().equals(function.name()) && !within) {
                    named.add(new Caller(unit, call));
                }
            }
        }
        List<Caller> onTheWay =
                running(named.stream().filter(c -> passes(stack, c)).toList(), function);
        return onTheWay.isEmpty() ? running(named, function) : onTheWay;
    }

    private List<Caller> running(List<Caller> named, Expression.Function function) {
        List<Caller> running = new ArrayList<>();
        for (Caller caller : named) {
            if (running.size() >= MAX_SCOPES) {
                resolver.cut();
                break;
            }
            if (callables(caller.unit(), caller.call()).stream().anyMatch(c -> c.function() == function)) {
                running.add(caller);
            }
        }
        return running;
    }

    /** A frame points at the name that is called, or at the {@code await} before it, so only its line counts. */
    private boolean passes(CallStack stack, Caller caller) {
        int line = caller.unit().site(caller.call().callee().at().start()).line();
        return stack.callers().stream()
                .anyMatch(frame -> frame.line() == line
                        && resolver.sources.path(frame.file()).equals(caller.unit().path));
    }
}
