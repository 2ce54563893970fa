package io.evenkeel.healing.patch.follow;

import io.evenkeel.healing.patch.tree.Expression;
import io.evenkeel.healing.patch.tree.SourceUnit;
import io.evenkeel.healing.patch.tree.Span;
import io.evenkeel.healing.synthesis.Dialect;
import io.evenkeel.healing.synthesis.Locator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The calls a locator is built from, each where it is written.
 *
 * @param links in the order of the calls; empty for the page itself
 */
record Chain(List<Link> links) {

    /** A position only the run knows; a number, because {@code nth} takes no text. */
    private static final String ANY = "714000001";

    static final Chain PAGE = new Chain(List.of());

    Chain {
        links = List.copyOf(links);
    }

    /**
     * One call of a locator method.
     *
     * @param unit the file
     * @param call the call
     * @param arguments the arguments with names resolved
     * @param passages the names the call was reached through, nearest first; empty in the failing call itself
     */
    record Link(SourceUnit unit, Expression.Call call, List<Value> arguments, List<Passage> passages) {

        Link {
            arguments = List.copyOf(arguments);
            passages = List.copyOf(passages);
        }

        Span method() {
            return call.callee().at();
        }

        /** Whether this is an action that takes a selector, as {@code page.click('#go')}. */
        boolean action() {
            return !Resolver.isLocatorMethod(call.callee().name());
        }

        String code() {
            String method =
                    action() ? "locator" : Dialect.canonical(call.callee().name());
            List<String> codes = new ArrayList<>();
            for (Value argument : arguments) {
                boolean position = method.equals("nth") && argument instanceof Value.Text;
                codes.add(position ? position(((Value.Text) argument).value()) : argument.code());
            }
            return method + "(" + String.join(", ", codes) + ")";
        }

        private static String position(String text) {
            return text.indexOf(Value.HOLE) >= 0 ? ANY : text;
        }

        Optional<Locator> locator() {
            return Locator.parse(code());
        }

        Link with(List<Value> other) {
            return new Link(unit, call, other, passages);
        }
    }

    Chain then(Link link) {
        List<Link> all = new ArrayList<>(links);
        all.add(link);
        return new Chain(all);
    }

    /** Returns this chain with every link marked as reached through a name. */
    Chain through(Passage passage) {
        List<Link> marked = new ArrayList<>();
        for (Link link : links) {
            List<Passage> all = new ArrayList<>(link.passages());
            all.add(passage);
            marked.add(new Link(link.unit(), link.call(), link.arguments(), all));
        }
        return new Chain(marked);
    }

    String code() {
        List<String> codes = new ArrayList<>();
        links.forEach(l -> codes.add(l.code()));
        return String.join(".", codes);
    }

    Optional<Locator> locator() {
        return links.isEmpty() ? Optional.empty() : Locator.parse(code());
    }

    /** Returns the pieces only the run knows. */
    List<Value.Piece> holes() {
        List<Value.Piece> holes = new ArrayList<>();
        links.forEach(l -> l.arguments().forEach(a -> collect(a, holes)));
        return holes;
    }

    private static void collect(Value value, List<Value.Piece> holes) {
        if (value instanceof Value.Text text) {
            text.pieces().stream().filter(Value.Piece::hole).forEach(holes::add);
        } else if (value instanceof Value.Members members) {
            members.members().values().forEach(v -> collect(v, holes));
        } else if (value instanceof Value.Inner inner) {
            holes.addAll(inner.chain().holes());
        }
    }

    /** Returns this chain as it was in the run that printed a locator, or empty if it cannot have printed it. */
    Optional<Chain> saying(Locator printed) {
        Optional<Locator> mine = locator();
        if (mine.isEmpty() || mine.get().equals(printed)) {
            return mine.map(l -> this);
        }
        List<Value.Piece> holes = holes();
        String wanted = positions(printed.toString());
        StringBuilder pattern = new StringBuilder();
        for (String still :
                positions(mine.get().toString()).replace(ANY, "" + Value.HOLE).split("" + Value.HOLE, -1)) {
            pattern.append(pattern.isEmpty() ? "" : "([^'\"\\\\`]+)").append(Pattern.quote(still));
        }
        Optional<List<String>> most = groups(pattern.toString(), wanted);
        Optional<List<String>> least = groups(pattern.toString().replace("`]+)", "`]+?)"), wanted);
        if (most.isEmpty() || holes.isEmpty()) {
            return Optional.empty();
        }
        boolean certain = most.equals(least) && most.get().size() == holes.size();
        Chain filled = certain ? filled(new ArrayDeque<>(most.get())) : this;
        boolean same = filled.locator().filter(printed::equals).isPresent();
        return Optional.of(same ? filled : this);
    }

    private static String positions(String code) {
        return code.replace("first()", "nth(0)").replace("last()", "nth(-1)");
    }

    private static Optional<List<String>> groups(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        List<String> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        return Optional.of(groups);
    }

    private Chain filled(Deque<String> values) {
        List<Link> filled = new ArrayList<>();
        for (Link link : links) {
            filled.add(link.with(
                    link.arguments().stream().map(a -> fill(a, values)).toList()));
        }
        return new Chain(filled);
    }

    private static Value fill(Value value, Deque<String> holes) {
        if (value instanceof Value.Text text) {
            return new Value.Text(text.pieces().stream()
                    .map(p -> p.hole() && !holes.isEmpty()
                            ? new Value.Piece(holes.removeFirst(), false, p.place(), p.passages())
                            : p)
                    .toList());
        }
        if (value instanceof Value.Members members) {
            Map<String, Value> filled = new LinkedHashMap<>();
            members.members().forEach((k, v) -> filled.put(k, fill(v, holes)));
            return new Value.Members(filled);
        }
        return value instanceof Value.Inner inner
                ? new Value.Inner(inner.chain().filled(holes))
                : value;
    }
}
