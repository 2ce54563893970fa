package io.evenkeel.pipeline.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Answers like a forge, checks every request and every answer against the contract, and breaks down when asked to.
 *
 * <p>Thread-safe.
 */
public final class ContractServer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A request; {@code variables} are the values of the path template, decoded. */
    public record Call(
            String method,
            String path,
            Map<String, String> query,
            String contentType,
            String text,
            List<String> variables) {

        /** Returns the body as JSON, missing when there is none. */
        public JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new IllegalStateException("The body must be JSON: " + text, e);
            }
        }

        /** Returns a variable that is a number. */
        public long number(int index) {
            return Long.parseLong(variables.get(index));
        }
    }

    /** An answer. */
    public record Reply(int status, String body, Map<String, String> headers, Completeness completeness) {

        /** Answers with JSON. */
        public static Reply json(int status, JsonNode body) {
            return new Reply(status, body.toString(), Map.of(), Completeness.WHOLE);
        }

        /** Answers with the error body GitHub and GitLab share, as far as their documents go. */
        public static Reply error(int status, String message) {
            return json(
                    status,
                    JSON.createObjectNode().put("message", message).put("documentation_url", "https://docs.example/"));
        }

        /** Answers with nothing. */
        public static Reply empty(int status) {
            return new Reply(status, "", Map.of(), Completeness.WHOLE);
        }

        /** Adds a header. */
        public Reply with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Reply(status, body, more, completeness);
        }

        /** Breaks off in the middle of the body. */
        public Reply truncated() {
            return new Reply(status, body, headers, Completeness.TRUNCATED);
        }
    }

    /** Whether an answer arrives whole. */
    public enum Completeness {
        WHOLE,
        TRUNCATED
    }

    /** Makes the answer to a request. */
    @FunctionalInterface
    public interface Handler {
        Reply answer(Call call);
    }

    private record Route(String method, String template, Pattern path, Handler handler) {}

    private final HttpServer server;
    private final Contract contract;
    private final String basePath;
    private final List<Route> routes = new ArrayList<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> breaches = new ArrayList<>();
    private final Map<String, Deque<Handler>> faults = new LinkedHashMap<>();

    private ContractServer(HttpServer server, Contract contract, String basePath) {
        this.server = server;
        this.contract = contract;
        this.basePath = basePath;
    }

    /**
     * Starts a server on a free port of this machine.
     *
     * @param basePath what stands before the paths of the document, for example {@code /api/v3}; may be empty
     */
    public static ContractServer start(Contract contract, String basePath) throws IOException {
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ContractServer server = new ContractServer(http, contract, basePath);
        http.createContext("/", server::handle);
        http.setExecutor(Executors.newCachedThreadPool());
        http.start();
        return server;
    }

    /** Returns the address, base path included. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + basePath;
    }

    /** Says how an operation is answered. */
    public ContractServer on(String method, String template, Handler handler) {
        String regex = Pattern.quote(template).replaceAll("\\{[a-z_]+}", "\\\\E([^/]+)\\\\Q");
        routes.add(new Route(method, template, Pattern.compile(regex), handler));
        return this;
    }

    /** Answers the next requests to an operation with these, one each, instead of as usual. */
    public synchronized void fault(String method, String template, Handler... answers) {
        faults.computeIfAbsent(method + " " + template, key -> new ArrayDeque<>())
                .addAll(List.of(answers));
    }

    /** Answers every request to an operation like this from now on. */
    public void always(String method, String template, Handler answer) {
        routes.removeIf(
                route -> route.method().equals(method) && route.template().equals(template));
        on(method, template, answer);
    }

    /** Returns the operations asked for so far, as {@code POST /path/{template}}. */
    public synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    /** Returns how often an operation was asked for. */
    public long count(String operation) {
        return requests().stream().filter(operation::equals).count();
    }

    /** Returns where a request or an answer broke the contract; empty when none did. */
    public synchronized List<String> breaches() {
        return List.copyOf(breaches);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String raw = exchange.getRequestURI().getRawPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = raw.startsWith(basePath) ? raw.substring(basePath.length()) : raw;
        String method = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override"))
                .orElse(exchange.getRequestMethod());
        String type = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Content-Type"))
                .orElse("");
        try {
            Reply reply = reply(method, path, query(exchange.getRequestURI().getRawQuery()), type, body);
            send(exchange, reply);
        } catch (RuntimeException e) {
            note(method + " " + path + " broke the test's server: " + e);
            send(exchange, Reply.error(500, String.valueOf(e)));
        }
    }

    private Reply reply(String method, String path, Map<String, String> query, String type, String body) {
        for (Route route : List.copyOf(routes)) {
            Matcher matcher = route.path().matcher(path);
            if (route.method().equals(method) && matcher.matches()) {
                List<String> variables = new ArrayList<>();
                for (int i = 1; i <= matcher.groupCount(); i++) {
                    variables.add(URLDecoder.decode(matcher.group(i), StandardCharsets.UTF_8));
                }
                return answer(route, new Call(method, path, query, type, body, variables));
            }
        }
        note(method + " " + path + " is no operation of the test's server");
        return Reply.error(404, "Not Found");
    }

    private Reply answer(Route route, Call call) {
        String operation = route.method() + " " + route.template();
        Handler fault;
        synchronized (this) {
            requests.add(operation);
            fault = Optional.ofNullable(faults.get(operation)).map(Deque::poll).orElse(null);
        }
        contract.breach(call).ifPresent(breach -> note("request " + call.method() + " " + call.path() + breach));
        Reply reply = (fault == null ? route.handler() : fault).answer(call);
        if (reply.completeness() == Completeness.WHOLE && reply.status() < 500) {
            contract.breach(call, reply.status(), reply.body())
                    .ifPresent(breach -> note("answer to " + call.method() + " " + call.path() + breach));
        }
        return reply;
    }

    private synchronized void note(String breach) {
        breaches.add(breach);
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        if (raw != null) {
            for (String pair : raw.split("&")) {
                String[] parts = pair.split("=", 2);
                query.put(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts.length > 1 ? parts[1] : "", StandardCharsets.UTF_8));
            }
        }
        return query;
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        int length = reply.completeness() == Completeness.WHOLE ? body.length : body.length / 2;
        exchange.getResponseBody().write(body, 0, length);
        // Closing before everything is written breaks the connection, as a network does.
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
