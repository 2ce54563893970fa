package io.evenkeel.healing.trace;

import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part of a trace that healing needs: the calls with their places and the documents recorded around them.
 *
 * <p>One thread.
 */
public final class Trace {

    private final int version;
    private final String testIdAttribute;
    private final Map<String, TracedAction> actions;
    private final FrameStore frames;

    Trace(int version, String testIdAttribute, Map<String, TracedAction> actions, FrameStore frames) {
        this.version = version;
        this.testIdAttribute = testIdAttribute;
        this.actions = actions;
        this.frames = frames;
    }

    /** Returns the format version. */
    public int version() {
        return version;
    }

    /** Returns the attribute of {@code getByTestId}; empty if the trace does not say. */
    public String testIdAttribute() {
        return testIdAttribute;
    }

    /** Returns the calls in the order they began. */
    public List<TracedAction> actions() {
        return List.copyOf(actions.values());
    }

    /**
     * Returns the page as it was when a call gave up, or before it began if the end was not recorded.
     *
     * @return empty if nothing was recorded for the call
     * @throws SnapshotRefusedException if the page is too large or a record it refers to is missing
     */
    public Optional<TracedPage> pageAfter(TracedAction action) {
        return page(action, List.of("after", "action", "input", "before"));
    }

    /**
     * Returns the page with the element a call resolved to.
     *
     * @return empty unless exactly one element is marked
     * @throws SnapshotRefusedException if the page is too large or a record it refers to is missing
     */
    public Optional<TracedPage> pageWithTarget(TracedAction action) {
        for (String phase : List.of("action", "input", "before", "after")) {
            Optional<TracedPage> page = page(action, List.of(phase));
            if (page.isPresent() && page.get().targets().size() == 1) {
                return page;
            }
        }
        return Optional.empty();
    }

    /** Returns the last page the trace recorded, for failures whose call recorded none. */
    public Optional<TracedPage> lastPage() {
        List<FrameSnapshot> all = frames.all();
        for (int i = all.size() - 1; i >= 0; i--) {
            if (all.get(i).main) {
                return Optional.of(new PageBuilder(frames, all.get(i)).build());
            }
        }
        return Optional.empty();
    }

    private Optional<TracedPage> page(TracedAction action, List<String> phases) {
        List<FrameSnapshot> recorded = frames.ofCall(action.callId());
        for (String phase : phases) {
            List<FrameSnapshot> ofPhase = new ArrayList<>(recorded);
            ofPhase.removeIf(s -> !s.phase.equals(phase));
            for (FrameSnapshot snapshot : ofPhase) {
                if (snapshot.main) {
                    return Optional.of(new PageBuilder(frames, snapshot).build());
                }
            }
        }
        return Optional.empty();
    }
}
