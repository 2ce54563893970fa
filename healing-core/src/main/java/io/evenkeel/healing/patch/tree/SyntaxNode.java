package io.evenkeel.healing.patch.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A named node of a syntax tree, copied out of native memory. Not changed once its file is parsed. */
public final class SyntaxNode {

    public final String type;
    public final String field;
    public final int start;
    public final int end;
    public final List<SyntaxNode> children = new ArrayList<>();
    private final boolean broken;
    private final @Nullable SyntaxNode parent;

    SyntaxNode(String type, String field, Span at, boolean broken, @Nullable SyntaxNode parent) {
        this.type = type;
        this.field = field;
        this.start = at.start();
        this.end = at.end();
        this.broken = broken;
        this.parent = parent;
    }

    /** Returns whether there is an error of syntax in it. */
    public boolean broken() {
        return broken || type.equals("ERROR");
    }

    /** Returns the node around this one. */
    public Optional<SyntaxNode> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns the bytes it spans. */
    public Span span() {
        return new Span(start, end);
    }

    /** Returns whether it is of one of the types. */
    public boolean is(String... types) {
        for (String one : types) {
            if (type.equals(one)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the child in a grammar field. */
    public Optional<SyntaxNode> child(String name) {
        for (SyntaxNode child : children) {
            if (child.field.equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** Returns the nearest ancestor of one of the types. */
    public Optional<SyntaxNode> enclosing(String... types) {
        for (Optional<SyntaxNode> at = parent(); at.isPresent(); at = at.get().parent()) {
            if (at.get().is(types)) {
                return at;
            }
        }
        return Optional.empty();
    }

    /** Returns this node and all below it of one of the types, in source order. */
    public List<SyntaxNode> all(String... types) {
        List<SyntaxNode> found = new ArrayList<>();
        List<SyntaxNode> open = new ArrayList<>(List.of(this));
        while (!open.isEmpty()) {
            SyntaxNode node = open.remove(open.size() - 1);
            if (node.is(types)) {
                found.add(node);
            }
            for (int i = node.children.size() - 1; i >= 0; i--) {
                open.add(node.children.get(i));
            }
        }
        return found;
    }
}
