package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import java.util.List;
import java.util.Locale;

/** What an agent sends to a queue, as in docs/reference/http-api.md. */
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

    private static Payload json(ObjectNode body) {
        return new Payload.Json(body.toString());
    }
}
