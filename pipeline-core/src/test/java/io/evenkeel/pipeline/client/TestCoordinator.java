package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A coordinator that keeps the promises of docs/reference/http-api.md for runs and events in memory; what it stores survives a
 * restart. Faults are queued, one for each request.
 */
final class TestCoordinator implements AutoCloseable {

    static final String TOKEN = "ek_secret_token";

    /** What happens to a request instead of the right answer. */
    interface Fault {
        /** Returns whether the request is done with. */
        boolean handle(HttpExchange exchange, TestCoordinator coordinator, byte[] body) throws IOException;
    }

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<Long> stored = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final Map<String, byte[]> artifacts = new HashMap<>();
    private final List<String> requests = new ArrayList<>();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private boolean knowsTheRun = true;
    private int mostBytes = 8 << 20;
    private ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    TestCoordinator() {
        this.server = start(0);
    }

    private HttpServer start(int port) {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            started.createContext("/", this::handle);
            started.setExecutor(threads);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Ends the process, as it were: connections break, the port is closed. */
    int kill() {
        int port = server.getAddress().getPort();
        server.stop(0);
        threads.shutdownNow();
        return port;
    }

    void startAgain(int port) {
        threads = Executors.newCachedThreadPool();
        server = start(port);
    }

    synchronized void next(Fault fault) {
        faults.add(fault);
    }

    synchronized void forgetsTheRun() {
        knowsTheRun = false;
        stored.clear();
    }

    synchronized void takesAtMost(int bytes) {
        mostBytes = bytes;
    }

    /** Seqs in the order in which they were accepted. */
    synchronized List<Long> stored() {
        return List.copyOf(stored);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    synchronized Map<String, byte[]> artifacts() {
        return Map.copyOf(artifacts);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            synchronized (this) {
                requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
                Fault fault = faults.poll();
                if (fault != null && fault.handle(exchange, this, body)) {
                    return;
                }
                if (!("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                    answer(exchange, 401, "{\"title\":\"wrong token\"}");
                    return;
                }
                route(exchange, body);
            }
        }
    }

    private void route(HttpExchange exchange, byte[] body) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/events")) {
            answer(exchange, events(body));
        } else if (path.endsWith("/finish")) {
            answer(exchange, 200, "{\"verdict\":\"failed\"}");
        } else if (path.startsWith("/api/v1/runs/")) {
            knowsTheRun = true;
            answer(exchange, 200, "{\"runId\":\"r1\",\"url\":\"" + url() + "/runs/r1\"}");
        } else if (path.equals("/api/v1/timings")) {
            answer(exchange, 200, "{\"v\":1,\"suite\":\"a\",\"tests\":{}}");
        } else if (path.equals("/api/v1/orchestrate")) {
            answer(exchange, 200, "{\"v\":1,\"shards\":[]}");
        } else if (path.startsWith("/api/v1/artifacts/")) {
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (exchange.getRequestMethod().equals("PUT")) {
                artifacts.put(name, body);
            }
            exchange.sendResponseHeaders(artifacts.containsKey(name) ? 200 : 404, -1);
        } else {
            answer(exchange, 404, "{\"title\":\"no such route\"}");
        }
    }

    record Answer(int code, String body) {}

    /** Takes a batch as the contract says. */
    Answer events(byte[] body) throws IOException {
        if (!knowsTheRun) {
            return new Answer(404, "{\"title\":\"no such run\"}");
        }
        if (body.length > mostBytes) {
            return new Answer(413, "{\"title\":\"too large\"}");
        }
        int accepted = 0;
        for (JsonNode event : mapper.readTree(body).path("events")) {
            long seq = event.path("seq").asLong();
            if (seq > stored.size() + 1) {
                return new Answer(409, "{\"title\":\"gap\",\"seq\":" + (stored.size() + 1) + "}");
            }
            if (seq == stored.size() + 1) {
                stored.add(seq);
                lines.add(event.toString());
                accepted++;
            }
        }
        return new Answer(
                200, "{\"acknowledged\":" + stored.size() + ",\"accepted\":" + accepted + ",\"duplicates\":0}");
    }

    static void answer(HttpExchange exchange, Answer answer) throws IOException {
        answer(exchange, answer.code(), answer.body());
    }

    static void answer(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** Answers with this code instead. */
    static Fault status(int code) {
        return (exchange, coordinator, body) -> {
            answer(exchange, code, "{\"title\":\"fault\"}");
            return true;
        };
    }

    /** Answers with this code and header instead. */
    static Fault status(int code, String header, String value) {
        return (exchange, coordinator, body) -> {
            exchange.getResponseHeaders().set(header, value);
            answer(exchange, code, "<html>busy</html>");
            return true;
        };
    }

    /** Stores the batch, then breaks the connection before the answer. */
    static Fault storesAndBreaks() {
        return (exchange, coordinator, body) -> {
            coordinator.events(body);
            exchange.close();
            return true;
        };
    }

    @Override
    public void close() {
        kill();
    }
}
