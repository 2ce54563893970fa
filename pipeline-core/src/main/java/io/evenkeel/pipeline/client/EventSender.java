package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.client.Transport.Reply.Status;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import io.evenkeel.pipeline.spool.Acknowledgement;
import io.evenkeel.pipeline.spool.Acknowledgement.Gap;
import io.evenkeel.pipeline.spool.Acknowledgement.Rejected;
import io.evenkeel.pipeline.spool.Acknowledgement.Stored;
import io.evenkeel.pipeline.spool.Acknowledgement.Unavailable;
import io.evenkeel.pipeline.spool.Batch;
import io.evenkeel.pipeline.spool.EventSink;
import io.evenkeel.pipeline.spool.SpoolId;
import java.util.List;
import java.util.function.Function;

/**
 * Sends the events of one run in requests of a size the coordinator takes.
 *
 * <p>A request it finds too large (413) is halved; a single event that is still too large is cut, so that one giant error message
 * cannot hold up everything behind it. A coordinator that does not know the run (it was away when the run began, or lost its
 * data) is told of the run first. Thread-safe.
 */
final class EventSender implements EventSink {

    /** Longest texts a single oversized event keeps, in characters, tried in this order. */
    private static final int[] CUTS = {4096, 256};

    private final Function<Payload, Answer<Status>> post;
    private final Function<SpoolId, Answer<RunOpened>> open;

    /**
     * @param post makes a request to the events route of the run
     * @param open tells the coordinator of the run
     */
    EventSender(Function<Payload, Answer<Status>> post, Function<SpoolId, Answer<RunOpened>> open) {
        this.post = post;
        this.open = open;
    }

    @Override
    public Acknowledgement send(Batch batch) {
        return request(batch.spool(), batch.events());
    }

    private Acknowledgement request(SpoolId spool, List<SpoolEvent> events) {
        List<String> lines = events.stream().map(SpoolEvent::json).toList();
        Answer<Status> answer = post(spool, lines);
        boolean split = answer.value().filter(s -> s.code() == 413).isPresent();
        if (!split) {
            return acknowledgement(answer);
        }
        return events.size() > 1 ? halves(spool, events) : cut(spool, events.get(0));
    }

    private Acknowledgement halves(SpoolId spool, List<SpoolEvent> events) {
        int half = events.size() / 2;
        long firstEnd = events.get(half - 1).seq();
        Acknowledgement first = request(spool, events.subList(0, half));
        if (reached(first) < firstEnd) {
            return first;
        }
        Acknowledgement second = request(spool, events.subList(half, events.size()));
        // What the first half achieved must not be lost to a failure of the second.
        return second.match(stored -> second, gap -> second, away -> first, rejected -> second);
    }

    private static long reached(Acknowledgement acknowledgement) {
        return acknowledgement.match(Stored::seq, gap -> -1L, away -> -1L, rejected -> -1L);
    }

    private Acknowledgement cut(SpoolId spool, SpoolEvent event) {
        for (int longest : CUTS) {
            Answer<Status> answer = post(spool, List.of(Json.cutTexts(event.json(), longest)));
            if (answer.value().filter(s -> s.code() == 413).isEmpty()) {
                return acknowledgement(answer);
            }
        }
        return new Rejected("Event " + event.seq() + " of spool " + spool.name()
                + " is too large for the coordinator even when cut. "
                + "Raise the request limit of the proxy in front of it.");
    }

    private Answer<Status> post(SpoolId spool, List<String> lines) {
        Payload body = new Payload.Json("{\"spool\":" + Json.quote(spool.name()) + ",\"shard\":" + spool.shard()
                + ",\"executor\":" + Json.quote(spool.executor()) + ",\"events\":[" + String.join(",", lines) + "]}");
        Answer<Status> answer = post.apply(body);
        boolean unknownRun = answer.value().filter(s -> s.code() == 404).isPresent();
        return unknownRun ? open.apply(spool).flatMap(opened -> post.apply(body)) : answer;
    }

    private static Acknowledgement acknowledgement(Answer<Status> answer) {
        return answer.match(
                delivered -> read(delivered.answered()),
                refused -> new Rejected(refused.reason() + ". " + refused.remedy()),
                away -> new Unavailable(away.reason()));
    }

    private static Acknowledgement read(Status status) {
        JsonNode json = Json.object(status.body());
        if (status.code() == 409 && json.path("seq").canConvertToLong()) {
            return new Gap(Math.max(1, json.path("seq").asLong()));
        }
        if (status.code() == 200 && json.path("acknowledged").canConvertToLong()) {
            return new Stored(Math.max(0, json.path("acknowledged").asLong()));
        }
        return new Rejected(Routes.problem(status));
    }
}
