package io.evenkeel.pipeline.summary;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Markdown that never grows beyond its budget: a block goes in whole or not at all. One thread. */
final class MarkdownPage {

    /** Room for the note that says what was cut. */
    private static final int NOTE = 600;

    private final StringBuilder text = new StringBuilder();
    private final List<String> cut = new ArrayList<>();
    private final int limit;
    private int bytes;

    MarkdownPage(int maxBytes) {
        this.limit = maxBytes - NOTE;
    }

    /** Adds a block, or returns false when it does not fit. */
    boolean add(String block) {
        int size = block.getBytes(StandardCharsets.UTF_8).length + 1;
        if (bytes + size > limit) {
            return false;
        }
        text.append(block).append('\n');
        bytes += size;
        return true;
    }

    /** Adds a block; when it does not fit, the note at the end names it. */
    void addOrCut(String block, String name) {
        if (!add(block)) {
            cut(name);
        }
    }

    void cut(String name) {
        cut.add(name);
    }

    /** Returns the page, and at its end what was cut and where to read it. */
    String end(String link) {
        if (!cut.isEmpty()) {
            String what = Texts.cut(String.join(", ", cut), 300);
            text.append("_Cut to size here: ")
                    .append(what)
                    .append(link.isEmpty() ? ". The whole is in summary.json._\n" : ". " + link + " has the whole._\n");
        }
        return text.toString();
    }
}
