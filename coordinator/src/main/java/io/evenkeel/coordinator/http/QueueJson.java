package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.queue.RunQueues;
import io.evenkeel.coordinator.run.ExecutorView;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.pipeline.queue.QueueView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The JSON of queues, as people look at them. */
final class QueueJson {

    private QueueJson() {}

    static ObjectNode overview(
            Run run, RunQueues.Overview overview, Optional<String> plan, List<ExecutorView> executors) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("runId", String.valueOf(run.id()));
        json.put("runKey", run.owner().runKey());
        json.put("state", overview.phase().word());
        json.put("mode", overview.queue().isPresent() ? "dynamic" : "static");
        overview.queue().ifPresent(view -> queue(json.putObject("queue").put("strategy", overview.strategy()), view));
        shards(json.putArray("shards"), overview.queue(), plan, executors);
        return json;
    }

    private static void queue(ObjectNode json, QueueView view) {
        json.putObject("items")
                .put("open", view.items().open())
                .put("held", view.items().held())
                .put("done", view.items().done());
        json.put("openEstimateMs", view.items().openEstimate().toMillis());
        json.putObject("tests")
                .put("waiting", view.tests().waiting())
                .put("passed", view.tests().passed())
                .put("failed", view.tests().failed());
        json.put("lateResults", view.numbers().late());
        json.put("handedOver", view.numbers().handedOver());
        ArrayNode agents = json.putArray("agents");
        for (QueueView.AgentView agent : view.agents()) {
            agents.addObject()
                    .put("shard", agent.who().who().shard())
                    .put("executor", agent.who().who().executor())
                    .put("spool", agent.who().who().spool())
                    .put("state", agent.who().state().name().toLowerCase(Locale.ROOT))
                    .put("items", agent.items())
                    .put("estimatedMs", agent.estimated().toMillis())
                    .put("silentMs", agent.silent().toMillis());
        }
    }

    /** For each shard what was estimated (by the plan, or of what it claimed) and what it took. */
    private static void shards(
            ArrayNode json, Optional<QueueView> queue, Optional<String> plan, List<ExecutorView> executors) {
        for (int shard :
                executors.stream().map(ExecutorView::shard).distinct().sorted().toList()) {
            ObjectNode one = json.addObject().put("shard", shard);
            long estimated = queue.map(view -> claimed(view, shard))
                    .orElseGet(() -> plan.map(text -> planned(text, shard)).orElse(-1L));
            if (estimated >= 0) {
                one.put("estimatedMs", estimated);
            }
            long wall = 0;
            long busy = 0;
            for (ExecutorView executor : executors) {
                if (executor.shard() == shard) {
                    wall += executor.work().wall().toMillis();
                    busy += executor.work().busy().toMillis();
                }
            }
            one.put("wallMs", wall).put("busyMs", busy);
        }
    }

    private static long claimed(QueueView view, int shard) {
        return view.agents().stream()
                .filter(agent -> agent.who().who().shard() == shard)
                .mapToLong(agent -> agent.estimated().toMillis())
                .sum();
    }

    private static long planned(String plan, int shard) {
        try {
            for (JsonNode one : Body.JSON.readTree(plan).path("shards")) {
                if (one.path("index").asInt() == shard) {
                    return one.path("loadMs").asLong();
                }
            }
            return -1;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A plan in the database is no JSON.", e);
        }
    }
}
