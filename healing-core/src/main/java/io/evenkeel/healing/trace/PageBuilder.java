package io.evenkeel.healing.trace;

import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Rebuilds a page from recorded documents: follows back references, inlines open shadow roots, grafts frames, drops typed values.
 *
 * <p>One thread, used once.
 */
final class PageBuilder {

    private static final int MAX_VISITS = 2_000_000;
    private static final int MAX_DEPTH = 2_000;
    private static final String SHADOW = "__playwright_shadow_root_";
    private static final String TARGET = "__playwright_target__";
    private static final Set<String> KEEPS_VALUE = Set.of("button", "submit", "reset", "radio", "checkbox", "image");

    private final FrameStore frames;
    private final FrameSnapshot main;
    private final DomSnapshot.Builder out;
    private final List<Element> targets = new ArrayList<>();
    private final Set<String> entered = new HashSet<>();
    private int visits;

    PageBuilder(FrameStore frames, FrameSnapshot main) {
        this.frames = frames;
        this.main = main;
        this.out = DomSnapshot.at(main.url);
    }

    TracedPage build() {
        entered.add(main.frameId);
        visit(main.html, main, 0);
        return new TracedPage(out.build(), targets);
    }

    private void visit(Object node, FrameSnapshot at, int depth) {
        if (++visits > MAX_VISITS || depth > MAX_DEPTH) {
            throw new SnapshotRefusedException(
                    "The recorded page is nested or repeated beyond reason; it is not searched.");
        }
        if (node instanceof String text) {
            out.text(text);
        } else if (node instanceof DomNode element) {
            if (element.isReference()) {
                FrameSnapshot earlier = frames.earlier(at, element.back).orElseThrow(PageBuilder::missing);
                if (element.position < 0 || element.position >= earlier.nodes().size()) {
                    throw missing();
                }
                visit(earlier.nodes().get(element.position), earlier, depth + 1);
            } else if (element.attributes.containsKey(SHADOW)) {
                children(element, at, depth);
            } else {
                element(element, at, depth);
            }
        }
    }

    private static SnapshotRefusedException missing() {
        return new SnapshotRefusedException(
                "The trace refers to a page it does not hold; it is cut off. Run the test again with its trace kept.");
    }

    private void element(DomNode node, FrameSnapshot at, int depth) {
        String tag = node.tag.toLowerCase(Locale.ROOT);
        Element element = out.open(tag, attributes(tag, node.attributes));
        String mark = node.attributes.get(TARGET);
        if (mark != null && (mark.isEmpty() || mark.equals(main.callId))) {
            targets.add(element);
        }
        if (!tag.equals("textarea")) {
            children(node, at, depth);
        }
        if (tag.equals("iframe") || tag.equals("frame")) {
            graft(node);
        }
        out.close();
    }

    private void children(DomNode node, FrameSnapshot at, int depth) {
        for (Object child : node.children) {
            visit(child, at, depth + 1);
        }
    }

    private void graft(DomNode iframe) {
        String source = iframe.attributes.getOrDefault("__playwright_src__", iframe.attributes.getOrDefault("src", ""));
        int at = source.indexOf("/snapshot/");
        if (at < 0) {
            return;
        }
        String frameId = source.substring(at + "/snapshot/".length()).replaceAll("\\?.*", "");
        frames.frameAt(frameId, main).filter(f -> entered.add(f.frameId)).ifPresent(frame -> {
            out.enterFrame();
            visit(frame.html, frame, 1);
            out.leaveFrame();
        });
    }

    private static Map<String, String> attributes(String tag, Map<String, String> recorded) {
        Map<String, String> kept = new LinkedHashMap<>();
        String type = recorded.getOrDefault("type", "text").toLowerCase(Locale.ROOT);
        boolean typed = tag.equals("textarea") || (tag.equals("input") && !KEEPS_VALUE.contains(type));
        recorded.forEach((name, value) -> {
            if (name.equals("__playwright_checked_")) {
                kept.put("checked", value);
            } else if (name.equals("__playwright_dialog_open_") || name.equals("__playwright_popover_open_")) {
                kept.put("open", value);
            } else if (!name.startsWith("__playwright") && !(typed && name.equals("value"))) {
                kept.put(name, value);
            }
        });
        return kept;
    }
}
