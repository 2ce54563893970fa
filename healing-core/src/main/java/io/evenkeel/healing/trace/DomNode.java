package io.evenkeel.healing.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A node of a {@code frame-snapshot} as recorded: an element, or a back reference to a node of an earlier snapshot of the frame.
 *
 * <p>Filled while read, not changed later.
 */
final class DomNode {

    final String tag;
    final Map<String, String> attributes;

    /** {@link DomNode} or {@link String}. */
    final List<Object> children = new ArrayList<>();

    /** How many snapshots of the same frame to go back; 0 for an element. */
    final int back;

    /** Position of the meant node in that snapshot, in post-order, references not counted. */
    final int position;

    private DomNode(String tag, Map<String, String> attributes, int back, int position) {
        this.tag = tag;
        this.attributes = attributes;
        this.back = back;
        this.position = position;
    }

    static DomNode element(String tag, Map<String, String> attributes) {
        return new DomNode(tag, attributes, 0, 0);
    }

    static DomNode reference(int back, int position) {
        return new DomNode("", Map.of(), back, position);
    }

    boolean isReference() {
        return back > 0;
    }

    /** Lists the nodes back references can mean: text and elements in post-order. */
    static List<Object> postOrder(Object root) {
        List<Object> nodes = new ArrayList<>();
        visit(root, nodes);
        return nodes;
    }

    private static void visit(Object node, List<Object> nodes) {
        if (node instanceof String) {
            nodes.add(node);
        } else if (node instanceof DomNode element && !element.isReference()) {
            for (Object child : element.children) {
                visit(child, nodes);
            }
            nodes.add(element);
        }
    }
}
