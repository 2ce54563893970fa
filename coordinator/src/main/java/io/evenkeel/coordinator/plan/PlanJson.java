package io.evenkeel.coordinator.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.evenkeel.pipeline.split.Shard;
import io.evenkeel.pipeline.split.ShardPlan;
import java.nio.charset.StandardCharsets;

/** Writes {@code plan.json}, as docs/reference/files.md says. */
final class PlanJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private PlanJson() {}

    static String write(PlanWish wish, ShardPlan plan, String estimatedFrom) {
        ObjectNode json = JSON.createObjectNode();
        json.put("v", 1);
        json.put("run", wish.runKey());
        json.put("suite", wish.suite());
        json.put("playwright", "");
        json.put("digest", digest(wish));
        json.put("workers", wish.workers());
        json.put("discovered", wish.tests().size());
        json.put("makespanMs", plan.makespan().toMillis());
        json.put("lowerBoundMs", plan.lowerBound().toMillis());
        json.put("ratio", Math.round(plan.ratio() * 1000) / 1000.0);
        json.put("estimatedFrom", estimatedFrom);
        ArrayNode shards = json.putArray("shards");
        for (Shard shard : plan.shards()) {
            ObjectNode one = shards.addObject();
            one.put("index", shard.index());
            one.put("loadMs", shard.load().toMillis());
            shard.tests().forEach(one.putArray("tests")::add);
        }
        return json.toString();
    }

    /** Returns the SHA-256, in hex, of the sorted ids, each followed by a newline. */
    static String digest(PlanWish wish) {
        Hasher hasher = Hashing.sha256().newHasher();
        wish.tests().stream()
                .map(entry -> entry.test().id())
                .sorted()
                .forEach(id -> hasher.putString(id + "\n", StandardCharsets.UTF_8));
        return hasher.hash().toString();
    }
}
