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
import io.evenkeel.pipeline.queue.json.AnswerJson;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The queue of one run at the coordinator. Has a circuit breaker of its own. Thread-safe.
 */
public final class RunQueue implements WorkQueue {

    private static final Duration HEARTBEAT = Duration.ofSeconds(4);

    /** A machine that is taken away has a second to hand its work back. */
    private static final Duration LEAVE = Duration.ofMillis(900);

    /** What a claim may take when the budget is used up: enough for one that answers. */
    private static final Duration LEAST = Duration.ofMillis(500);

    /** The same where no test waits. */
    private static final Duration IDLE = Duration.ofSeconds(2);

    private final Caller caller;
    private final QueueWaits waits;
    private final Exchange runOpening;
    private final String path;
    private final Consumer<String> people;

    /** What to open the queue with when it is not open yet. */
    private volatile Optional<Wish> wish = Optional.empty();

    /** Ids of the items by position, once it is open. */
    private volatile Optional<List<String>> order = Optional.empty();

    private volatile boolean otherSuite;

    /**
     * @param opening for a coordinator that has not heard of the run
     * @param people gets a line when the queue turns out to be of no use after the tests have begun
     */
    RunQueue(Caller caller, QueueWaits waits, String runKey, RunOpening opening, Consumer<String> people) {
        this.caller = caller;
        this.waits = waits;
        this.runOpening = Routes.open(runKey, opening);
        this.path = Routes.orchestrate(runKey);
        this.people = people;
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

    /**
     * Opens the queue, or learns the order of the one that is there. Where nobody answers, {@link #join} tries it again.
     */
    public Answer<Opened> open(Wish wanted) {
        wish = Optional.of(wanted);
        return open(wanted, waits.beforeTests());
    }

    private Answer<Opened> open(Wish wanted, Patience patience) {
        List<String> own = wanted.items().stream().map(QueueItem::id).toList();
        Answer<Opened> answer = put(wanted.withoutItems(), patience)
                .flatMap(first -> first.code() == 404 ? bring(wanted, patience) : new Answer.Delivered<>(first))
                .flatMap(status -> order(status, own));
        answer.value().ifPresent(opened -> {
            otherSuite = opened.conflict().isPresent();
            order = otherSuite ? Optional.empty() : Optional.of(opened.order());
        });
        return answer;
    }

    /** Brings the items. When the coordinator was slow, it may not even have heard of the run. */
    private Answer<Status> bring(Wish wanted, Patience patience) {
        return put(wanted, patience)
                .flatMap(second -> second.code() == 404
                        ? caller.call(runOpening, patience).flatMap(known -> put(wanted, patience))
                        : new Answer.Delivered<>(second));
    }

    private Answer<Status> put(Wish wanted, Patience patience) {
        return caller.call(new Exchange("PUT", path + "/queue", QueueWire.wish(wanted)), patience);
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
                json.path("created").asBoolean(false) ? own : Json.texts(json.path("order")), Optional.empty()));
    }

    @Override
    public Optional<Admission> join(Member who, Waiting waiting) {
        Patience patience = waiting == Waiting.SOMEBODY ? waits.beforeTests() : waits.unhurried();
        if (order.isEmpty() && wish.isPresent() && !openLate(wish.get(), patience)) {
            return Optional.empty();
        }
        List<String> known = order.orElse(List.of());
        return caller.call(new Exchange("POST", path + "/agents", QueueWire.member(who)), patience)
                .value()
                .filter(status -> status.code() == 200)
                .map(status -> AnswerJson.admission(Json.object(status.body())).in(known));
    }

    /** Opens the queue after the tests have begun; returns whether it is open. */
    private boolean openLate(Wish wanted, Patience patience) {
        if (otherSuite) {
            return false; // said once
        }
        Optional<Opened> opened = open(wanted, patience).value();
        opened.flatMap(Opened::conflict)
                .ifPresent(
                        conflict -> people.accept(
                                "The queue of this run is of another suite: " + conflict
                                        + ". This machine goes on with its own share of the plan. Use the same command and the same commit on all executors."));
        return order.isPresent();
    }

    @Override
    public Reply claim(long token, Ask ask) {
        Payload payload = QueueWire.ask(token, ask);
        if (ask.tests().isEmpty() && ask.ahead() != Ask.Ahead.NEXT) {
            return reply("/claims", payload, waits.background(IDLE));
        }
        return waits.whileAWorkerWaits(
                ask.tests().isEmpty() ? IDLE : LEAST, patience -> reply("/claims", payload, patience));
    }

    @Override
    public Reply heartbeat(long token, List<Ended> ended, int since) {
        return reply("/heartbeat", QueueWire.heartbeat(token, ended, since), waits.background(HEARTBEAT));
    }

    @Override
    public boolean leave(long token, List<Ended> safe, List<Ended> ended) {
        Patience patience = safe.isEmpty() ? Patience.background(LEAVE) : waits.afterTests(LEAVE);
        return caller.call(new Exchange("POST", path + "/leave", QueueWire.leave(token, safe, ended)), patience)
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
            case 200 -> AnswerJson.going(Json.object(status.body()));
            case 409 -> new Reply.Stale(Routes.problem(status));
            default -> new Reply.Away(Routes.problem(status));
        };
    }
}
