package io.evenkeel.healing.trace;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All recorded documents, in recording order, by frame and by call. One thread. */
final class FrameStore {

    private final List<FrameSnapshot> all = new ArrayList<>();
    private final Map<String, List<FrameSnapshot>> byFrame = new HashMap<>();
    private final Map<FrameSnapshot, Integer> positions = new java.util.IdentityHashMap<>();
    private final Map<FrameSnapshot, Integer> order = new java.util.IdentityHashMap<>();

    void add(FrameSnapshot snapshot) {
        List<FrameSnapshot> frame = byFrame.computeIfAbsent(snapshot.frameId, id -> new ArrayList<>());
        positions.put(snapshot, frame.size());
        order.put(snapshot, all.size());
        frame.add(snapshot);
        all.add(snapshot);
    }

    List<FrameSnapshot> all() {
        return all;
    }

    List<FrameSnapshot> ofCall(String callId) {
        List<FrameSnapshot> found = new ArrayList<>();
        for (FrameSnapshot snapshot : all) {
            if (snapshot.callId.equals(callId)) {
                found.add(snapshot);
            }
        }
        return found;
    }

    /** Returns the snapshot of the same frame the given number of recordings earlier. */
    java.util.Optional<FrameSnapshot> earlier(FrameSnapshot from, int back) {
        int at = positions.getOrDefault(from, 0) - back;
        return at < 0
                ? java.util.Optional.empty()
                : java.util.Optional.of(
                        byFrame.getOrDefault(from.frameId, List.of()).get(at));
    }

    /** Returns the document a child frame showed when the given snapshot was taken: of the same call and phase, else the last before. */
    java.util.Optional<FrameSnapshot> frameAt(String frameId, FrameSnapshot when) {
        FrameSnapshot best = null;
        for (FrameSnapshot candidate : byFrame.getOrDefault(frameId, List.of())) {
            if (candidate.callId.equals(when.callId) && candidate.phase.equals(when.phase)) {
                return java.util.Optional.of(candidate);
            }
            if (order.getOrDefault(candidate, 0) <= order.getOrDefault(when, 0)) {
                best = candidate;
            }
        }
        return java.util.Optional.ofNullable(best);
    }
}
