package io.evenkeel.pipeline.agent;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Ended.Result;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where {@code evenkeel-preload.cjs} asks whether a group may run: HTTP on the loopback address, with a path nobody can guess. Thread-safe; ends with {@link #close}.
 */
final class GateServer implements AutoCloseable {

    private static final int LONGEST_BODY = 8 * 1024 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Turnstile turnstile;
    private final int lanes;
    private final HttpServer server;
    private final ExecutorService threads;
    private final AtomicBoolean prefetching = new AtomicBoolean();
    private final String secret;

    private volatile int asked;
    private volatile long waitedMs;

    private GateServer(Turnstile turnstile, int lanes) throws IOException {
        this.turnstile = turnstile;
        this.lanes = lanes;
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.secret = HexFormat.of().formatHex(random);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "evenkeel-gate");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
        server.createContext("/", this::handle);
    }

    static GateServer start(Turnstile turnstile, int lanes) throws IOException {
        GateServer gate = new GateServer(turnstile, lanes);
        gate.server.start();
        return gate;
    }

    /** Returns the value of {@code EVENKEEL_GATE}. */
    URI address() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/" + secret);
    }

    /** Returns how many groups have come to the gate; 0 until the runner has ended. */
    int asked() {
        return asked;
    }

    /** Returns what all of them have waited together, in milliseconds. */
    long waitedMs() {
        return waitedMs;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!path.startsWith("/" + secret + "/")
                    || !exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            JsonNode body;
            try (InputStream in = exchange.getRequestBody()) {
                body = JSON.readTree(in.readNBytes(LONGEST_BODY));
            }
            ObjectNode answer = switch (path.substring(secret.length() + 2)) {
                case "claim" -> claim(body);
                case "ended" -> ended(body);
                default -> closed(body);
            };
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private ObjectNode claim(JsonNode body) {
        List<String> ids = new ArrayList<>();
        body.path("ids").forEach(id -> ids.add(id.asText()));
        Set<String> granted = turnstile.claim(ids);
        if (!granted.isEmpty() && turnstile.wantsMore(lanes) && prefetching.compareAndSet(false, true)) {
            threads.execute(() -> {
                try {
                    turnstile.prefetch();
                } finally {
                    prefetching.set(false);
                }
            });
        }
        ObjectNode answer = JSON.createObjectNode();
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
        return JSON.createObjectNode();
    }

    private ObjectNode closed(JsonNode body) {
        asked = body.path("asked").asInt();
        waitedMs = body.path("waitedMs").asLong();
        return JSON.createObjectNode();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
