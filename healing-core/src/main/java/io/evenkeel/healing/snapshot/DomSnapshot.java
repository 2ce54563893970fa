package io.evenkeel.healing.snapshot;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A page at one moment: the main document with the documents of its frames grafted below their frame elements.
 *
 * <p>Immutable.
 */
public final class DomSnapshot {

    /** More elements than any page people test; beyond it a snapshot is refused instead of read slowly. */
    public static final int MAX_ELEMENTS = 100_000;

    /** Deeper nesting is flattened, so that no walk over the tree can exhaust the stack. */
    static final int MAX_DEPTH = 400;

    private final String url;
    private final List<Element> elements;

    private DomSnapshot(String url, List<Element> elements) {
        this.url = url;
        this.elements = List.copyOf(elements);
    }

    /** Returns the address of the main document; empty if unknown. */
    public String url() {
        return url;
    }

    /** Returns all elements in document order; an empty page has none. */
    public List<Element> elements() {
        return elements;
    }

    /** Returns the text of the title element of the main document; empty if there is none. */
    public String title() {
        for (Element element : elements) {
            if (element.tag().equals("title") && element.frame() == 0) {
                return element.text(200);
            }
        }
        return "";
    }

    /** Returns a builder for a snapshot of the page at this address. */
    public static Builder at(String url) {
        return new Builder(url);
    }

    /**
     * Builds a snapshot from start tags, text and end tags in document order.
     *
     * <p>One thread.
     */
    public static final class Builder {

        private final String url;
        private final List<Element> elements = new ArrayList<>();
        private final Deque<Element> open = new ArrayDeque<>();
        private final Deque<Integer> frames = new ArrayDeque<>();
        private int skipped;
        private int frameCount;

        private Builder(String url) {
            this.url = url;
            frames.push(0);
        }

        /**
         * Opens an element below the one that is open.
         *
         * @throws SnapshotRefusedException if the page has more than {@link #MAX_ELEMENTS} elements
         */
        public Element open(String tag, Map<String, String> attributes) {
            if (elements.size() >= MAX_ELEMENTS) {
                throw new SnapshotRefusedException(
                        "The page has more than " + MAX_ELEMENTS
                                + " elements, so it is not searched.\nMaybe a list on it needs paging; heal this locator by hand.");
            }
            @Nullable Element parent = open.peek();
            Map<String, String> lower = new LinkedHashMap<>();
            attributes.forEach((name, value) -> lower.putIfAbsent(name.toLowerCase(Locale.ROOT), value));
            int frame = frames.getFirst();
            Element element = new Element(elements.size(), frame, tag.toLowerCase(Locale.ROOT), lower, parent);
            elements.add(element);
            if (parent != null) {
                parent.append(element);
            }
            if (open.size() >= MAX_DEPTH) {
                skipped++;
            } else {
                open.push(element);
            }
            return element;
        }

        /** Adds text to the open element. */
        public void text(String value) {
            Element parent = open.peek();
            if (parent != null && !value.isEmpty()) {
                parent.append(new Content.Text(value));
            }
        }

        /** Says where the element was painted. */
        public void painted(Element element, Box box) {
            element.paintedAt(box);
        }

        /** Closes the element opened last. */
        public void close() {
            if (skipped > 0) {
                skipped--;
            } else {
                open.pop();
            }
        }

        /** Starts the document of a frame below the open element; what is opened until {@link #leaveFrame} belongs to it. */
        public void enterFrame() {
            frames.push(++frameCount);
        }

        /** Ends the document of a frame. */
        public void leaveFrame() {
            frames.pop();
        }

        /** Returns the snapshot; the builder must not be used afterwards. */
        public DomSnapshot build() {
            return new DomSnapshot(url, elements);
        }
    }
}
