package io.evenkeel.healing.trace;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One recorded document of one frame. One thread: the list of its nodes is made on first use. */
final class FrameSnapshot {

    final String callId;
    final String phase;
    final String pageId;
    final String frameId;
    final String url;
    final boolean main;
    final Object html;
    private @Nullable List<Object> nodes;

    FrameSnapshot(String callId, String phase, String pageId, FrameOf frame, Object html) {
        this.callId = callId;
        this.phase = phase;
        this.pageId = pageId;
        this.frameId = frame.id();
        this.url = frame.url();
        this.main = frame.main();
        this.html = html;
    }

    /** The frame a document was in. */
    record FrameOf(String id, String url, boolean main) {}

    List<Object> nodes() {
        List<Object> known = nodes;
        if (known == null) {
            known = DomNode.postOrder(html);
            nodes = known;
        }
        return known;
    }
}
