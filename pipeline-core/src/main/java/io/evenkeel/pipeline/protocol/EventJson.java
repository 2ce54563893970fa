package io.evenkeel.pipeline.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.protocol.RunEvent.AgentEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptBegin;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorRaised;
import io.evenkeel.pipeline.protocol.RunEvent.Heal;
import io.evenkeel.pipeline.protocol.RunEvent.Output;
import io.evenkeel.pipeline.protocol.RunEvent.RunEnd;
import io.evenkeel.pipeline.protocol.RunEvent.Unknown;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads and writes the lines of a spool, as docs/reference/spool-events.md says.
 *
 * <p>Reading is lenient where a field may be missing and strict where an event would be wrong without it. Thread-safe.
 */
public final class EventJson {

    /** The version of the format this class writes. */
    public static final int VERSION = 1;

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private EventJson() {}

    /**
     * Reads one line.
     *
     * @param line one JSON object, without the newline
     * @return the event; {@link Unknown} for a kind this version does not know
     * @throws MalformedEventException when the line is no JSON object, lacks {@code seq} or {@code ev}, or an event lacks
     *     what it cannot do without
     */
    public static SpoolEvent read(String line) {
        JsonNode node;
        try {
            node = MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            throw new MalformedEventException("not JSON: " + e.getOriginalMessage(), e);
        }
        if (node == null || !node.isObject()) {
            throw new MalformedEventException("not a JSON object");
        }
        return read(new Fields(node), line);
    }

    /** Reads one event that is already parsed, for example out of a batch; as {@link #read(String)}. */
    public static SpoolEvent read(JsonNode node) {
        if (!node.isObject()) {
            throw new MalformedEventException("not a JSON object");
        }
        return read(new Fields(node), node.toString());
    }

    private static SpoolEvent read(Fields fields, String line) {
        long seq = fields.positive("seq");
        Instant at = Instant.ofEpochMilli(fields.number("t", 0));
        return new SpoolEvent(seq, at, event(fields), line);
    }

    private static RunEvent event(Fields f) {
        String kind = f.required("ev");
        switch (kind) {
            case "run.begin":
                return EventReader.runBegin(f);
            case "test":
                return EventReader.test(f);
            case "attempt.begin":
                return new AttemptBegin(f.required("id"), f.count("retry"), f.count("worker"), f.count("parallel"));
            case "attempt.end":
                return EventReader.attemptEnd(f);
            case "output":
                return new Output(f.optional("id"), f.text("stream", "stdout"), f.text("text", ""));
            case "error":
                return new ErrorRaised(EventReader.error(f));
            case "run.end":
                return new RunEnd(f.required("status"), Duration.ofMillis(Math.max(0, f.number("durationMs", 0))));
            case "heal":
                return new Heal(HealJson.read(f));
            case "agent.end":
                return new AgentEnd(
                        (int) f.number("exitCode", 3), (int) f.number("runnerExitCode", -1), f.texts("notRun"));
            default:
                return new Unknown(kind);
        }
    }

    /** Writes a healing event as a line. */
    public static String heal(long seq, Instant at, RunEvent.HealEvent heal) {
        ObjectNode line = envelope(seq, at, "heal");
        line.setAll(HealJson.write(heal));
        return line.toString();
    }

    /** Writes the end of the agent as a line. */
    public static String agentEnd(long seq, Instant at, AgentEnd end) {
        ObjectNode line = envelope(seq, at, "agent.end");
        line.put("exitCode", end.exitCode());
        line.put("runnerExitCode", end.runnerExitCode());
        end.notRun().forEach(line.putArray("notRun")::add);
        return line.toString();
    }

    private static ObjectNode envelope(long seq, Instant at, String kind) {
        ObjectNode line = MAPPER.createObjectNode();
        line.put("v", VERSION);
        line.put("seq", seq);
        line.put("t", at.toEpochMilli());
        line.put("ev", kind);
        return line;
    }
}
