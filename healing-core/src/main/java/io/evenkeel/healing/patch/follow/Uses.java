package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.tree.Binding;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Outline;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.SyntaxNode;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.synthesis.Dialect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds who else uses what an edit changes, and for what. One thread. */
final class Uses {

    private static final int MAX_USES = 500;
    private static final int MAX_DEPTH = 3;
    private static final String OTHER = "other";
    private static final String SAME = "same";

    private final Sources sources;

    Uses(Sources sources) {
        this.sources = sources;
    }

    /** The use of a name, where it is written. */
    private record Use(SourceUnit unit, SyntaxNode node) {}

    /** Returns the places that use the definition, the failing call not among them, each once. */
    List<CallSite> users(Edits.Edit edit, CallSite failing) {
        List<CallSite> users = new ArrayList<>();
        edit.passages().stream().findFirst().ifPresent(passage -> {
            for (Use use : of(edit, passage)) {
                CallSite site = use.unit().site(use.node().start);
                if (!users.contains(site)) {
                    users.add(site);
                }
            }
        });
        users.stream() // the last use before the failing call on its line is the failing one
                .filter(u -> u.sameFileAs(failing) && u.line() == failing.line())
                .filter(u -> failing.column() == 0 || u.column() <= failing.column())
                .max((a, b) -> (failing.column() == 0 ? -1 : 1) * Integer.compare(a.column(), b.column()))
                .ifPresent(users::remove);
        return users;
    }

    /** Returns the callers of a function the edited call stands in. */
    List<CallSite> callers(SourceUnit home, Expression.Function function) {
        List<CallSite> callers = new ArrayList<>();
        for (SourceUnit unit : sources.holding(function.name(), home)) {
            for (Expression.Call call : unit.outline().calls.values()) {
                boolean runs = call.callee().name().equals(function.name())
                        && callers.size() < MAX_USES
                        && new Resolver(sources).callables(unit, call).stream().anyMatch(c -> c.function() == function);
                if (runs) {
                    callers.add(unit.site(call.callee().at().start()));
                }
            }
        }
        callers.sort(java.util.Comparator.comparing(CallSite::file).thenComparing(CallSite::line));
        return callers;
    }

    /** Returns whether a text is used for anything but naming elements in the way the edited call does. */
    boolean hasOtherMeaning(Edits.Edit edit) {
        Set<String> families = new HashSet<>();
        families.add(family(edit.link().call()));
        for (Passage passage : edit.passages()) {
            for (Use use : of(edit, passage)) {
                families.add(family(use, edit, 0));
            }
        }
        families.remove(SAME);
        return families.size() > 1;
    }

    private List<Use> of(Edits.Edit edit, Passage passage) {
        List<Use> uses = new ArrayList<>();
        Set<String> names = new HashSet<>(Set.of(passage.name()));
        for (Outline.Export export : passage.unit().outline().exports) {
            boolean same = export.value().stream()
                    .anyMatch(v ->
                            v instanceof Expression.Name name && name.name().equals(passage.name()));
            if (same && !passage.variable().isEmpty() && !export.name().equals("default")) {
                names.add(export.name());
            }
        }
        boolean local = !passage.variable().isEmpty()
                && !passage.variable().get(0).scope().equals(passage.unit().root.span());
        List<SourceUnit> units = local || passage.kind() == DefinitionKind.ARGUMENT
                ? List.of(passage.unit())
                : names.stream()
                        .sorted()
                        .flatMap(name -> sources.holding(name, passage.unit()).stream())
                        .distinct()
                        .toList();
        for (SourceUnit unit : units) {
            for (Binding binding : unit.outline().bindings) {
                if (names.contains(binding.source().name())) {
                    names.add(binding.name());
                }
            }
            for (Outline.Use use : unit.outline().uses) {
                boolean set = use.node().field.equals("left")
                        && use.node()
                                .parent()
                                .filter(p -> p.type.startsWith("assignment"))
                                .isPresent();
                if (!set && names.contains(use.name()) && uses.size() < MAX_USES && means(unit, use, edit, passage)) {
                    uses.add(new Use(unit, use.node()));
                }
            }
            if (passage.kind() == DefinitionKind.METHOD) {
                methodCalls(unit, edit, passage, uses);
            }
        }
        return uses;
    }

