package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.patch.Patcher;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.synthesis.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Patches TypeScript and JavaScript tests.
 *
 * <p>From the failing call it follows variables, fields, getters, constructors, constants, helper functions and their arguments to where
 * the locator is written, and accepts a place only if what is written there is equal to what the call log prints. Thread-safe.
 */
public final class TypeScriptPatcher implements Patcher {

    @Override
    public PatchOutcome propose(CallSite place, Locator old, Locator replacement, SourceFiles files) {
        if (!place.known()) {
            return new PatchOutcome.Refused(place, "The report does not say where the failing call stands.");
        }
        Sources sources = new Sources(files);
        Optional<byte[]> bytes = files.read(place.file());
        if (bytes.isEmpty()) {
            return new PatchOutcome.Refused(place, "The source file cannot be read.");
        }
        Optional<SourceUnit> unit = sources.unit(place.file());
        if (unit.isEmpty()) {
            return new PatchOutcome.Refused(place, "The source file is not UTF-8 or too large.");
        }
        int offset = unit.get().offset(place);
        Optional<SyntaxNode> call = offset < 0 ? Optional.empty() : failingCall(unit.get(), offset);
        if (call.isEmpty()) {
            return new PatchOutcome.Refused(
                    place, "There is no call at the reported place; the source changed since the run or is generated.");
        }
        return resolve(sources, unit.get(), call.get(), new Change(place, old, replacement));
    }

    private record Change(CallSite place, Locator old, Locator replacement) {}

