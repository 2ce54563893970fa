package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.WorkQueue;
import java.util.List;

/**
 * An agent's place in the queue of a run.
 *
 * <p>Immutable.
 *
 * @param queue open already
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
}
