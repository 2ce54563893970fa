package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Journal.QueueState;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import io.evenkeel.pipeline.queue.Reply.Standing;
import io.evenkeel.pipeline.queue.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The queue's part of docs/reference/http-api.md. */
final class QueueWire {

    private QueueWire() {}

    static Payload wish(RunQueue.Wish wish) {
        ObjectNode body = Json.newObject();
        body.put("digest", wish.digest());
        body.put("strategy", wish.strategy());
        body.put("machines", wish.machines());
        if (!wish.items().isEmpty()) {
            ArrayNode items = body.putArray("items");
            for (QueueItem item : wish.items()) {
                ObjectNode one = items.addObject();
                one.put("id", item.id());
                item.tests().forEach(one.putArray("tests")::add);
                one.put("estimateMs", item.estimate().toMillis());
                if (item.handover() == QueueItem.Handover.WHOLE) {
                    one.put("handover", "whole");
                }
            }
        }
        return json(body);
    }

    static Payload member(Member who) {
        return json(Json.newObject()
                .put("shard", who.shard())
                .put("executor", who.executor())
                .put("spool", who.spool())
                .put("lanes", who.lanes())
                .put("again", who.again().name().toLowerCase(Locale.ROOT)));
    }

    static Payload ask(long token, Ask ask) {
        ObjectNode body = Json.newObject().put("token", token);
        ask.tests().forEach(body.putArray("tests")::add);
        body.put("after", ask.after());
        body.put(
                "ahead",
                ask.ahead() == Ask.Ahead.NOTHING ? "" : ask.ahead().name().toLowerCase(Locale.ROOT));
        body.put("since", ask.since());
        body.put("pullMs", ask.pull().toMillis());
        return json(body);
    }

    static Payload heartbeat(long token, List<Ended> ended, int since) {
        ObjectNode body = Json.newObject().put("token", token).put("since", since);
        ended(body, "ended", ended);
        return json(body);
    }

    static Payload leave(long token, List<Ended> safe, List<Ended> ended) {
        ObjectNode body = Json.newObject().put("token", token);
        ended(body, "safe", safe);
        ended(body, "ended", ended);
        return json(body);
    }

    private static void ended(ObjectNode body, String name, List<Ended> ended) {
        ArrayNode array = body.putArray(name);
        for (Ended one : ended) {
            array.addObject()
                    .put("test", one.test())
                    .put("result", one.result().name().toLowerCase(Locale.ROOT));
        }
    }

    static Admission admission(JsonNode json) {
        Terms standard = Terms.STANDARD;
        Duration heartbeat = Duration.ofMillis(
                Math.max(1, json.path("heartbeatMs").asLong(standard.heartbeat().toMillis())));
        Duration lease =
                Duration.ofMillis(json.path("leaseMs").asLong(standard.lease().toMillis()));
        Duration least = heartbeat.multipliedBy(2);
        Terms terms = new Terms(lease.compareTo(least) < 0 ? least : lease, heartbeat);
        return new Admission(
                json.path("token").asLong(),
                terms,
                granted(json.path("granted")),
                json.path("passed").asInt(0),
                List.of());
    }

    static Reply going(JsonNode json) {
        return new Reply.Going(
                granted(json.path("granted")),
                new Changes(json.path("revision").asInt(0), spans(json.path("taken")), spans(json.path("free"))),
                new Standing(
                        json.path("open").asInt(0),
                        json.path("heldByOthers").asInt(0),
                        Duration.ofMillis(json.path("quietMs").asLong(0)),
                        json.path("state").asText("").equals("cancelled") ? QueueState.CANCELLED : QueueState.OPEN),
                new Reply.Uncounted(texts(json.path("refused")), texts(json.path("missing"))));
    }

    private static List<Granted> granted(JsonNode array) {
        List<Granted> granted = new ArrayList<>();
        array.forEach(item -> granted.add(new Granted(item.path("position").asInt(-1), texts(item.path("tests")))));
        return granted;
    }

    private static List<Span> spans(JsonNode array) {
        List<Span> spans = new ArrayList<>();
        array.forEach(
                span -> spans.add(new Span(span.path(0).asInt(), span.path(1).asInt())));
        return spans;
    }

    static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static Payload json(ObjectNode body) {
        return new Payload.Json(body.toString());
    }
}
