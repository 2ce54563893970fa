package io.evenkeel.pipeline.plan.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.plan.StoredPlan;
import io.evenkeel.pipeline.plan.StoredPlan.Quality;
import io.evenkeel.pipeline.plan.StoredPlan.Share;
import io.evenkeel.pipeline.plan.StoredPlan.SuiteDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads and writes {@code plan.json}. Thread-safe. */
public final class PlanJson {

    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private PlanJson() {}

    /** Returns the text of the file. */
    public static String write(StoredPlan plan) {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("v", VERSION);
        json.put("run", plan.run());
        json.put("suite", plan.suite().config());
        json.put("playwright", plan.suite().playwright());
        json.put("digest", plan.suite().digest());
        json.put("workers", plan.suite().workers());
        json.put("discovered", plan.suite().discovered());
        json.put("makespanMs", plan.quality().makespan().toMillis());
        json.put("lowerBoundMs", plan.quality().lowerBound().toMillis());
        long bound = plan.quality().lowerBound().toNanos();
        double ratio = bound == 0 ? 1 : (double) plan.quality().makespan().toNanos() / bound;
        json.put("ratio", Math.round(ratio * 1e6) / 1e6);
        json.put("estimatedFrom", plan.quality().estimatedFrom());
        ArrayNode shards = json.putArray("shards");
        for (Share share : plan.shards()) {
            ObjectNode node = shards.addObject();
            node.put("index", share.index());
            node.put("loadMs", share.load().toMillis());
            share.tests().forEach(node.putArray("tests")::add);
        }
        return json.toPrettyString() + "\n";
    }

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException when the text is no plan, or a plan that names a test twice; the message says what to do
     */
    public static StoredPlan read(String text) {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw broken("is no JSON: " + e.getOriginalMessage());
        }
        if (json == null
                || !json.isObject()
                || json.path("v").asInt() != VERSION
                || !json.path("shards").isArray()) {
            throw broken("is of another version or kind");
        }
        Set<String> seen = new HashSet<>();
        List<Share> shards = new ArrayList<>();
        for (JsonNode node : json.path("shards")) {
            List<String> tests = new ArrayList<>();
            for (JsonNode id : node.path("tests")) {
                if (!seen.add(id.asText())) {
                    throw broken("names test " + id.asText() + " twice");
                }
                tests.add(id.asText());
            }
            shards.add(new Share(node.path("index").asInt(shards.size() + 1), millis(node, "loadMs"), tests));
        }
        return new StoredPlan(
                json.path("run").asText(""),
                new SuiteDigest(
                        json.path("suite").asText(""),
                        json.path("playwright").asText(""),
                        json.path("digest").asText(""),
                        Math.max(1, json.path("workers").asInt(1)),
                        json.path("discovered").asInt(seen.size())),
                new Quality(
                        millis(json, "makespanMs"),
                        millis(json, "lowerBoundMs"),
                        json.path("estimatedFrom").asText("nothing")),
                shards);
    }

    private static Duration millis(JsonNode json, String name) {
        return Duration.ofMillis(Math.max(0, json.path(name).asLong(0)));
    }

    private static IllegalArgumentException broken(String how) {
        return new IllegalArgumentException("The plan " + how + ". Make it again with evenkeel plan.");
    }
}
