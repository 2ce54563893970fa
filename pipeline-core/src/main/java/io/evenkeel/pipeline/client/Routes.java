package io.evenkeel.pipeline.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.client.Transport.Exchange;
import io.evenkeel.pipeline.client.Transport.Payload;
import io.evenkeel.pipeline.client.Transport.Reply.Status;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The requests of docs/reference/http-api.md, and what their answers mean. */
final class Routes {

    private Routes() {}

    static String run(String runKey) {
        return "/api/v1/runs/" + encode(runKey);
    }

    static String orchestrate(String runKey) {
        return "/api/v1/orchestrate/" + encode(runKey);
    }

    static Exchange open(String runKey, RunOpening opening) {
        ObjectNode body = Json.newObject();
        body.put("suite", opening.suite());
        put(body, "branch", opening.origin().branch());
        put(body, "commit", opening.origin().commit());
        put(body, "ciUrl", opening.origin().ciUrl());
        put(body, "pullRequest", opening.origin().pullRequest());
        if (opening.discovered() > 0) {
            body.put("discovered", opening.discovered());
        }
        if (opening.executors() > 0) {
            body.put("executors", opening.executors());
        }
        return new Exchange("PUT", run(runKey), new Payload.Json(body.toString()));
    }

    static Exchange finish(String runKey, RunFinish finish) {
        ObjectNode body = Json.newObject();
        body.put("discovered", finish.discovered());
        body.put("executed", finish.executed());
        finish.missing().forEach(body.putArray("missing")::add);
        body.put("exitCode", finish.exitCode());
        return new Exchange("POST", run(runKey) + "/finish", new Payload.Json(body.toString()));
    }

    static Exchange timings(String suite) {
        return Exchange.get("/api/v1/timings?suite=" + encode(suite));
    }

    static Exchange quarantine(String suite) {
        return Exchange.get("/api/v1/quarantine?suite=" + encode(suite));
    }

    static Exchange quarantineAdvice(String suite) {
        return Exchange.get("/api/v1/quarantine/advice?suite=" + encode(suite));
    }

    static Exchange addToQuarantine(String testId, QuarantineWish wish) {
        ObjectNode body = Json.newObject();
        put(body, "suite", wish.suite());
        body.put("owner", wish.owner());
        put(body, "reason", wish.reason());
        body.put("days", wish.days());
        return new Exchange("PUT", "/api/v1/quarantine/" + encode(testId), new Payload.Json(body.toString()));
    }

    static Exchange releaseFromQuarantine(String testId, String suite) {
        return new Exchange(
                "DELETE", "/api/v1/quarantine/" + encode(testId) + "?suite=" + encode(suite), new Payload.Nothing());
    }

    static Exchange healingProposals() {
        return Exchange.get("/api/v1/healing/proposals");
    }

    static Exchange decideHealing(HealDecided.Change change, HealDecided decided) {
        ObjectNode body = Json.newObject();
        body.put("file", change.file());
        body.put("originalSelector", change.original());
        body.put("healedSelector", change.healed());
        body.put("state", decided.state());
        put(body, "by", decided.by());
        put(body, "reason", decided.reason());
        put(body, "pullRequest", decided.pullRequest());
        return new Exchange("PUT", "/api/v1/healing/proposals", new Payload.Json(body.toString()));
    }

    static Exchange plan(PlanRequest request) {
        ObjectNode body = Json.newObject();
        body.put("runKey", request.runKey());
        body.put("suite", request.suite());
        body.put("machines", request.machines());
        body.put("workers", request.workers());
        ArrayNode tests = body.putArray("tests");
        for (PlanRequest.Entry entry : request.tests()) {
            ObjectNode test = tests.addObject();
            test.put("id", entry.id());
            test.put("project", entry.project());
            test.put("file", entry.file());
            entry.titles().forEach(test.putArray("titles")::add);
            test.put("group", entry.group());
        }
        return new Exchange("POST", "/api/v1/orchestrate", new Payload.Json(body.toString()));
    }

    static Exchange agree(String runKey, Agreement what) {
        ObjectNode body = Json.newObject();
        body.put("machines", what.machines());
        body.put("workers", what.workers());
        body.put("digest", what.digest());
        if (!what.plan().isEmpty()) {
            body.set("plan", Json.object(what.plan()));
        }
        return new Exchange("PUT", orchestrate(runKey) + "/plan", new Payload.Json(body.toString()));
    }

    static String artifact(String sha256) {
        return "/api/v1/artifacts/" + sha256;
    }

    private static void put(ObjectNode body, String name, String value) {
        if (!value.isEmpty()) {
            body.put(name, value);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Returns what a refusal says, for people: the detail of a problem document, else the status code. */
    static String problem(Status status) {
        JsonNode json = Json.object(status.body());
        String detail = json.path("detail").asText(json.path("title").asText(""));
        return "it answered " + status.code() + (detail.isBlank() ? "" : " (" + detail.strip() + ")");
    }

    static <T> Answer<T> refused(Status status) {
        return new Answer.Refused<>(problem(status), "Compare the versions of the coordinator and of evenkeel.");
    }
}
