package io.evenkeel.healing.patch.tree;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a file declares and calls. Filled by a {@link Language}, not changed afterwards. */
public final class Outline {

    /** All names set in the file. */
    public final List<Binding> bindings = new ArrayList<>();
    /** All classes. */
    public final List<Type> types = new ArrayList<>();
    /** All functions. */
    public final List<Expression.Function> functions = new ArrayList<>();
    /** All calls by their node. */
    public final Map<SyntaxNode, Expression.Call> calls = new IdentityHashMap<>();
    /** Where names and members are used. */
    public final List<Use> uses = new ArrayList<>();
    /** All object literals. */
    public final List<Expression.Fields> literals = new ArrayList<>();
    /** What other files can import, by name. */
    public final List<Export> exports = new ArrayList<>();
    /** What the test runner hands to a test by the name of its parameter. */
    public final List<Property> fixtures = new ArrayList<>();

    /**
     * The use of a name.
     *
     * @param expression a {@link Expression.Name} or a {@link Expression.Member}
     */
    public record Use(String name, SyntaxNode node, Expression expression) {}

    /**
     * What an import brings.
     *
     * @param module as written
     * @param name as exported; {@code *} for all of it
     */
    public record Import(String module, String name) {
        static final Import NONE = new Import("", "");
    }

    /**
     * What a file exports.
     *
     * @param name as others import it; {@code *} for all that another module exports
     * @param value what is exported; not used if it comes from another module
     * @param from another module, or {@link Import#NONE}
     */
    public record Export(String name, List<Expression> value, Import from) {}

    /**
     * A class.
     *
     * @param parents names as written
     * @param members in source order; several of one name if it is set several times
     */
    public record Type(String name, Span at, List<String> parents, List<Property> members) {

        /** Returns the members of a name. */
        public List<Property> named(String wanted) {
            return members.stream().filter(m -> m.name().equals(wanted)).toList();
        }
    }

    /**
     * A member of a class.
     *
     * @param value what it is set to, a function for a method; none if only declared
     * @param type declared type, empty if there is none
     */
    public record Property(String name, Span at, List<Expression> value, String type) {

        /** Name of the member that stands for the constructor. */
        public static final String CONSTRUCTOR = "<constructor>";
    }

    /** Returns what a name means at a place: the innermost that is visible there. */
    public Optional<Binding> lookup(String name, int offset) {
        Optional<Binding> best = Optional.empty();
        for (Binding binding : bindings) {
            boolean visible = binding.name().equals(name)
                    && (binding.scope().holds(offset) || binding.at().start() == offset);
            if (visible
                    && (best.isEmpty()
                            || binding.scope().length() < best.get().scope().length())) {
                best = Optional.of(binding);
            }
        }
        return best;
    }

    /** Returns the innermost class around a place. */
    public Optional<Type> typeAround(int offset) {
        return types.stream()
                .filter(t -> t.at().holds(offset))
                .min((a, b) -> Integer.compare(a.at().length(), b.at().length()));
    }

    /** Returns the functions around a place, innermost first. */
    public List<Expression.Function> functionsAround(int offset) {
        return functions.stream()
                .filter(f -> f.at().holds(offset))
                .sorted((a, b) -> Integer.compare(a.at().length(), b.at().length()))
                .toList();
    }
}
