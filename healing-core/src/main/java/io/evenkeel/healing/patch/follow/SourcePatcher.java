package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.patch.Patcher;
import io.evenkeel.healing.patch.follow.Meaning.Scope;
import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.Language;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.patch.tree.SyntaxNode;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Patches tests of several languages; the ending of the failing file decides which.
 *
 * <p>From the failing call it follows variables, fields, getters, constructors, constants, fixtures, helper functions and their arguments
 * to where the locator is written. A place is accepted only if all that can stand there is equal to what the call log prints and one edit
 * of one place makes it the new locator. Thread-safe.
 */
public final class SourcePatcher implements Patcher {

    private static final int HEADER = 2_000;

    private final List<Language> languages;

    /** @param languages asked in this order for the ending of a file */
    public SourcePatcher(List<Language> languages) {
        this.languages = List.copyOf(languages);
    }

    @Override
    public PatchOutcome propose(CallStack stack, Locator old, Locator replacement, SourceFiles files) {
        CallSite place = stack.place();
        if (!place.known()) {
            return new PatchOutcome.Refused(place, "The report does not say where the failing call stands.");
        }
        if (old.equals(replacement)) {
            return new PatchOutcome.Refused(place, "The new locator is the same as the old one.");
        }
        Sources sources = new Sources(files, languages);
        String path = files.canonical(place.file());
        if (files.read(path).isEmpty()) {
            return new PatchOutcome.Refused(place, "The source file cannot be read.");
        }
        if (sources.language(path).isEmpty()) {
            return new PatchOutcome.Refused(place, "The language of the source file is not supported.");
        }
        Optional<SourceUnit> unit = sources.unit(path);
        if (unit.isEmpty()) {
            return new PatchOutcome.Refused(place, "The source file is not UTF-8 or too large.");
        }
        List<SyntaxNode> calls = calls(unit.get(), place);
        if (calls.isEmpty()) {
            return new PatchOutcome.Refused(
                    place, "There is no call at the reported place; the source changed since the run or is generated.");
        }
        Search search = new Search(new Question(stack, old, replacement), sources, unit.get());
        return search.decide(calls);
    }

    /**
     * Returns the locators a call may stand for, as far as the sources say.
     *
     * @param place a call of a locator method
     * @return empty if there is no such call; parts only the run knows are one private-use character
     */
    public List<Locator> written(CallSite place, SourceFiles files) {
        Sources sources = new Sources(files, languages);
        List<Locator> locators = new ArrayList<>();
        sources.unit(files.canonical(place.file())).ifPresent(unit -> {
            for (SyntaxNode node : calls(unit, place)) {
                Optional.ofNullable(unit.outline().calls.get(node))
                        .ifPresent(call -> new Resolver(sources)
                                .chains(unit, call, Scope.EMPTY)
                                .forEach(chain -> chain.locator().ifPresent(locators::add)));
            }
        });
        return locators;
    }

    /** What is asked. */
    private record Question(CallStack stack, Locator old, Locator replacement) {

        CallSite place() {
            return stack.place();
        }
    }

    /** Returns the calls that may have failed: one if the column is known, else those of the line. */
    private static List<SyntaxNode> calls(SourceUnit unit, CallSite place) {
        if (place.column() > 0) {
            int offset = unit.offset(place);
            return offset < 0
                    ? List.of()
                    : callAt(unit, unit.at(offset)).stream().toList();
        }
        Span line = unit.line(place.line());
        Set<SyntaxNode> named = new LinkedHashSet<>();
        unit.outline().calls.forEach((node, call) -> {
            boolean step = !call.callee().receiver().isEmpty()
                    && Resolver.isLocatorMethod(call.callee().name());
            if (line.holds(call.callee().at()) && !step) {
                named.add(node);
            }
        });
        if (named.isEmpty()) { // a chain over several lines is reported by its first
            unit.outline().calls.forEach((node, call) -> {
                boolean begins = line.holds(node.start)
                        && !Resolver.isLocatorMethod(call.callee().name());
                if (begins) {
                    named.add(node);
                }
            });
        }
        return List.copyOf(named);
    }

