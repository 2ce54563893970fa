package io.evenkeel.pipeline.queue;

import java.util.List;

/**
 * The right to take part.
 *
 * <p>Immutable.
 *
 * @param token fencing token, positive; higher than that of everybody who joined before
 * @param terms how long one may be silent
 * @param granted what an earlier agent of the same shard had and did not pass: a CI job that is started again gets its own list back
 * @param passed tests of that shard that passed before and are not run again
 * @param order ids of the items by position; empty for an agent that knows them
 */
public record Admission(long token, Terms terms, List<Reply.Granted> granted, int passed, List<String> order) {

    public Admission {
        granted = List.copyOf(granted);
        order = List.copyOf(order);
    }

    /** Returns this admission to a queue whose items are in this order. */
    public Admission in(List<String> ids) {
        return new Admission(token, terms, granted, passed, ids);
    }
}
