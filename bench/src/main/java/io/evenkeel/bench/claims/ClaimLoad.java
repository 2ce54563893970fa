package io.evenkeel.bench.claims;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Claims at a fixed rate, whatever the answers take: a request that is due waits for no other, and its time counts from when it
 * was due. One thread sends.
 */
final class ClaimLoad {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String token;
    private final List<Long> agents = new ArrayList<>();

    ClaimLoad(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    void open(int items, int members) throws IOException, InterruptedException {
        send("PUT", "/api/v1/runs/bench", JSON.createObjectNode().put("suite", "bench"));
        ObjectNode queue = JSON.createObjectNode().put("digest", "bench");
        ArrayNode array = queue.putArray("items");
        for (int i = 0; i < items; i++) {
            ObjectNode item = array.addObject().put("id", "item-" + i).put("estimateMs", 60_000);
            item.putArray("tests").add("test-" + i);
        }
        send("PUT", "/api/v1/orchestrate/bench/queue", queue);
        for (int i = 1; i <= members; i++) {
            ObjectNode who = JSON.createObjectNode().put("shard", i).put("executor", "agent-" + i);
            agents.add(send("POST", "/api/v1/orchestrate/bench/agents", who)
                    .path("token")
                    .asLong());
        }
    }

    Map<String, Object> run(int perSecond, int seconds) {
        int warmUp = perSecond * (seconds / 3);
        int all = warmUp + perSecond * seconds;
        long[] nanos = new long[all];
        AtomicInteger failed = new AtomicInteger();
        List<CompletableFuture<?>> answers = new ArrayList<>(all);
        int[] revisions = new int[agents.size()];
        long begin = System.nanoTime();
        for (int i = 0; i < all; i++) {
            long due = begin + i * 1_000_000_000L / perSecond;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            int number = i;
            int agent = i % agents.size();
            ObjectNode body = JSON.createObjectNode().put("token", agents.get(agent));
            body.putArray("tests").add("test-" + i);
            body.put("since", revisions[agent]);
            answers.add(client.sendAsync(
                            request("POST", "/api/v1/orchestrate/bench/claims", body), BodyHandlers.ofString())
                    .handle((answer, error) -> {
                        nanos[number] = System.nanoTime() - due;
                        if (error != null
                                || answer.statusCode() != 200
                                || !answer.body().contains("\"test-" + number + "\"")) {
                            failed.incrementAndGet();
                        } else {
                            revisions[agent] = number; // about what has changed since; each claim is one revision
                        }
                        return number;
                    }));
        }
        answers.forEach(CompletableFuture::join);
        return figures(Arrays.copyOfRange(nanos, warmUp, all), perSecond, failed.get());
    }

    private Map<String, Object> figures(long[] nanos, int perSecond, int failed) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("mode", "claims");
        row.put("agents", agents.size());
        row.put("perSecond", perSecond);
        row.put("claims", sorted.length);
        row.put("failed", failed);
        row.put("p50Ms", at(sorted, 0.50));
        row.put("p95Ms", at(sorted, 0.95));
        row.put("p99Ms", at(sorted, 0.99));
        row.put("maxMs", at(sorted, 1));
        return row;
    }

    private static double at(long[] sorted, double share) {
        int index = Math.min(sorted.length - 1, (int) Math.ceil(share * sorted.length) - 1);
        return Math.round(sorted[Math.max(0, index)] / 1e4) / 100.0;
    }

    private JsonNode send(String method, String path, ObjectNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request(method, path, body), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(method + " " + path + " was answered " + answer.statusCode() + ": " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    private HttpRequest request(String method, String path, ObjectNode body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
    }
}
