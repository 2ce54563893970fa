package io.evenkeel.coordinator.queue;

import io.evenkeel.pipeline.queue.QueueItem;
import java.util.List;

/**
 * The queue an agent wants to take part in.
 *
 * <p>Immutable.
 *
 * @param digest of the suite's test ids; agents with different suites must not share a queue
 * @param strategy name of the order, for people
 * @param machines agents that will take part, 0 while unknown
 * @param items in the order to hand them out; empty when the agent only asks whether there is a queue already
 */
public record QueueWish(String digest, String strategy, int machines, List<QueueItem> items) {

    /** Tests one queue may have. */
    public static final int MOST_TESTS = 200_000;

    public QueueWish {
        items = List.copyOf(items);
        long tests = items.stream().mapToLong(item -> item.tests().size()).sum();
        if (tests > MOST_TESTS) {
            throw new IllegalArgumentException("The tests (" + tests + ") of a queue must be at most " + MOST_TESTS
                    + ". Split the suite into several configurations.");
        }
    }
}