    private void methodCalls(SourceUnit unit, Edits.Edit edit, Passage passage, List<Use> uses) {
        unit.outline().calls.forEach((node, call) -> {
            boolean named = call.callee().name().equals(passage.name()) && uses.size() < MAX_USES;
            boolean known = uses.stream()
                    .anyMatch(
                            u -> u.unit() == unit && node.span().holds(u.node().span()));
            if (named && !known && touches(new Resolver(sources).meanings(unit, call), edit)) {
                SyntaxNode at = unit.at(call.callee().at().start());
                uses.add(new Use(unit, at));
            }
        });
    }

    private boolean means(SourceUnit unit, Outline.Use use, Edits.Edit edit, Passage passage) {
        if (!passage.variable().isEmpty() && use.expression() instanceof Expression.Name) {
            Optional<Binding> binding = unit.outline().lookup(use.name(), use.node().start);
            if (unit == passage.unit()) {
                return binding.filter(passage.variable()::contains).isPresent();
            }
        }
        return passage.kind() != DefinitionKind.ARGUMENT
                && touches(new Resolver(sources).meanings(unit, use.expression()), edit);
    }

    private static boolean touches(List<Meaning> meanings, Edits.Edit edit) {
        return meanings.stream().anyMatch(m -> touches(m, edit));
    }

    private static boolean touches(Meaning meaning, Edits.Edit edit) {
        if (meaning instanceof Meaning.Said said) {
            return touches(said.value(), edit);
        }
        if (meaning instanceof Meaning.Container container && edit.looped()) {
            return container.unit() == edit.target().unit()
                    && container.literal().at().holds(edit.target().at());
        }
        return meaning instanceof Meaning.Located located && touches(new Value.Inner(located.chain()), edit);
    }

    private static boolean touches(Value value, Edits.Edit edit) {
        if (value instanceof Value.Text text) {
            return text.pieces().stream()
                    .anyMatch(p -> p.place().unit() == edit.target().unit()
                            && p.place().at().equals(edit.target().at()));
        }
        if (value instanceof Value.Regex regex) {
            return regex.source().place().unit() == edit.target().unit()
                    && regex.source().place().at().equals(edit.target().at());
        }
        if (value instanceof Value.Members members) {
            return members.members().values().stream().anyMatch(v -> touches(v, edit));
        }
        return value instanceof Value.Inner inner
                && inner.chain().links().stream()
                        .anyMatch(link -> link.call().equals(edit.link().call())
                                || link.arguments().stream().anyMatch(a -> touches(a, edit)));
    }

    /** What a text is used for: the kind of locator it stands in, or something else. */
    private String family(Use use, Edits.Edit edit, int depth) {
        Optional<SyntaxNode> at = Optional.of(use.node());
        boolean wrapped = false;
        while (at.isPresent()) {
            Expression.Call call = use.unit().outline().calls.get(at.get());
            boolean argument =
                    call != null && use.node().start > call.callee().at().end() - 1 && at.get() != use.node();
            if (call != null && argument) {
                return Resolver.isLocatorMethod(call.callee().name()) || action(call, use.node())
                        ? family(call)
                        : wrapped ? OTHER : passed(use, call, edit, depth);
            }
            if (edit.looped()) {
                List<Binding> loops = LoopUses.over(use.unit(), at.get().span());
                if (!loops.isEmpty()) {
                    return looped(use.unit(), loops, edit, depth);
                }
                switch (LoopUses.step(use.unit(), use.node(), at.get(), edit)) {
                    case OTHER -> {
                        return OTHER;
                    }
                    case BESIDE -> {
                        return SAME;
                    }
                    case WRAPPED -> wrapped = true;
                    case SAME -> {}
                }
            }
            boolean named = at.get().is("export_specifier")
                    || (at.get().is("variable_declarator", "assignment", "assignment_expression", "pair")
                            && alias(use.unit(), at.get(), edit));
            if (named) {
                return SAME; // its own uses are looked at too
            }
            at = at.get().parent();
        }
        return OTHER;
    }

