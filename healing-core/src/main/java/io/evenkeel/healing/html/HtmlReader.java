package io.evenkeel.healing.html;

import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Reads an HTML document, with declarative shadow roots ({@code <template shadowrootmode="open">}) inlined.
 *
 * <p>Pure and thread-safe.
 */
public final class HtmlReader {

    /** More characters than any page people test. */
    static final int MAX_CHARACTERS = 60_000_000;

    private HtmlReader() {}

    /**
     * Reads a document or a fragment.
     *
     * @param url address of the page; empty if unknown
     * @throws SnapshotRefusedException if the page is larger than what is searched
     */
    public static DomSnapshot read(String html, String url) {
        if (html.length() > MAX_CHARACTERS) {
            throw new SnapshotRefusedException("The page has " + html.length() + " characters; more than "
                    + MAX_CHARACTERS + " are not searched.");
        }
        DomSnapshot.Builder out = DomSnapshot.at(url);
        Jsoup.parse(html).traverse(new Copier(out));
        return out.build();
    }

    /** Copies start tags, text and end tags. */
    private record Copier(DomSnapshot.Builder out) implements NodeVisitor {

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode text) {
                out.text(text.getWholeText());
            } else if (node instanceof Element element && copied(element)) {
                Map<String, String> attributes = new LinkedHashMap<>();
                for (Attribute attribute : element.attributes()) {
                    attributes.put(attribute.getKey(), attribute.getValue());
                }
                out.open(element.tagName(), attributes);
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (node instanceof Element element && copied(element)) {
                out.close();
            }
        }

        private static boolean copied(Element element) {
            boolean shadow = element.tagName().equals("template") && element.hasAttr("shadowrootmode");
            return !element.tagName().equals("#root") && !shadow;
        }
    }
}
