package io.evenkeel.healing.patch.tree;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an expression of a test is, the same for every language. Casts, {@code await} and parentheses are gone.
 *
 * <p>Immutable; identity counts where a file says the same twice.
 */
public sealed interface Expression {

    /** Returns where it is written. */
    Span at();

    /** The use of a name. */
    record Name(Span at, String name) implements Expression {}

    /** The object a method belongs to, or its parent. */
    record Self(Span at) implements Expression {}

    /** {@code object.name}. */
    record Member(Span at, Expression object, String name) implements Expression {}

    /** {@code object[key]}. */
    record Entry(Span at, Expression object, Expression key) implements Expression {}

    /**
     * A call of a function, a method or a constructor.
     *
     * @param callee what is called
     * @param arguments by position
     * @param named by name; empty in languages without
     */
    record Call(Span at, Callee callee, List<Expression> arguments, Map<String, Expression> named)
            implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
            named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
        }
    }

    /**
     * What is called.
     *
     * @param receiver one expression, or none for a plain function
     * @param name of the function, method or class, as written
     * @param at where the name is written
     */
    record Callee(List<Expression> receiver, String name, Span at) {
        public Callee {
            receiver = List.copyOf(receiver);
        }
    }

    /** A string: literals, templates, formats and sums, as parts in order. */
    record Text(Span at, List<Part> parts) implements Expression {
        public Text {
            parts = List.copyOf(parts);
        }
    }

    /** A part of a string. */
    sealed interface Part {

        /**
         * Literal characters.
         *
         * @param value what they stand for
         * @param at the characters as written, without quotes
         * @param quoting how others would have to be written there
         */
        record Still(String value, Span at, Quoting quoting) implements Part {}

        /** The value of an expression. */
        record Hole(Expression expression) implements Part {}
    }

    /** A regular expression. */
    record Pattern(Span at, Part.Still source, String flags) implements Expression {}

    /**
     * An object literal, a dictionary, options.
     *
     * @param entries values by key; {@link #REST} if there is more than is written
     * @param keys how the keys are written, of those that are written as a text
     */
    record Fields(Span at, Map<String, Expression> entries, Map<String, Part.Still> keys) implements Expression {

        /** Stands for entries of which the key cannot be read, and for keys that are written twice. */
        public static final String REST = "...";

        public Fields {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
            keys = Map.copyOf(keys);
        }

        public Fields(Span at, Map<String, Expression> entries) {
            this(at, entries, Map.of());
        }
    }

    /**
     * One of the elements a loop goes through.
     *
     * @param at where the loop names it
     * @param source what the loop goes through
     */
    record Element(Span at, Expression source) implements Expression {}

    /** A list. */
    record Items(Span at, List<Expression> items) implements Expression {
        public Items {
            items = List.copyOf(items);
        }
    }

    /**
     * A function, method or lambda.
     *
     * @param name empty if it has none
     * @param results what it may return
     */
    record Function(Span at, String name, List<Parameter> parameters, List<Expression> results) implements Expression {
        public Function {
            parameters = List.copyOf(parameters);
            results = List.copyOf(results);
        }
    }

    /**
     * A parameter of a function.
     *
     * @param name as it can be given by name; empty for a pattern
     * @param picks the variables it sets
     * @param otherwise the default: one expression or none
     */
    record Parameter(String name, List<Pick> picks, List<Expression> otherwise) {
        public Parameter {
            picks = List.copyOf(picks);
            otherwise = List.copyOf(otherwise);
        }
    }

    /**
     * A variable set by a parameter.
     *
     * @param key member of the argument it takes; empty for the argument itself
     */
    record Pick(Binding variable, String key) {}

    /** One of several. */
    record Choice(Span at, List<Expression> ways) implements Expression {
        public Choice {
            ways = List.copyOf(ways);
        }
    }

    /** A number, a flag, or a word that stands for itself; as TypeScript writes it. */
    record Constant(Span at, String code) implements Expression {}

    /** Anything that is known only when the test runs. */
    record Opaque(Span at) implements Expression {}
}
