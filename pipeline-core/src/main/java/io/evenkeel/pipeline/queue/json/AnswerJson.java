package io.evenkeel.pipeline.queue.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Journal.QueueState;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import io.evenkeel.pipeline.queue.Reply.Standing;
import io.evenkeel.pipeline.queue.Reply.Uncounted;
import io.evenkeel.pipeline.queue.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The JSON form of what a queue answers. Reading is lenient, because the other side may be older or newer: what is missing is empty,
 * or standard. Thread-safe.
 */
public final class AnswerJson {

    private AnswerJson() {}

    /** Returns the answer to an agent that joins; the order of the items is not in it. */
    public static ObjectNode write(Admission admission) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("token", admission.token());
        json.put("leaseMs", admission.terms().lease().toMillis());
        json.put("heartbeatMs", admission.terms().heartbeat().toMillis());
        json.put("passed", admission.passed());
        granted(json, admission.granted());
        return json;
    }

    /** Returns the answer to a claim or a heartbeat. */
    public static ObjectNode write(Going going) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        granted(json, going.granted());
        json.put("revision", going.changes().revision());
        spans(json.putArray("taken"), going.changes().taken());
        spans(json.putArray("free"), going.changes().free());
        json.put("open", going.standing().open());
        json.put("heldByOthers", going.standing().heldByOthers());
        json.put("quietMs", going.standing().quiet().toMillis());
        json.put("state", going.standing().state().name().toLowerCase(Locale.ROOT));
        going.uncounted().refused().forEach(json.putArray("refused")::add);
        going.uncounted().missing().forEach(json.putArray("missing")::add);
        return json;
    }

    private static void granted(ObjectNode json, List<Granted> granted) {
        ArrayNode array = json.putArray("granted");
        for (Granted one : granted) {
            ObjectNode item = array.addObject().put("position", one.position());
            one.tests().forEach(item.putArray("tests")::add);
        }
    }

    private static void spans(ArrayNode array, List<Span> spans) {
        spans.forEach(span -> array.addArray().add(span.first()).add(span.last()));
    }

    /** Reads what {@link #write(Admission)} wrote; a lease is at least two heartbeats long, whatever stands there. */
    public static Admission admission(JsonNode json) {
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

    /** Reads what {@link #write(Going)} wrote; any state but the cancelled one is taken for open. */
    public static Going going(JsonNode json) {
        return new Going(
                granted(json.path("granted")),
                new Changes(json.path("revision").asInt(0), spans(json.path("taken")), spans(json.path("free"))),
                new Standing(
                        json.path("open").asInt(0),
                        json.path("heldByOthers").asInt(0),
                        Duration.ofMillis(json.path("quietMs").asLong(0)),
                        json.path("state").asText("").equals("cancelled") ? QueueState.CANCELLED : QueueState.OPEN),
                new Uncounted(texts(json.path("refused")), texts(json.path("missing"))));
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

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
