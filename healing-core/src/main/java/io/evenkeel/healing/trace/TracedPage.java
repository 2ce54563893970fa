package io.evenkeel.healing.trace;

import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.Element;
import java.util.List;

/**
 * A page out of a trace.
 *
 * @param dom the page
 * @param targets elements the recorded call resolved to
 */
public record TracedPage(DomSnapshot dom, List<Element> targets) {
    public TracedPage {
        targets = List.copyOf(targets);
    }
}
