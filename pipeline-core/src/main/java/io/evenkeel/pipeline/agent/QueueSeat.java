package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.WorkQueue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An agent's place in the queue of a run.
 *
 * <p>Immutable.
 *
 * @param queue open already, or opened when it answers
 * @param who this agent
 * @param items by position
 * @param own tests this agent runs when nobody answers: its share of the plan that all agents compute alike; empty when it has no
 *     number, then it runs whatever it does not know to be another's
 */
public record QueueSeat(WorkQueue queue, Member who, List<QueueItem> items, List<String> own) {

    public QueueSeat {
        items = List.copyOf(items);
        own = List.copyOf(own);
    }

    /** Returns this place in a queue whose items are in this order; the same when they are other items. */
    public QueueSeat in(List<String> order) {
        Map<String, QueueItem> byId = new HashMap<>();
        items.forEach(item -> byId.put(item.id(), item));
        List<QueueItem> ordered = order.stream()
                .map(id -> Optional.ofNullable(byId.get(id)))
                .flatMap(Optional::stream)
                .toList();
        return ordered.size() == items.size() ? new QueueSeat(queue, who, ordered, own) : this;
    }

    /** Returns this place with a share for when nobody answers. */
    public QueueSeat withOwn(List<String> tests) {
        return new QueueSeat(queue, who, items, tests);
    }
}
