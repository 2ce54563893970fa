package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.LocalQueue;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.queue.Terms;
import io.evenkeel.pipeline.queue.WorkQueue;
import io.evenkeel.pipeline.queue.json.AnswerJson;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * The way to a coordinator that keeps the queue of one run: answers take as long as the test says, on its own time. A request that is given up was heard
 * nevertheless.
 */
final class QueueTransport implements Transport {

    /** The coordinator itself; several ways may lead to it. */
    static final class Queues {
        private final ManualPace pace;
        private Optional<LocalQueue> queue = Optional.empty();
        private List<String> order = List.of();
        private boolean knowsTheRun;

        Queues(ManualPace pace) {
            this.pace = pace;
        }

        LocalQueue queue() {
            return queue.orElseThrow();
        }
    }

    /** What happens to a request. */
    sealed interface Weather {
        /** It is answered after so long. */
        record Answers(Duration after) implements Weather {}

        /** The connection is taken, and nothing comes. */
        record Silence() implements Weather {}

        /** Nobody is there. */
        record Absence() implements Weather {}

        /** It has a queue with other tests. */
        record OtherSuite() implements Weather {}
    }

    private final Queues queues;
    private final List<String> requests = new ArrayList<>();
    private final Deque<Weather> forecast = new ArrayDeque<>();
    private Weather weather = new Weather.Answers(Duration.ZERO);

    QueueTransport(Queues queues) {
        this.queues = queues;
    }

    QueueTransport answersAfter(Duration time) {
        weather = new Weather.Answers(time);
        return this;
    }

    QueueTransport falls(Weather next) {
        weather = next;
        return this;
    }

    /** The next request alone. */
    QueueTransport first(Weather next) {
        forecast.add(next);
        return this;
    }

    List<String> requests() {
        return requests;
    }

    @Override
    public Reply exchange(Exchange exchange, Duration limit) {
        requests.add(exchange.method() + " " + exchange.path());
        Weather now = forecast.isEmpty() ? weather : forecast.poll();
        if (now instanceof Weather.Absence) {
            return new Reply.NoReply("nothing listens there", Reply.Sign.ABSENCE);
        }
        if (now instanceof Weather.OtherSuite) {
            return status(409);
        }
        Duration after = now instanceof Weather.Answers answers ? answers.after() : Duration.ofDays(1);
        if (after.compareTo(limit) > 0) {
            queues.pace.pause(limit);
            if (now instanceof Weather.Answers) {
                answer(exchange);
            }
            return new Reply.NoReply("no answer in time");
        }
        queues.pace.pause(after);
        return answer(exchange);
    }

    private Reply answer(Exchange exchange) {
        JsonNode body = Json.object(exchange.payload().match(nothing -> "{}", Payload.Json::text, file -> "{}"));
        String path = exchange.path();
        if (path.startsWith("/api/v1/runs/")) {
            queues.knowsTheRun = true;
            return ok("{\"runId\":\"r1\",\"url\":\"\"}");
        }
        if (path.endsWith("/queue")) {
            return open(body);
        }
        if (queues.queue.isEmpty()) {
            return new Reply.Status(404, "{\"title\":\"no queue\"}", Optional.empty(), Optional.empty());
        }
        LocalQueue queue = queues.queue();
        if (path.endsWith("/agents")) {
            Member who = new Member(
                    body.path("shard").asInt(),
                    body.path("executor").asText(),
                    body.path("spool").asText(),
                    1,
                    Member.Again.ALL);
            return ok(
                    AnswerJson.write(queue.join(who, WorkQueue.Waiting.SOMEBODY).orElseThrow())
                            .toString());
        }
        long token = body.path("token").asLong();
        io.evenkeel.pipeline.queue.Reply reply = path.endsWith("/claims")
                ? queue.claim(token, ask(body))
                : queue.heartbeat(token, List.of(), body.path("since").asInt());
        return reply.match(going -> ok(AnswerJson.write(going).toString()), stale -> status(409), away -> status(500));
    }

    private Reply open(JsonNode body) {
        if (!queues.knowsTheRun || (queues.queue.isEmpty() && body.path("items").isEmpty())) {
            return status(404);
        }
        if (queues.queue.isPresent()) {
            ObjectNode json = Json.newObject().put("created", false);
            queues.order.forEach(json.putArray("order")::add);
            return ok(json.toString());
        }
        List<QueueItem> items = new ArrayList<>();
        body.path("items")
                .forEach(item -> items.add(new QueueItem(
                        item.path("id").asText(),
                        Json.texts(item.path("tests")),
                        Duration.ofMillis(item.path("estimateMs").asLong()),
                        Handover.REST)));
        queues.order = items.stream().map(QueueItem::id).toList();
        queues.queue = Optional.of(new LocalQueue(items, Terms.STANDARD, queues.pace::now));
        return ok("{\"created\":true}");
    }

    private static Ask ask(JsonNode body) {
        return new Ask(
                Json.texts(body.path("tests")),
                body.path("after").asInt(-1),
                switch (body.path("ahead").asText()) {
                    case "next" -> Ask.Ahead.NEXT;
                    case "prefetch" -> Ask.Ahead.PREFETCH;
                    default -> Ask.Ahead.NOTHING;
                },
                body.path("since").asInt(),
                Duration.ofMillis(body.path("pullMs").asLong()));
    }

    private static Reply ok(String json) {
        return new Reply.Status(200, json, Optional.empty(), Optional.empty());
    }

    private static Reply status(int code) {
        return new Reply.Status(code, "{\"title\":\"no\"}", Optional.empty(), Optional.empty());
    }

    @Override
    public void close() {
        // nothing is open
    }
}