    private static Optional<SyntaxNode> failingCall(SourceUnit unit, int offset) {
        SyntaxNode node = unit.at(offset);
        for (Optional<SyntaxNode> at = Optional.of(node);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get().is("call_expression")) {
                return at;
            }
            if (at.get().is("statement_block", "program", "class_body")) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private static PatchOutcome resolve(Sources sources, SourceUnit unit, SyntaxNode call, Change change) {
        Resolver resolver = new Resolver(sources);
        List<Edits.Edit> edits = new ArrayList<>();
        boolean matched = false;
        List<List<Chain>> ways = new ArrayList<>();
        receivers(unit, call).forEach(expression -> ways.add(resolver.chains(unit, expression)));
        boolean direct = ways.stream()
                .flatMap(List::stream)
                .anyMatch(chain -> chain.locator().filter(change.old()::equals).isPresent());
        if (!direct) {
            receivers(unit, call).forEach(expression -> ways.add(resolver.chainsThroughCallers(unit, expression)));
        }
        for (List<Chain> chains : ways) {
            for (Chain chain : chains) {
                if (chain.locator().filter(change.old()::equals).isPresent()) {
                    matched = true;
                    Edits.between(chain, change.old(), change.replacement()).ifPresent(edits::add);
                }
            }
            if (matched) {
                break;
            }
        }
        List<Edits.Edit> distinct = distinct(edits);
        if (distinct.size() == 1) {
            return proposed(sources, unit, call, distinct.get(0));
        }
        String reason = !matched
                ? "The locator is built in a way that could not be followed to its definition."
                : distinct.isEmpty()
                        ? "The change needs more than one edit."
                        : "The definition could be in " + distinct.size() + " places.";
        return new PatchOutcome.Refused(change.place(), reason);
    }

    private static List<Edits.Edit> distinct(List<Edits.Edit> edits) {
        List<Edits.Edit> distinct = new ArrayList<>();
        for (Edits.Edit edit : edits) {
            boolean known = distinct.stream()
                    .anyMatch(e -> e.unit().path.equals(edit.unit().path)
                            && e.start() == edit.start()
                            && e.end() == edit.end());
            if (!known) {
                distinct.add(edit);
            }
        }
        return distinct;
    }

    /** The expressions the failing call may have got its locator from: its receiver, or the argument of {@code expect}. */
    private static List<SyntaxNode> receivers(SourceUnit unit, SyntaxNode call) {
        List<SyntaxNode> receivers = new ArrayList<>();
        for (Optional<SyntaxNode> at = Optional.of(call);
                at.isPresent();
                at = at.get().parent()) {
            if (!at.get().is("call_expression")) {
                break;
            }
            Optional<SyntaxNode> object = at.get().child("function").flatMap(f -> f.child("object"));
            object.ifPresent(o -> receivers.add(expected(unit, o).orElse(o)));
            receivers.add(at.get());
            Optional<SyntaxNode> arguments = at.get().child("arguments");
            arguments.ifPresent(list -> receivers.addAll(list.children));
            break;
        }
        return receivers;
    }

    private static Optional<SyntaxNode> expected(SourceUnit unit, SyntaxNode object) {
        for (SyntaxNode node : object.all("call_expression")) {
            String function = node.child("function").map(unit::text).orElse("");
            if (function.equals("expect") || function.equals("expect.soft")) {
                return node.child("arguments").flatMap(a -> a.children.stream().findFirst());
            }
        }
        return Optional.empty();
    }

    private static PatchOutcome proposed(Sources sources, SourceUnit unit, SyntaxNode call, Edits.Edit edit) {
        String before = edit.unit().text(edit.start(), edit.end());
        Value.Origin origin = edit.origin();
        String name = origin.name();
        if (origin.kind() == DefinitionKind.CALL) {
            name = enclosingFunction(edit.unit(), call);
        }
        CallSite site = edit.unit().site(edit.start());
        List<CallSite> users = name.isEmpty() ? List.of() : users(sources, edit, name, unit.site(call.start));
        Patch patch = new Patch(
                edit.unit().path,
                new Patch.Range(edit.start(), edit.end()),
                before,
                edit.text(),
                new Patch.Definition(origin.kind(), name, site, users));
        return new PatchOutcome.Proposed(patch);
    }

    private static String enclosingFunction(SourceUnit unit, SyntaxNode call) {
        return call.enclosing("method_definition", "function_declaration")
                .flatMap(f -> f.child("name"))
                .map(unit::text)
                .filter(n -> !n.equals("constructor"))
                .orElse("");
    }

    /** Whether one file imports another, directly or through up to three others. */
    private static boolean reaches(Sources sources, SourceUnit from, SourceUnit target, int depth) {
        if (from.path.equals(target.path)) {
            return true;
        }
        if (depth > 3) {
            return false;
        }
        for (SyntaxNode statement : from.root.children) {
            Optional<SyntaxNode> source =
                    statement.is("import_statement", "export_statement") ? statement.child("source") : Optional.empty();
            if (source.isPresent()) {
                String quoted = from.text(source.get());
                Optional<SourceUnit> imported = sources.imported(from, quoted.substring(1, quoted.length() - 1));
                if (imported.isPresent() && reaches(sources, imported.get(), target, depth + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<CallSite> users(Sources sources, Edits.Edit edit, String name, CallSite failing) {
        List<CallSite> users = new ArrayList<>();
        for (SourceUnit other : sources.holding(name, edit.unit())) {
            if (!reaches(sources, other, edit.unit(), 0)) {
                continue; // it cannot mean this definition
            }
            for (SyntaxNode id : other.root.all("property_identifier", "identifier", "shorthand_property_identifier")) {
                boolean use = other.text(id).equals(name)
                        && id.parent()
                                .filter(p -> p.is("member_expression", "arguments", "call_expression", "pair")
                                        && !id.field.equals("key"))
                                .isPresent();
                boolean assigned = id.parent()
                        .flatMap(SyntaxNode::parent)
                        .filter(p -> p.is("assignment_expression")
                                && p.child("left").filter(l -> l.end == id.end).isPresent())
                        .isPresent();
                CallSite site = other.site(id.start);
                if (use && !assigned && !(site.sameFileAs(failing) && site.line() == failing.line())) {
                    users.add(site);
                }
            }
        }
        return users;
    }
}
