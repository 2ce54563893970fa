package io.evenkeel.pipeline.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.loopback.LoopbackServer;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Ended.Result;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

/** Where {@code evenkeel-preload.cjs} asks whether a group may run. Thread-safe; ends with {@link #close}. */
final class GateServer implements AutoCloseable {

    private static final int LONGEST_BODY = 8 * 1024 * 1024;

    private final Turnstile turnstile;
    private final int lanes;
    private final LoopbackServer server;
    private final AtomicBoolean prefetching = new AtomicBoolean();

    private volatile int asked;
    private volatile long waitedMs;

    private GateServer(Turnstile turnstile, int lanes) throws IOException {
        this.turnstile = turnstile;
        this.lanes = lanes;
        this.server = LoopbackServer.start("evenkeel-gate", LONGEST_BODY, this::answer);
    }

    static GateServer start(Turnstile turnstile, int lanes) throws IOException {
        return new GateServer(turnstile, lanes);
    }

    /** Returns the value of {@code EVENKEEL_GATE}. */
    URI address() {
        return server.address();
    }

    /** Returns how many groups have come to the gate; 0 until the runner has ended. */
    int asked() {
        return asked;
    }

    /** Returns what all of them have waited together, in milliseconds. */
    long waitedMs() {
        return waitedMs;
    }

    private ObjectNode answer(String route, JsonNode body) {
        return switch (route) {
            case "claim" -> claim(body);
            case "ended" -> ended(body);
            default -> closed(body);
        };
    }

    private ObjectNode claim(JsonNode body) {
        List<String> ids = new ArrayList<>();
        body.path("ids").forEach(id -> ids.add(id.asText()));
        Set<String> granted = turnstile.claim(ids);
        if (!granted.isEmpty() && turnstile.wantsMore(lanes) && prefetching.compareAndSet(false, true)) {
            server.threads().execute(() -> {
                try {
                    turnstile.prefetch();
                } finally {
                    prefetching.set(false);
                }
            });
        }
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        granted.forEach(answer.putArray("granted")::add);
        return answer;
    }

    private ObjectNode ended(JsonNode body) {
        List<Ended> ended = new ArrayList<>();
        body.path("ended")
                .forEach(one -> ended.add(new Ended(
                        one.path("test").asText(),
                        one.path("result").asText().equals("passed") ? Result.PASSED : Result.FAILED)));
        turnstile.ended(ended);
        return JsonNodeFactory.instance.objectNode();
    }

    private ObjectNode closed(JsonNode body) {
        asked = body.path("asked").asInt();
        waitedMs = body.path("waitedMs").asLong();
        return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public void close() {
        server.close();
    }
}
