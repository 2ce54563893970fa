package io.evenkeel.pipeline.queue;

import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Granted;
import java.util.List;

/** Replies as tests read them. */
final class Replies {

    private Replies() {}

    static Going going(Reply reply) {
        return reply.match(
                going -> going,
                stale -> {
                    throw new AssertionError(stale.reason());
                },
                away -> {
                    throw new AssertionError(away.reason());
                });
    }

    static boolean isStale(Reply reply) {
        return reply.match(going -> false, stale -> true, away -> false);
    }

    static List<String> tests(List<Granted> granted) {
        return granted.stream().flatMap(one -> one.tests().stream()).toList();
    }
}
