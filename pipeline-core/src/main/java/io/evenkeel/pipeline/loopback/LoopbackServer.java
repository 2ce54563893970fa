package io.evenkeel.pipeline.loopback;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Answers JSON with JSON on the loopback address, below a path nobody can guess. Thread-safe; ends with {@link #close}.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads;
    private final String secret;
    private final int longestBody;

    /** Answers one question; called on several threads. What it throws ends the connection. */
    @FunctionalInterface
    public interface Answers {

        /**
         * Returns the answer.
         *
         * @param route last part of the path, without slashes
         */
        JsonNode to(String route, JsonNode question) throws IOException;
    }

    private LoopbackServer(String name, int longestBody) throws IOException {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        this.secret = HexFormat.of().formatHex(random);
        this.longestBody = longestBody;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(threads);
    }

    /**
     * Starts a server on a free port.
     *
     * @param name of its threads
     * @param longestBody bytes read of a question; a longer one is no JSON any more
     * @throws IOException when there is no port
     */
    public static LoopbackServer start(String name, int longestBody, Answers answers) throws IOException {
        LoopbackServer loopback = new LoopbackServer(name, longestBody);
        loopback.server.createContext("/", exchange -> loopback.handle(exchange, answers));
        loopback.server.start();
        return loopback;
    }

    /** Returns the address that our script is given. */
    public URI address() {
        InetSocketAddress bound = server.getAddress();
        return URI.create("http://" + bound.getAddress().getHostAddress() + ":" + bound.getPort() + "/" + secret);
    }

    /** Returns the threads of this server, for what may go on after an answer. */
    public Executor threads() {
        return threads;
    }

    private void handle(HttpExchange exchange, Answers answers) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            if (!path.startsWith("/" + secret + "/")
                    || !exchange.getRequestMethod().equals("POST")) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            JsonNode question;
            try (InputStream in = exchange.getRequestBody()) {
                question = JSON.readTree(in.readNBytes(longestBody));
            }
            byte[] bytes = answers.to(path.substring(secret.length() + 2), question)
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
