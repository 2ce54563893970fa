package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.DefinitionKind;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.synthesis.Dialect;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.Step;
import io.evenkeel.healing.synthesis.TextPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns the difference of two locators into edits of the source; each is one way to do it. Pure. */
final class Edits {

    private Edits() {}

    /**
     * One edit.
     *
     * @param text what to write instead
     * @param link the call whose meaning it changes
     * @param passages the names through which the place was reached, nearest first
     * @param literal whether the place is a text that others may use for something else
     */
    record Edit(Target target, String text, Chain.Link link, List<Passage> passages, Nature literal) {

        /** Returns whether the text is an element of a list or an object that a loop goes through. */
        boolean looped() {
            return literal == Nature.TEXT && passages.stream().anyMatch(Passage::loop);
        }

        boolean samePlace(Edit other) {
            return target.equals(other.target);
        }
    }

    /** What is edited. */
    enum Nature {
        TEXT,
        CALL
    }

    /** Bytes of a file. */
    record Target(SourceUnit unit, Span at) {}

    /** Returns the smallest edits of the chain that make it say the new locator; empty if that takes more than one at once. */
    static List<Edit> between(Chain chain, Locator old, Locator now) {
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
            List<Edit> literal = literal(chain, prefix, from.get(0), to.get(0));
            if (!literal.isEmpty()) {
                return literal;
            }
        }
        return calls(chain, new Change(prefix, before.size() - suffix, now, suffix)).stream()
                .toList();
    }

    /** Steps {@code [from, to)} of the old locator are replaced; the last {@code suffix} of the new one stay. */
    private record Change(int from, int to, Locator now, int suffix) {}

    /** Returns the number of steps each link stands for, or empty if a link is not understood. */
    private static Optional<List<Integer>> sizes(Chain chain) {
        List<Integer> sizes = new ArrayList<>();
        for (Chain.Link link : chain.links()) {
            if (link.call().callee().name().matches("owner|describe")) {
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

    private static List<Edit> literal(Chain chain, int step, Step from, Step to) {
        Optional<TextPattern> old = text(from);
        Optional<TextPattern> now = text(to);
        Optional<List<Integer>> sizes = sizes(chain);
        boolean comparable = old.isPresent()
                && now.isPresent()
                && sizes.isPresent()
                && from.getClass().equals(to.getClass())
                && sameFrame(from, to)
                && old.get().getClass().equals(now.get().getClass());
        if (!comparable) {
            return List.of();
        }
        int at = 0;
        for (int i = 0; i < chain.links().size(); i++) {
            int size = sizes.get().get(i);
            if (step >= at && step < at + size) {
                Chain.Link link = chain.links().get(i);
                List<Value> found = new ArrayList<>();
                link.arguments().forEach(a -> collect(a, literalOf(old.get()), found));
                return found.size() == 1 ? edits(link, found.get(0), now.get()) : List.of();
            }
            at += size;
        }
        return List.of();
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
        boolean same = (value instanceof Value.Text text && text.value().equals(literal))
                || (value instanceof Value.Regex regex && regex.code().equals(literal));
        if (same) {
            found.add(value);
        } else if (value instanceof Value.Members members) {
            members.members().values().forEach(inner -> collect(inner, literal, found));
        }
    }

    private static List<Edit> edits(Chain.Link link, Value value, TextPattern now) {
        if (value instanceof Value.Regex regex) {
            boolean sameFlags = now.match(l -> false, e -> false, r -> r.flags().equals(regex.flags()));
            String source = now.match(l -> "", e -> "", TextPattern.Regex::source);
            return sameFlags ? replaced(link, regex.source(), source).stream().toList() : List.of();
        }
        if (!(value instanceof Value.Text text)) {
            return List.of();
        }
        String wanted = literalOf(now);
        List<Value.Piece> pieces = text.pieces();
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < pieces.size(); i++) {
            String before = joined(pieces.subList(0, i));
            String after = joined(pieces.subList(i + 1, pieces.size()));
            boolean alone = pieces.get(i).fixed()
                    && wanted.length() >= before.length() + after.length()
                    && wanted.startsWith(before)
                    && wanted.endsWith(after);
            if (alone) {
                String middle = wanted.substring(before.length(), wanted.length() - after.length());
                replaced(link, pieces.get(i), middle).ifPresent(edits::add);
            }
        }
        return edits;
    }

    private static String joined(List<Value.Piece> pieces) {
        StringBuilder out = new StringBuilder();
        pieces.forEach(p -> out.append(p.text()));
        return out.toString();
    }

    private static Optional<Edit> replaced(Chain.Link link, Value.Piece piece, String text) {
        Target target = new Target(piece.place().unit(), piece.place().at());
        List<Passage> passages = piece.passages().isEmpty() ? link.passages() : piece.passages();
        Nature nature = piece.passages().isEmpty() ? Nature.CALL : Nature.TEXT;
        return piece.place().quoting().escape(text).map(t -> new Edit(target, t, link, passages, nature));
    }

    /** Replaces whole calls. */
    private static Optional<Edit> calls(Chain chain, Change change) {
        Optional<List<Integer>> sizes = sizes(chain);
        if (sizes.isEmpty()) {
            return Optional.empty();
        }
        int from = change.from();
        int to = change.to();
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
        boolean oneExpression =
                head.unit() == tail.unit() && tail.call().at().holds(head.call().at());
        int size = change.now().steps().size();
        int newEnd = size - change.suffix() + (end - to);
        boolean general =
                from == to || chain.links().subList(first, last + 1).stream().allMatch(Edits::general);
        if (!oneExpression || !general || newEnd < start || newEnd > size) {
            return Optional.empty();
        }
        Dialect dialect = head.unit().language().dialect();
        String text = newEnd == start ? "" : change.now().in(dialect, start, newEnd);
        return head.unit().language().fitted(styled(text, tail), head.unit()).flatMap(code -> {
            if (from == to) {
                Span before = new Span(head.method().start(), head.method().start());
                return Optional.of(edit(head, before, code + "."));
            }
            if (code.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    tail.action()
                            ? action(tail, code)
                            : edit(
                                    head,
                                    new Span(
                                            head.method().start(),
                                            tail.call().at().end()),
                                    code));
        });
    }

    /** {@code page.click('#go', x)} becomes {@code page.getByRole(…).click(x)}. */
    private static Edit action(Chain.Link link, String code) {
        Span method = link.method();
        List<io.evenkeel.healing.patch.tree.Expression> arguments = link.call().arguments();
        int end = arguments.size() > 1
                ? arguments.get(1).at().start()
                : arguments.get(0).at().end();
        return edit(
                link,
                new Span(method.start(), end),
                code + "." + link.call().callee().name() + "(");
    }

    private static Edit edit(Chain.Link link, Span at, String text) {
        return new Edit(new Target(link.unit(), at), text, link, link.passages(), Nature.CALL);
    }

    /** Whether a call says the same to all who reach it: nothing in it comes from an argument, a loop or the run. */
    private static boolean general(Chain.Link link) {
        return link.arguments().stream().allMatch(Edits::general);
    }

    private static boolean general(Value value) {
        if (value instanceof Value.Text text) {
            return text.pieces().stream()
                    .allMatch(p -> p.fixed()
                            && p.passages().stream().noneMatch(q -> q.loop() || q.kind() == DefinitionKind.ARGUMENT));
        }
        if (value instanceof Value.Members members) {
            return members.members().values().stream().allMatch(Edits::general);
        }
        return !(value instanceof Value.Inner inner)
                || inner.chain().links().stream().allMatch(Edits::general);
    }

    /** Writes the new calls with the quotes the author used. */
    private static String styled(String code, Chain.Link author) {
        if (author.unit().language().dialect() == Dialect.JAVA) {
            return code;
        }
        String written =
                author.unit().text(author.method().start(), author.call().at().end());
        char mine = author.unit().language().dialect() == Dialect.PYTHON ? '"' : '\'';
        char other = mine == '"' ? '\'' : '"';
        boolean switched = written.indexOf(other) >= 0 && written.indexOf(mine) < 0;
        return switched && code.indexOf(other) < 0 && code.indexOf('\\') < 0 ? code.replace(mine, other) : code;
    }
}
