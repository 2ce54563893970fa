package io.evenkeel.healing.patch.tree;

import java.util.ArrayList;
import java.util.List;

/**
 * A name and what it stands for in a part of a file. Compared by identity; complete once its file is read.
 */
public final class Binding {

    /** What sets a name. */
    public enum Kind {
        VARIABLE,
        PARAMETER,
        LOOP,
        IMPORT,
        FUNCTION,
        TYPE
    }

    final String name;
    final Kind kind;
    final Span scope;
    final Span at;
    final List<Expression> values = new ArrayList<>();
    String type = "";
    Outline.Import source = Outline.Import.NONE;

    /**
     * @param scope where the name can be used
     * @param at where it is set
     */
    public Binding(String name, Kind kind, Span scope, Span at) {
        this.name = name;
        this.kind = kind;
        this.scope = scope;
        this.at = at;
    }

    /** Adds something the name may stand for. */
    public Binding value(Expression value) {
        values.add(value);
        return this;
    }

    /** Sets the declared type; empty if there is none. */
    public Binding type(String declared) {
        type = declared;
        return this;
    }

    /** Sets what an import brings. */
    public Binding source(Outline.Import imported) {
        source = imported;
        return this;
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns what sets the name. */
    public Kind kind() {
        return kind;
    }

    /** Returns where the name can be used. */
    public Span scope() {
        return scope;
    }

    /** Returns where it is set. */
    public Span at() {
        return at;
    }

    /** Returns all it may stand for. */
    public List<Expression> values() {
        return List.copyOf(values);
    }

    /** Returns the declared type, empty if there is none. */
    public String type() {
        return type;
    }

    /** Returns what an import brings. */
    public Outline.Import source() {
        return source;
    }
}