    private static Optional<SyntaxNode> callAt(SourceUnit unit, SyntaxNode node) {
        for (Optional<SyntaxNode> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            if (unit.outline().calls.containsKey(at.get())) {
                return at;
            }
            if (at.get().is("statement_block", "program", "class_body", "block", "module", "comment", "ERROR")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The way from one failing call to one edit. */
    private static final class Search {

        private final Question question;
        private final Sources sources;
        private final SourceUnit unit;
        private final List<Edits.Edit> edits = new ArrayList<>();
        private final List<Value.Piece> blocked = new ArrayList<>();
        private boolean matched;
        private boolean unchanged;
        private boolean cut;

        Search(Question question, Sources sources, SourceUnit unit) {
            this.question = question;
            this.sources = sources;
            this.unit = unit;
        }

        PatchOutcome decide(List<SyntaxNode> nodes) {
            for (SyntaxNode node : nodes) {
                Expression.Call call = unit.outline().calls.getOrDefault(node, nothing(node));
                if (node.broken()) {
                    return refused("The source has an error of syntax at the failing call.");
                }
                follow(call, nodes.size() == 1);
            }
            List<Edits.Edit> distinct = distinct();
            if (matched && !unchanged && distinct.size() == 1) {
                return proposed(distinct.get(0));
            }
            return refuse(distinct);
        }

        private static Expression.Call nothing(SyntaxNode node) {
            Expression.Callee callee = new Expression.Callee(List.of(), "", node.span());
            return new Expression.Call(node.span(), callee, List.of(), java.util.Map.of());
        }

        private PatchOutcome refuse(List<Edits.Edit> distinct) {
            if (distinct.size() > 1) {
                return refused("The definition could be in " + distinct.size() + " places.");
            }
            if (!blocked.isEmpty()) {
                Value.Place at = blocked.get(0).place();
                return new PatchOutcome.Refused(
                        at.unit().site(at.at().start()), "A part of the locator is known only when the test runs.");
            }
            return refused(
                    matched
                            ? "The change needs more than one edit."
                            : "The locator is built in a way that could not be followed to its definition, or the source changed since the run.");
        }

        private PatchOutcome refused(String reason) {
            return new PatchOutcome.Refused(question.place(), reason);
        }

        private void follow(Expression.Call call, boolean only) {
            boolean before = matched;
            for (List<Expression> group : groups(call, only)) {
                Resolver callers = new Resolver(sources);
                for (Scope scope : callers.callers(unit, call.at().start(), question.stack())) {
                    for (Expression expression : group) {
                        Resolver resolver = new Resolver(sources);
                        resolver.chains(unit, expression, scope).forEach(this::compare);
                        cut |= resolver.isCut();
                    }
                    boolean selector = group.contains(call)
                            && !Resolver.isLocatorMethod(call.callee().name());
                    if (selector) {
                        Resolver resolver = new Resolver(sources);
                        resolver.selectorAction(unit, call, scope).forEach(this::compare);
                        cut |= resolver.isCut();
                    }
                }
                cut |= callers.isCut();
                if (matched && !before) {
                    return;
                }
            }
        }

        private void compare(Chain chain) {
            Optional<Chain> said = chain.saying(question.old());
            if (said.isEmpty()) {
                return;
            }
            matched = true;
            List<Edits.Edit> found = Edits.between(said.get(), question.old(), question.replacement());
            edits.addAll(found);
            if (found.isEmpty()) {
                // A caller whose text only the run knows says nothing against one that has the very text: re-runs prove
                // it.
                unchanged |= chain.holes().isEmpty();
                blocked.addAll(chain.holes());
            }
        }

        /** The expressions the failing call may have got its locator from, best first. */
        private List<List<Expression>> groups(Expression.Call call, boolean only) {
            List<Expression> receivers = new ArrayList<>();
            call.callee().receiver().forEach(r -> receivers.add(expected(r).orElse(r)));
            List<List<Expression>> groups = new ArrayList<>(List.of(receivers, List.of(call)));
            if (only) {
                groups.add(call.arguments());
            }
            return groups;
        }

        /** {@code expect(locator).not}, {@code assertThat(locator)}. */
        private static Optional<Expression> expected(Expression receiver) {
            Expression at = receiver;
            while (at instanceof Expression.Member member) {
                at = member.object();
            }
            boolean expects = at instanceof Expression.Call call
                    && call.callee().name().matches("expect|soft|assertThat|poll")
                    && !call.arguments().isEmpty();
            return expects ? Optional.of(((Expression.Call) at).arguments().get(0)) : Optional.empty();
        }

        private List<Edits.Edit> distinct() {
            List<Edits.Edit> distinct = new ArrayList<>();
            for (Edits.Edit edit : edits) {
                if (distinct.stream().noneMatch(edit::samePlace)) {
                    distinct.add(edit);
                }
            }
            return distinct;
        }

        private PatchOutcome proposed(Edits.Edit edit) {
            SourceUnit home = edit.target().unit();
            Span at = edit.target().at();
            CallSite site = home.site(at.start());
            if (generated(home)) {
                return new PatchOutcome.Refused(site, "The file is generated; change what generates it.");
            }
            if (broken(home, at.start())) {
                return new PatchOutcome.Refused(site, "The source has an error of syntax at the locator.");
            }
            Uses uses = new Uses(sources);
            if (edit.literal() == Edits.Nature.TEXT && uses.hasOtherMeaning(edit)) {
                return new PatchOutcome.Refused(
                        site,
                        "The text is used with another meaning too; only a person can tell whether that changes.");
            }
            if (edit.looped() && cut) {
                return new PatchOutcome.Refused(
                        site, "The loop has too many elements, or too many callers, to be sure of one.");
            }
            if (LoopUses.clashes(edit)) {
                return new PatchOutcome.Refused(
                        site, "The new text cannot be a key here: it is one already, or has a meaning of its own.");
            }
            Patch.Definition definition = definition(edit, site, uses);
            return new PatchOutcome.Proposed(new Patch(
                    home.path,
                    new Patch.Range(at.start(), at.end()),
                    home.text(at.start(), at.end()),
                    edit.text(),
                    definition));
        }

        private Patch.Definition definition(Edits.Edit edit, CallSite site, Uses uses) {
            if (!edit.passages().isEmpty()) {
                Passage nearest = edit.passages().get(0);
                return new Patch.Definition(nearest.kind(), nearest.name(), site, uses.users(edit, question.place()));
            }
            Optional<Expression.Function> function =
                    edit
                            .target()
                            .unit()
                            .outline()
                            .functionsAround(edit.target().at().start())
                            .stream()
                            .filter(f -> !f.name().isEmpty() && !f.name().matches("constructor|__init__"))
                            .findFirst();
            List<CallSite> callers =
                    function.map(f -> uses.callers(edit.target().unit(), f)).orElse(List.of());
            return new Patch.Definition(
                    DefinitionKind.CALL, function.map(Expression.Function::name).orElse(""), site, callers);
        }

        private static boolean broken(SourceUnit unit, int offset) {
            Optional<SyntaxNode> at = Optional.of(unit.at(offset));
            for (int i = 0; i < 3 && at.isPresent(); i++) {
                if (at.get().broken() && at.get().parent().isPresent()) {
                    return true;
                }
                at = at.get().parent();
            }
            return false;
        }

        private static boolean generated(SourceUnit unit) {
            int end = unit.root.end;
            String head = unit.text(0, Math.min(end, HEADER)).split("\\R(?!\\s*(//|#|\\*|/\\*))", 2)[0];
            String tail = unit.text(Math.max(0, end - HEADER), end);
            return head.contains("@generated")
                    || head.contains("DO NOT EDIT")
                    || tail.contains("//# sourceMappingURL=");
        }
    }
}
