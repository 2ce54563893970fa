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
 */
public record Admission(long token, Terms terms, List<Reply.Granted> granted, int passed) {

    public Admission {
        granted = List.copyOf(granted);
    }
}
