package io.evenkeel.coordinator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.hash.Hashing;
import io.evenkeel.coordinator.access.Secret;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A CI job as the coordinator sees it: speaks the HTTP API with a project token. */
final class Ci {

    static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    Ci(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    static Ci of(Coordinator coordinator, Secret token) {
        return new Ci(coordinator.url(), token.reveal());
    }

    record Answer(int status, String body, HttpResponse<String> response) {

        JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("no JSON: " + body, e);
            }
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer open(String runKey, String fields) {
        return send(
                "PUT",
                run(runKey),
                "{\"suite\":\"playwright.config.ts\"" + (fields.isEmpty() ? "" : "," + fields) + "}");
    }

    long opened(String runKey, String fields) {
        Answer answer = open(runKey, fields);
        if (answer.status() != 200) {
            throw new IllegalStateException(answer.body());
        }
        return answer.json().path("runId").asLong();
    }

    Answer events(String runKey, String spool, List<String> events) {
        return events(runKey, spool, 1, events);
    }

    Answer events(String runKey, String spool, int shard, List<String> events) {
        return send(
                "POST",
                run(runKey) + "/events",
                "{\"spool\":\"" + spool + "\",\"shard\":" + shard + ",\"executor\":\"runner-" + shard
                        + "\",\"events\":[" + String.join(",", events) + "]}");
    }

    Answer finish(String runKey, int discovered, int executed, int exitCode) {
        return send(
                "POST",
                run(runKey) + "/finish",
                "{\"discovered\":" + discovered + ",\"executed\":" + executed + ",\"missing\":[],\"exitCode\":"
                        + exitCode + "}");
    }

    String store(byte[] content) {
        String hash = Hashing.sha256().hashBytes(content).toString();
        Answer answer = send(request("/api/v1/artifacts/" + hash).PUT(BodyPublishers.ofByteArray(content)));
        if (answer.status() != 201) {
            throw new IllegalStateException(answer.body());
        }
        return hash;
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer send(String method, String path, String body) {
        return send(request(path).method(method, BodyPublishers.ofString(body)));
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    HttpClient client() {
        return client;
    }

    static String run(String runKey) {
        return "/api/v1/runs/"
                + URLEncoder.encode(runKey, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