    /** What the elements are used for that loops over an object or a list give out, as far as they may hold the text. */
    private String looped(SourceUnit unit, List<Binding> loops, Edits.Edit edit, int depth) {
        Set<String> families = new HashSet<>();
        for (Binding variable : loops) {
            if (LoopUses.mayHold(unit, variable, edit)) {
                for (Outline.Use inner : unit.outline().uses) {
                    boolean same = inner.name().equals(variable.name())
                            && inner.expression() instanceof Expression.Name
                            && unit.outline()
                                    .lookup(inner.name(), inner.node().start)
                                    .filter(b -> b.at().equals(variable.at()))
                                    .isPresent();
                    if (same) {
                        families.add(family(new Use(unit, inner.node()), edit, depth));
                    }
                }
            }
        }
        families.remove(SAME);
        return families.isEmpty()
                ? SAME
                : families.size() == 1 ? families.iterator().next() : OTHER;
    }

    private static boolean alias(SourceUnit unit, SyntaxNode node, Edits.Edit edit) {
        Optional<SyntaxNode> named =
                node.child("name").or(() -> node.child("left")).or(() -> node.child("key"));
        String name = named.map(unit::text)
                .map(text -> text.substring(text.lastIndexOf('.') + 1))
                .orElse("");
        if (edit.looped() && !name.isEmpty()) {
            Optional<Binding> binding = unit.outline().lookup(name, named.get().start);
            return node.is("variable_declarator", "assignment")
                    && binding.filter(b -> b.kind() == Binding.Kind.VARIABLE
                                    && edit.passages().stream()
                                            .anyMatch(p -> p.variable().contains(b)))
                            .isPresent();
        }
        return edit.passages().stream().anyMatch(p -> p.name().equals(name));
    }

    private static boolean action(Expression.Call call, SyntaxNode use) {
        return call.callee().name().matches("click|fill|check|uncheck|hover|tap|dblclick|waitForSelector")
                && call.arguments().size() > 1
                && call.arguments().get(0).at().holds(use.span());
    }

    private String passed(Use use, Expression.Call call, Edits.Edit edit, int depth) {
        if (depth >= MAX_DEPTH) {
            return OTHER;
        }
        Set<String> families = new HashSet<>();
        for (Meaning.Callable function : new Resolver(sources).callables(use.unit(), call)) {
            Calls.bound(use.unit(), call, Scope.EMPTY, function.unit(), function.function())
                    .forEach((binding, bound) -> {
                        if (bound.expression().at().holds(use.node().span())) {
                            for (Outline.Use inner : function.unit().outline().uses) {
                                boolean same = inner.name().equals(binding.name())
                                        && function.unit()
                                                .outline()
                                                .lookup(inner.name(), inner.node().start)
                                                .filter(b -> b == binding)
                                                .isPresent();
                                if (same) {
                                    families.add(family(new Use(function.unit(), inner.node()), edit, depth + 1));
                                }
                            }
                        }
                    });
        }
        return families.size() == 1 ? families.iterator().next() : OTHER;
    }

    /** The kind of text a locator method takes. */
    private static String family(Expression.Call call) {
        return switch (Dialect.canonical(call.callee().name())) {
            case "getByTestId" -> "test id";
            case "getByRole", "getByText", "getByLabel", "getByPlaceholder", "getByAltText", "getByTitle", "filter" ->
                "wording";
            default -> "selector";
        };
    }
}
