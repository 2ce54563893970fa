package io.evenkeel.healing.patch.typescript;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A named node of a syntax tree, copied out of native memory. Not changed once its file is parsed. */
final class SyntaxNode {

    final String type;
    final String field;
    final int start;
    final int end;
    final List<SyntaxNode> children = new ArrayList<>();
    private final @Nullable SyntaxNode parent;

    SyntaxNode(String type, String field, int start, int end, @Nullable SyntaxNode parent) {
        this.type = type;
        this.field = field;
        this.start = start;
        this.end = end;
        this.parent = parent;
    }

    Optional<SyntaxNode> parent() {
        return Optional.ofNullable(parent);
    }

    boolean is(String... types) {
        for (String one : types) {
            if (type.equals(one)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the child in a grammar field. */
    Optional<SyntaxNode> child(String name) {
        for (SyntaxNode child : children) {
            if (child.field.equals(name)) {
                return Optional.of(child);
            }
        }
        return Optional.empty();
    }

    /** Returns the nearest ancestor of one of the types. */
    Optional<SyntaxNode> enclosing(String... types) {
        for (Optional<SyntaxNode> at = parent(); at.isPresent(); at = at.get().parent()) {
            if (at.get().is(types)) {
                return at;
            }
        }
        return Optional.empty();
    }

    /** Returns this node and all below it of one of the types, in source order. */
    List<SyntaxNode> all(String... types) {
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
