package io.evenkeel.healing.patch.typescript;

import io.evenkeel.healing.synthesis.Locator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The calls a locator is built from, each where it is written.
 *
 * @param links in the order of the calls; empty for the page itself
 */
record Chain(List<Link> links) {

    static final Chain PAGE = new Chain(List.of());

    Chain {
        links = List.copyOf(links);
    }

    /**
     * One call of a locator method.
     *
     * @param unit the file
     * @param call the whole call expression, receiver included
     * @param method the name of the method
     * @param arguments the arguments with names resolved
     * @param origin how the resolver came here
     */
    record Link(SourceUnit unit, SyntaxNode call, SyntaxNode method, List<Value> arguments, Value.Origin origin) {

        String code() {
            List<String> codes = new ArrayList<>();
            arguments.forEach(a -> codes.add(a.code()));
            return unit.text(method) + "(" + String.join(", ", codes) + ")";
        }

        Optional<Locator> locator() {
            return Locator.parse(code());
        }
    }

    Chain then(Link link) {
        List<Link> all = new ArrayList<>(links);
        all.add(link);
        return new Chain(all);
    }

    /** Returns this chain with every link that stands in a call marked as reached through a definition. */
    Chain through(Value.Origin origin) {
        List<Link> marked = new ArrayList<>();
        for (Link link : links) {
            boolean inCall = link.origin().equals(Value.Origin.CALL);
            marked.add(inCall ? new Link(link.unit(), link.call(), link.method(), link.arguments(), origin) : link);
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
}
