package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.history.FailureLabels;
import io.evenkeel.coordinator.run.AttemptView.Failure;
import io.evenkeel.coordinator.run.ExecutorView;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunCounts;
import io.evenkeel.coordinator.run.RunSentence;
import io.evenkeel.coordinator.run.RunSource;
import io.evenkeel.coordinator.run.RunState;
import io.evenkeel.coordinator.run.TestInRun;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of runs. */
final class RunJson {

    private RunJson() {}

    static ObjectNode summary(Run run) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("runId", String.valueOf(run.id()));
        json.put("project", run.owner().project());
        json.put("runKey", run.owner().runKey());
        RunSource source = run.source();
        json.put("suite", source.suite());
        json.put("branch", source.branch());
        json.put("commit", source.commit());
        json.put("ciUrl", source.ciUrl());
        json.put("pullRequest", source.pullRequest());
        RunState state = run.state();
        json.put("verdict", state.verdict().word());
        json.put("sentence", RunSentence.of(run));
        json.put("createdAt", state.times().created().toString());
        time(json, "begunAt", state.times().begun());
        time(json, "lastEventAt", state.times().lastEvent());
        time(json, "finishedAt", state.times().finished());
        json.put("wallMs", state.times().wall().toMillis());
        json.put("testMs", run.totals().testMs());
        json.put("discovered", run.expectedTests());
        state.missing().forEach(json.putArray("missing")::add);
        json.put("exitCode", state.exitCode());
        json.set("counts", counts(run.totals().counts()));
        json.put("heals", run.totals().heals().all());
        json.put("healed", run.totals().heals().verified());
        json.put("errors", run.totals().errors());
        return json;
    }

    static ObjectNode counts(RunCounts counts) {
        return Body.JSON
                .createObjectNode()
                .put("passed", counts.passed())
                .put("flaky", counts.flaky())
                .put("failed", counts.failed())
                .put("skipped", counts.skipped())
                .put("running", counts.running())
                .put("setUpFailed", counts.setupFailed());
    }

    static ArrayNode files(List<TestInRun> tests, Map<Long, Failure> errors, Map<Long, FailureLabels.Label> labels) {
        Map<String, ArrayNode> files = new LinkedHashMap<>();
        ArrayNode json = Body.JSON.createArrayNode();
        for (TestInRun test : tests) {
            ArrayNode file = files.computeIfAbsent(
                    test.test().file(),
                    name -> json.addObject().put("file", name).putArray("tests"));
            ObjectNode one = test(test);
            Failure error = errors.get(test.key());
            if (error != null) {
                one.put("error", error.message());
            }
            FailureLabels.Label label = labels.get(test.key());
            if (label != null) {
                one.put("label", label.word());
                one.put("evidence", label.evidence());
                one.put("flakeProbability", label.flake());
            }
            file.add(one);
        }
        return json;
    }

    static ObjectNode test(TestInRun test) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("id", test.test().id());
        json.put("key", test.key());
        json.put("project", test.test().project());
        test.test().titles().forEach(json.putArray("titles")::add);
        json.put("line", test.test().line());
        json.put("verdict", test.result().verdict());
        json.put("running", test.result().running());
        json.put("attempts", test.result().attempts());
        json.put("durationMs", test.result().duration().toMillis());
        json.put("setUp", test.setup());
        return json;
    }

    static ArrayNode executors(List<ExecutorView> executors) {
        ArrayNode json = Body.JSON.createArrayNode();
        for (ExecutorView executor : executors) {
            ObjectNode one = json.addObject();
            one.put("shard", executor.shard());
            one.put("executor", executor.name());
            one.put("playwright", executor.setting().playwright());
            one.put("workers", executor.setting().workers());
            one.put("wallMs", executor.work().wall().toMillis());
            one.put("busyMs", executor.work().busy().toMillis());
            one.put("attempts", executor.work().attempts());
            one.put("status", executor.work().end().status());
            one.put("exitCode", executor.work().end().exitCode());
            executor.work().end().notRun().forEach(one.putArray("notRun")::add);
        }
        return json;
    }

    static ArrayNode heals(List<String> heals) {
        ArrayNode json = Body.JSON.createArrayNode();
        for (String heal : heals) {
            try {
                json.add(Body.JSON.readTree(heal));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A healing event in the database is no JSON: " + heal, e);
            }
        }
        return json;
    }

    private static void time(ObjectNode json, String name, Instant time) {
        if (time.isAfter(Instant.EPOCH)) {
            json.put(name, time.toString());
        }
    }
}
