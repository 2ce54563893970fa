package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.Step;
import io.evenkeel.healing.synthesis.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the difference of two locators into one edit of the source. Pure. */
final class Edits {

    private Edits() {}

    /** One edit; bytes of the unit. */
    record Edit(SourceUnit unit, int start, int end, String text, Value.Origin origin) {

        /** A literal in a call was reached the way the call was; one that came in by a name keeps its own way. */
        Edit reachedBy(Value.Origin ofCall) {
            return origin.equals(Value.Origin.CALL) ? new Edit(unit, start, end, text, ofCall) : this;
        }
    }

    /** Returns the smallest edit of the chain that makes it say the new locator, or empty if that takes more than one. */
    static Optional<Edit> between(Chain chain, Locator old, Locator now) {
        List<Step> before = old.steps();
        List<Step> after = now.steps();
        int prefix = 0;
        while (prefix < before.size()
                && prefix < after.size()
                && before.get(prefix).equals(after.get(prefix))) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < before.size() - prefix
                && suffix < after.size() - prefix
                && before.get(before.size() - 1 - suffix).equals(after.get(after.size() - 1 - suffix))) {
            suffix++;
        }
        List<Step> from = before.subList(prefix, before.size() - suffix);
        List<Step> to = after.subList(prefix, after.size() - suffix);
        if (from.size() == 1 && to.size() == 1) {
            Optional<Edit> literal = literal(chain, prefix, from.get(0), to.get(0));
            if (literal.isPresent()) {
                return literal;
            }
        }
        return calls(chain, prefix, before.size() - suffix, after, suffix);
    }

    /** Returns the links with the number of steps each stands for, or empty if a link is not understood. */
    private static Optional<List<Integer>> sizes(Chain chain) {
        List<Integer> sizes = new ArrayList<>();
        for (Chain.Link link : chain.links()) {
            if (link.unit().text(link.method()).matches("owner|describe")) {
                sizes.add(0);
            } else {
                Optional<Locator> locator = link.locator();
                if (locator.isEmpty()) {
                    return Optional.empty();
                }
                sizes.add(locator.get().steps().size());
            }
        }
        return Optional.of(sizes);
    }

    private static Optional<Edit> literal(Chain chain, int step, Step from, Step to) {
        Optional<TextPattern> old = text(from);
        Optional<TextPattern> now = text(to);
        if (old.isEmpty() || now.isEmpty() || !from.getClass().equals(to.getClass()) || !sameFrame(from, to)) {
            return Optional.empty();
        }
        boolean sameKind = old.get().getClass().equals(now.get().getClass());
        Optional<List<Integer>> sizes = sizes(chain);
        if (!sameKind || sizes.isEmpty()) {
            return Optional.empty();
        }
        int at = 0;
        for (int i = 0; i < chain.links().size(); i++) {
            int size = sizes.get().get(i);
            if (step >= at && step < at + size) {
                List<Value> found = new ArrayList<>();
                for (Value argument : chain.links().get(i).arguments()) {
                    collect(argument, literalOf(old.get()), found);
                }
                Value.Origin origin = chain.links().get(i).origin();
                return found.size() == 1
                        ? edit(found.get(0), now.get()).map(e -> e.reachedBy(origin))
                        : Optional.empty();
            }
            at += size;
        }
        return Optional.empty();
    }

    /** Whether two steps of one kind differ in their text only. */
    private static boolean sameFrame(Step from, Step to) {
        if (from instanceof Step.ByRole a && to instanceof Step.ByRole b) {
            return a.role().equals(b.role()) && a.options().equals(b.options());
        }
        if (from instanceof Step.ByText a && to instanceof Step.ByText b) {
            return a.family() == b.family();
        }
        if (from instanceof Step.Filter a && to instanceof Step.Filter b) {
            return a.kind() == b.kind();
        }
        return from instanceof Step.BySelector;
    }

    private static Optional<TextPattern> text(Step step) {
        if (step instanceof Step.ByRole by) {
            return by.name().stream().findFirst();
        }
        if (step instanceof Step.ByText by) {
            return Optional.of(by.text());
        }
        if (step instanceof Step.BySelector by) {
            return Optional.of(new TextPattern.Exact(by.selector()));
        }
        return step instanceof Step.Filter by ? by.condition().text().stream().findFirst() : Optional.empty();
    }

    private static String literalOf(TextPattern pattern) {
        return pattern.match(
                TextPattern.Loose::value, TextPattern.Exact::value, r -> "/" + r.source() + "/" + r.flags());
    }

    private static void collect(Value value, String literal, List<Value> found) {
        if (value instanceof Value.Text text && text.value().equals(literal)) {
            found.add(value);
        } else if (value instanceof Value.Regex regex && regex.code().equals(literal)) {
            found.add(value);
        } else if (value instanceof Value.Members members) {
            members.members().values().forEach(inner -> collect(inner, literal, found));
        }
    }

    private static Optional<Edit> edit(Value value, TextPattern now) {
        if (value instanceof Value.Regex regex) {
            return now.match(
                    l -> Optional.empty(),
                    e -> Optional.empty(),
                    r -> Optional.of(replace(regex.source(), r.source())));
        }
        if (!(value instanceof Value.Text text)) {
            return Optional.empty();
        }
        String wanted = literalOf(now);
        List<Value.Piece> pieces = text.pieces();
        for (int i = 0; i < pieces.size(); i++) {
            String before = joined(pieces.subList(0, i));
            String after = joined(pieces.subList(i + 1, pieces.size()));
            boolean alone = wanted.length() >= before.length() + after.length()
                    && wanted.startsWith(before)
                    && wanted.endsWith(after);
            if (alone) {
                String middle = wanted.substring(before.length(), wanted.length() - after.length());
                Value.Piece piece = pieces.get(i);
                char mark = piece.unit()
                        .text(piece.literal().start, piece.literal().start + 1)
                        .charAt(0);
                return Optional.of(replace(piece, Quotes.escape(middle, mark)));
            }
        }
        return Optional.empty();
    }

    private static String joined(List<Value.Piece> pieces) {
        StringBuilder out = new StringBuilder();
        pieces.forEach(p -> out.append(p.text()));
        return out.toString();
    }

    private static Edit replace(Value.Piece piece, String text) {
        return new Edit(piece.unit(), piece.start(), piece.end(), text, piece.origin());
    }

    /** Replaces whole calls: steps {@code [from, to)} of the old locator. */
    private static Optional<Edit> calls(Chain chain, int from, int to, List<Step> after, int suffix) {
        Optional<List<Integer>> sizes = sizes(chain);
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        int first = -1;
        int last = -1;
        int at = 0;
        int start = from;
        int end = to;
        for (int i = 0; i < chain.links().size(); i++) {
            int size = sizes.get().get(i);
            boolean touched = from == to ? at == from && first < 0 : at < to && at + size > from;
            if (touched) {
                first = first < 0 ? i : first;
                last = i;
                start = Math.min(start, at);
                end = from == to ? end : Math.max(end, at + size);
            }
            at += size;
        }
        if (first < 0) {
            return Optional.empty();
        }
        Chain.Link head = chain.links().get(first);
        Chain.Link tail = chain.links().get(last);
        boolean oneExpression = head.unit() == tail.unit()
                && tail.call().start <= head.call().start
                && head.call().end <= tail.call().end;
        int newEnd = after.size() - suffix + (end - to);
        if (!oneExpression || newEnd < start || newEnd > after.size()) {
            return Optional.empty();
        }
        String text = newEnd == start ? "" : styled(new Locator(after.subList(start, newEnd)).toString(), tail);
        if (from == to) {
            return Optional.of(
                    new Edit(head.unit(), head.method().start, head.method().start, text + ".", head.origin()));
        }
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Edit(head.unit(), head.method().start, tail.call().end, text, head.origin()));
    }

    /** Writes the new calls with the quotes the author used. */
    private static String styled(String code, Chain.Link author) {
        String written = author.unit().text(author.method().start, author.call().end);
        boolean doubled = written.indexOf('"') >= 0 && written.indexOf('\'') < 0;
        return doubled && code.indexOf('"') < 0 ? code.replace('\'', '"') : code;
    }
}
