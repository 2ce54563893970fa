package io.evenkeel.bench.heal;

import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node of a page under mutation; the key says which element it is, through all mutations. One thread. */
final class MutableNode {

    String tag;
    final int key;
    final Map<String, String> attributes = new LinkedHashMap<>();

    /** {@link MutableNode} or {@link String}. */
    final List<Object> children = new ArrayList<>();

    MutableNode(String tag, int key) {
        this.tag = tag;
        this.key = key;
    }

    MutableNode with(String name, String value) {
        if (!value.isEmpty()) {
            attributes.put(name, value);
        }
        return this;
    }

    MutableNode add(Object child) {
        children.add(child);
        return this;
    }

    MutableNode copy() {
        MutableNode copy = new MutableNode(tag, key);
        copy.attributes.putAll(attributes);
        for (Object child : children) {
            copy.children.add(child instanceof MutableNode node ? node.copy() : child);
        }
        return copy;
    }

    List<MutableNode> all() {
        List<MutableNode> all = new ArrayList<>();
        collect(all);
        return all;
    }

    private void collect(List<MutableNode> all) {
        all.add(this);
        for (Object child : children) {
            if (child instanceof MutableNode node) {
                node.collect(all);
            }
        }
    }

    boolean remove(MutableNode below) {
        if (children.removeIf(c -> c == below)) {
            return true;
        }
        for (Object child : children) {
            if (child instanceof MutableNode node && node.remove(below)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the parent of a node below this one; this one itself if there is none. */
    MutableNode parentOf(MutableNode wanted) {
        for (MutableNode node : all()) {
            if (node.children.contains(wanted)) {
                return node;
            }
        }
        return this;
    }

    /** Returns the text directly in this node or in its only child. */
    String label() {
        for (Object child : children) {
            if (child instanceof String text && !text.isBlank()) {
                return text;
            }
        }
        return attributes.getOrDefault("value", attributes.getOrDefault("aria-label", ""));
    }

    void relabel(String text) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i) instanceof String old && !old.isBlank()) {
                children.set(i, text);
                return;
            }
        }
        for (String name : List.of("value", "aria-label", "placeholder")) {
            if (attributes.containsKey(name)) {
                attributes.put(name, text);
                return;
            }
        }
    }

    /** Elements without content in HTML. */
    private static final Set<String> VOID = Set.of("input", "img", "br", "hr", "meta", "link");

    /**
     * Returns it as HTML.
     *
     * @param marked key of the element that gets an empty attribute
     * @param mark the name of the attribute
     */
    String html(int marked, String mark) {
        StringBuilder html = new StringBuilder();
        html(html, marked, mark);
        return html.toString();
    }

    private void html(StringBuilder html, int marked, String mark) {
        html.append('<').append(tag);
        attributes.forEach((name, value) -> html.append(' ')
                .append(name)
                .append("=\"")
                .append(escaped(value))
                .append('"'));
        html.append(key == marked ? " " + mark : "").append('>');
        if (VOID.contains(tag)) {
            return;
        }
        for (Object child : children) {
            if (child instanceof MutableNode node) {
                node.html(html, marked, mark);
            } else {
                html.append(escaped(child.toString()));
            }
        }
        html.append("</").append(tag).append('>');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    /** A page with the key of each of its elements. */
    record Built(DomSnapshot page, Map<Element, Integer> keys) {

        /** Returns which element it is. */
        int key(Element element) {
            return keys.getOrDefault(element, -1);
        }
    }

    Built build(String url) {
        DomSnapshot.Builder out = DomSnapshot.at(url);
        Map<Element, Integer> keys = new java.util.IdentityHashMap<>();
        build(out, keys);
        return new Built(out.build(), keys);
    }

    private void build(DomSnapshot.Builder out, Map<Element, Integer> keys) {
        keys.put(out.open(tag, attributes), key);
        for (Object child : children) {
            if (child instanceof MutableNode node) {
                node.build(out, keys);
            } else {
                out.text(child.toString());
            }
        }
        out.close();
    }
}
