package io.evenkeel.pipeline.queue;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which items each agent holds and has not done. The sums are kept, because every answer tells them. One thread.
 */
final class Holders {

    private final Map<Long, Held> byToken = new HashMap<>();
    private int count;

    private static final class Held {
        private final Set<Integer> positions = new HashSet<>();
        private long nanos;
    }

    /** Notes that an agent holds an item. */
    void add(long token, int position, Duration estimate) {
        Held held = byToken.computeIfAbsent(token, key -> new Held());
        if (held.positions.add(position)) {
            count++;
        }
        held.nanos += estimate.toNanos();
    }

    /** Notes that an agent holds an item no more; does nothing when it does not. */
    void remove(long token, int position, Duration estimate) {
        Held held = byToken.get(token);
        if (held != null && held.positions.remove(position)) {
            count--;
            held.nanos -= estimate.toNanos();
        }
    }

    /** Takes everything from an agent; returns the positions in order. */
    List<Integer> removeAll(long token) {
        List<Integer> positions = positions(token);
        byToken.remove(token);
        count -= positions.size();
        return positions;
    }

    /** Returns the positions an agent holds, in order. */
    List<Integer> positions(long token) {
        Held held = byToken.get(token);
        return held == null ? List.of() : held.positions.stream().sorted().toList();
    }

    /** Returns how many items an agent holds. */
    int count(long token) {
        Held held = byToken.get(token);
        return held == null ? 0 : held.positions.size();
    }

    /** Returns how many items are held. */
    int count() {
        return count;
    }

    /** Returns the sum of the estimates of what an agent holds. */
    Duration left(long token) {
        Held held = byToken.get(token);
        return held == null ? Duration.ZERO : Duration.ofNanos(held.nanos);
    }
}
