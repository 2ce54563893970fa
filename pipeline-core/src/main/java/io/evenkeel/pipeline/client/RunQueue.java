package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.client.Transport.Exchange;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.client.Transport.Reply.Status;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.WorkQueue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The queue of one run at the coordinator.
 *
 * <p>A claim is waited for by a worker, so what failed claims cost is drawn from the budget before the tests: with a coordinator that dies in
 * the middle, the whole run is not held up for longer than with one that was never there. Has a circuit breaker of its own. Thread-safe.
 */
public final class RunQueue implements WorkQueue {

    private static final Duration HEARTBEAT = Duration.ofSeconds(4);

    /** A machine that is taken away has a second to hand its work back. */
    private static final Duration LEAVE = Duration.ofMillis(900);

    /** What a claim may take when the budget is used up: enough for one that answers. */
    private static final Duration LEAST = Duration.ofMillis(500);

    /** What a claim may take that no worker waits for. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final Caller caller;
    private final Pace pace;
    private final TimeBudget waiting;
    private final String path;

    RunQueue(Caller caller, Pace pace, TimeBudget waiting, String runKey) {
        this.caller = caller;
        this.pace = pace;
        this.waiting = waiting;
        this.path = Routes.orchestrate(runKey);
    }

    /**
     * A queue that agents want to share.
     *
     * @param digest of the suite's test ids
     * @param strategy name of the order
     * @param machines agents that will take part
     * @param items in the order to hand them out
     */
    public record Wish(String digest, String strategy, int machines, List<QueueItem> items) {
        public Wish {
            items = List.copyOf(items);
        }

        private Wish withoutItems() {
            return new Wish(digest, strategy, machines, List.of());
        }
    }

    /**
     * A queue that is open.
     *
     * @param order ids of the items by position; empty when it cannot be used
     * @param conflict why it cannot be used: it holds other tests
     */
    public record Opened(List<String> order, Optional<String> conflict) {
        public Opened {
            order = List.copyOf(order);
        }
    }

    /** Opens the queue, or learns the order of the one that is there. */
    public Answer<Opened> open(Wish wish) {
        List<String> own = wish.items().stream().map(QueueItem::id).toList();
        return put(wish.withoutItems())
                .flatMap(status ->
                        status.code() == 404 ? put(wish).flatMap(second -> order(second, own)) : order(status, own));
    }

    private Answer<Status> put(Wish wish) {
        return caller.call(new Exchange("PUT", path + "/queue", QueueWire.wish(wish)), Patience.of(waiting));
    }

    private static Answer<Opened> order(Status status, List<String> own) {
        if (status.code() == 409) {
            return new Answer.Delivered<>(new Opened(List.of(), Optional.of(Routes.problem(status))));
        }
        if (status.code() != 200) {
            return Routes.refused(status);
        }
        JsonNode json = Json.object(status.body());
        return new Answer.Delivered<>(new Opened(
                json.path("created").asBoolean(false) ? own : QueueWire.texts(json.path("order")), Optional.empty()));
    }

    @Override
    public Optional<Admission> join(Member who) {
        return caller.call(new Exchange("POST", path + "/agents", QueueWire.member(who)), Patience.of(waiting))
                .value()
                .filter(status -> status.code() == 200)
                .map(status -> QueueWire.admission(Json.object(status.body())));
    }

    @Override
    public Reply claim(long token, Ask ask) {
        if (ask.tests().isEmpty()) {
            return reply("/claims", QueueWire.ask(token, ask), Patience.background(IDLE));
        }
        Duration left = waiting.left();
        Patience patience = Patience.background(left.compareTo(LEAST) < 0 ? LEAST : left);
        long begin = pace.ticks();
        Reply reply = reply("/claims", QueueWire.ask(token, ask), patience);
        return reply.match(going -> going, stale -> stale, away -> {
            waiting.spend(Duration.ofNanos(pace.ticks() - begin));
            return away;
        });
    }

    @Override
    public Reply heartbeat(long token, List<Ended> ended, int since) {
        return reply("/heartbeat", QueueWire.heartbeat(token, ended, since), Patience.background(HEARTBEAT));
    }

    @Override
    public boolean leave(long token, List<Ended> safe, List<Ended> ended) {
        return caller.call(
                        new Exchange("POST", path + "/leave", QueueWire.leave(token, safe, ended)),
                        Patience.background(LEAVE))
                .value()
                .filter(status -> status.code() == 200)
                .isPresent();
    }

    private Reply reply(String what, Payload payload, Patience patience) {
        return caller.call(new Exchange("POST", path + what, payload), patience)
                .match(
                        delivered -> reply(delivered.answered()),
                        refused -> new Reply.Away(refused.reason()),
                        away -> new Reply.Away(away.reason()));
    }

    private static Reply reply(Status status) {
        return switch (status.code()) {
            case 200 -> QueueWire.going(Json.object(status.body()));
            case 409 -> new Reply.Stale(Routes.problem(status));
            default -> new Reply.Away(Routes.problem(status));
        };
    }
}
