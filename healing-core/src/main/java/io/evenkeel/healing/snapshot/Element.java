package io.evenkeel.healing.snapshot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One element of a {@link DomSnapshot}.
 *
 * <p>Immutable once its snapshot is built; identity is the position in that snapshot. Children of an open shadow root and the
 * document of a frame are children of their host; {@link #frame()} tells documents apart.
 */
public final class Element implements Content {

    private final int index;
    private final int frame;
    private final String tag;
    private final Map<String, String> attributes;
    private final @Nullable Element parent;
    private final List<Content> content = new ArrayList<>();
    private Box box = Box.UNKNOWN;

    Element(int index, int frame, String tag, Map<String, String> attributes, @Nullable Element parent) {
        this.index = index;
        this.frame = frame;
        this.tag = tag;
        this.attributes = Collections.unmodifiableMap(attributes);
        this.parent = parent;
    }

    void append(Content child) {
        content.add(child);
    }

    void paintedAt(Box where) {
        box = where;
    }

    @Override
    public <T> T match(Function<Element, T> element, Function<Text, T> text) {
        return element.apply(this);
    }

    /** Returns the position in document order over the whole snapshot, from 0. */
    public int index() {
        return index;
    }

    /** Returns the number of the document this element belongs to; 0 is the main document. */
    public int frame() {
        return frame;
    }

    /** Returns the tag in lower case. */
    public String tag() {
        return tag;
    }

    /** Returns the attributes by lower-case name, in document order; typed values are never among them. */
    public Map<String, String> attributes() {
        return attributes;
    }

    /** Returns an attribute, or the empty string if it is absent or empty. */
    public String attribute(String name) {
        return attributes.getOrDefault(name, "");
    }

    /** Returns whether the attribute is present, be it empty. */
    public boolean has(String name) {
        return attributes.containsKey(name);
    }

    /** Returns the parent, across shadow roots and frames; empty for the root of the main document. */
    public Optional<Element> parent() {
        return Optional.ofNullable(parent);
    }

    /** Returns text and elements in document order. */
    public List<Content> content() {
        return Collections.unmodifiableList(content);
    }

    /** Returns the child elements in document order. */
    public List<Element> children() {
        List<Element> children = new ArrayList<>();
        for (Content child : content) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    /** Returns where the element was painted. */
    public Box box() {
        return box;
    }

    /** Returns whether the other element is this one or lies below it. */
    public boolean contains(Element other) {
        for (Optional<Element> at = Optional.of(other);
                at.isPresent();
                at = at.get().parent()) {
            if (at.get() == this) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the text of the subtree in the same document with white space collapsed and trimmed, cut after the given number of
     * characters. Scripts, styles and templates do not count.
     */
    public String text(int limit) {
        StringBuilder out = new StringBuilder();
        collect(this, out, limit);
        String text = out.length() > limit ? out.substring(0, limit) : out.toString();
        return text.strip();
    }

    private static void collect(Element element, StringBuilder out, int limit) {
        if (NO_TEXT.contains(element.tag)) {
            return;
        }
        for (Content child : element.content) {
            if (out.length() > limit) {
                return;
            }
            if (child instanceof Element inner) {
                if (inner.frame != element.frame) {
                    continue;
                }
                boolean block = !INLINE.contains(inner.tag);
                space(out, block);
                collect(inner, out, limit);
                space(out, block);
            } else if (child instanceof Text text) {
                collapse(text.value(), out);
            }
        }
    }

    private static void space(StringBuilder out, boolean wanted) {
        if (wanted && !out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
            out.append(' ');
        }
    }

    private static void collapse(String text, StringBuilder out) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = Character.isWhitespace(c) || c == '\u00a0' || c == '\u200b';
            if (!blank) {
                out.append(c);
            } else if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
        }
    }

    private static final java.util.Set<String> NO_TEXT =
            java.util.Set.of("script", "style", "template", "noscript", "head");
    private static final java.util.Set<String> INLINE = java.util.Set.of(
            "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "kbd", "label", "mark", "q", "s", "small",
            "span", "strong", "sub", "sup", "time", "u", "var", "font", "ins", "del", "wbr");

    /** Returns the start tag with its attributes, cut to 200 characters: for people. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("<").append(tag);
        attributes.forEach((name, value) -> {
            if (!name.startsWith("__")) {
                out.append(' ').append(name).append("=\"").append(value).append('"');
            }
        });
        out.append('>').append(text(60));
        return out.length() > 200 ? out.substring(0, 197) + "..." : out.toString();
    }
}
