package io.evenkeel.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The coordinator's program on a free port of this machine; killed when it is closed. One thread. */
final class RealCoordinator implements AutoCloseable {

    private static final String JAR = "../coordinator/target/evenkeel-coordinator.jar";
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    private final Path data;
    private final String token;
    private Process process;
    private String url;

    private RealCoordinator(Path data, String token, Process process, String url) {
        this.data = data;
        this.token = token;
        this.process = process;
        this.url = url;
    }

    static RealCoordinator start(Path data) throws IOException, InterruptedException {
        Command made = Command.end(program(data, "project", "add", "shop", "--data", data.toString()));
        Matcher token = Pattern.compile("[A-Za-z0-9_-]{30,}").matcher(made.out() + made.err());
        if (!token.find()) {
            throw new IllegalStateException("The coordinator gave no token: " + made);
        }
        Command.Started started = program(data, "--data", data.toString(), "--port", "0");
        RealCoordinator coordinator = new RealCoordinator(data, token.group(), started.process(), url(started));
        coordinator.warmUp();
        return coordinator;
    }

    /** Agents give a coordinator three seconds, which the first answers of a new program may take on a busy machine. */
    private void warmUp() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) {
            get("/api/v1/runs");
        }
    }

    private static Command.Started program(Path data, String... arguments) throws IOException {
        List<String> words = new ArrayList<>(Command.java(JAR));
        words.addAll(List.of(arguments));
        Files.createDirectories(data);
        return Command.start(words, new RunCommand(List.of("none"), data, Map.of()), Map.of());
    }

    /** Waits for the line that says where it listens. */
    private static String url(Command.Started started) throws IOException, InterruptedException {
        for (int i = 0; i < 600; i++) {
            Matcher found = URL.matcher(Files.readString(started.out()) + Files.readString(started.err()));
            if (found.find()) {
                return found.group();
            }
            if (started.process().waitFor(100, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IllegalStateException("The coordinator does not start: " + Files.readString(started.err()));
    }

    /** What a client of it has in its environment. */
    Map<String, String> environment() {
        return Map.of("EVENKEEL_URL", url, "EVENKEEL_TOKEN", token);
    }

    /** Ends it as a power cut does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again with the same data at the same address. */
    void restart() throws IOException, InterruptedException {
        Command.Started started = program(
                data, "--data", data.toString(), "--port", "" + URI.create(url).getPort());
        process = started.process();
        url = url(started);
        warmUp();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return ask("GET", path, "");
    }

    JsonNode put(String path, String body) throws IOException, InterruptedException {
        return ask("PUT", path, body);
    }

    /** Calls a run off, by CI's name of it. */
    JsonNode cancel(String runKey) throws IOException, InterruptedException {
        return ask("DELETE", "/api/v1/orchestrate/" + runKey, "");
    }

    private JsonNode ask(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body))
                .build();
        var response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IllegalStateException(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return new ObjectMapper().readTree(response.body());
    }

    /** The queue of the newest run. */
    JsonNode queue() throws IOException, InterruptedException {
        String run = get("/api/v1/runs").path("runs").path(0).path("runId").asText();
        return get("/api/v1/orchestrate/" + run).path("queue");
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
