package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.plan.Orchestrator;
import io.evenkeel.coordinator.queue.QueueWish;
import io.evenkeel.coordinator.queue.RunPhase;
import io.evenkeel.coordinator.queue.RunQueues;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunReader;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.json.AnswerJson;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The queue of a run: agents join, claim, say that they live, leave; people look at it and call it off. */
final class QueueRoutes implements RouteSet {

    private static final long ITEMS_MIB = 64;
    private static final long CLAIM_MIB = 8;
    private static final int MOST_RUNS = 1_000;

    /** What a pull costs when the agent does not say; docs/explanation/splitting.md. */
    private static final int GATE_PULL_MS = 20;

    private final RunQueues queues;
    private final RunReader runs;
    private final Orchestrator orchestrator;
    private final Cache<Key, Long> ids =
            CacheBuilder.newBuilder().maximumSize(MOST_RUNS).build();

    private record Key(long project, String runKey) {}

    QueueRoutes(RunQueues queues, RunReader runs, Orchestrator orchestrator) {
        this.queues = queues;
        this.runs = runs;
        this.orchestrator = orchestrator;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.put("/api/v1/orchestrate/{runKey}/plan", Access.PROJECT, ITEMS_MIB, this::agree),
                Route.put("/api/v1/orchestrate/{runKey}/queue", Access.PROJECT, ITEMS_MIB, this::open),
                Route.post("/api/v1/orchestrate/{runKey}/agents", Access.PROJECT, 1, this::join),
                Route.post("/api/v1/orchestrate/{runKey}/claims", Access.PROJECT, CLAIM_MIB, this::claim),
                Route.post("/api/v1/orchestrate/{runKey}/heartbeat", Access.PROJECT, CLAIM_MIB, this::heartbeat),
                Route.post("/api/v1/orchestrate/{runKey}/leave", Access.PROJECT, CLAIM_MIB, this::leave),
                Route.get("/api/v1/orchestrate/{runKey}/state", Access.PROJECT, this::state),
                Route.delete("/api/v1/orchestrate/{runId}", Access.PROJECT, this::cancel),
                Route.get("/api/v1/orchestrate/{runId}", Access.READ, this::overview));
    }

    /** Executors without a plan job compute the plan themselves; the first one's counts, also for one that is started again days later. */
    private void agree(Context context) {
        Body body = Body.read(context, ITEMS_MIB * 1024 * 1024);
        long run = run(context);
        Orchestrator.Agreement what = Body.checked(() -> new Orchestrator.Agreement(
                body.count("machines", 0), body.count("workers", 1), body.required("digest")));
        Optional<String> plan = plan(body, what);
        Answers.text(
                context,
                "application/json",
                plan.map(own -> orchestrator.agree(run, what, own))
                        .or(() -> orchestrator.agreed(run, what))
                        .orElseThrow(() -> ProblemException.notFound("The run \"" + context.pathParam("runKey")
                                + "\" has no such plan yet. Send the request again with one.")));
    }

    private static Optional<String> plan(Body body, Orchestrator.Agreement what) {
        JsonNode plan = body.json().get("plan");
        if (plan == null || plan.isNull()) {
            return Optional.empty();
        }
        if (plan.path("v").asInt() != 1
                || plan.path("shards").size() != what.machines()
                || !plan.path("digest").asText().equals(what.digest())) {
            throw ProblemException.badRequest(
                    "The field \"plan\" must be a plan.json of version 1 with the digest and the number of shards of the request.");
        }
        return Optional.of(plan.toString());
    }

    private void open(Context context) {
        Body body = Body.read(context, ITEMS_MIB * 1024 * 1024);
        long run = run(context);
        QueueWish wish = Body.checked(() ->
                new QueueWish(body.required("digest"), body.text("strategy"), body.count("machines", 0), items(body)));
        RunQueues.Opening opening = Body.checked(() -> queues.open(run, wish));
        ObjectNode json = Body.JSON.createObjectNode();
        switch (opening.opened()) {
            case CREATED -> json.put("created", true);
            case JOINED -> {
                json.put("created", false);
                opening.order().forEach(json.putArray("order")::add);
            }
            case NONE ->
                throw ProblemException.notFound("The run \"" + context.pathParam("runKey")
                        + "\" has no queue yet. Send the request again with items.");
            case OTHER_SUITE ->
                throw ProblemException.of(
                        409,
                        "Another suite",
                        "The queue of this run holds other tests. All agents of a run must check out the same commit and"
                                + " use the same command.");
        }
        Answers.json(context, json);
    }

    private static List<QueueItem> items(Body body) {
        List<QueueItem> items = new ArrayList<>();
        for (JsonNode node : body.array("items")) {
            Body item = new Body(node);
            items.add(new QueueItem(
                    item.required("id"),
                    item.texts("tests"),
                    Duration.ofMillis(number(item, "estimateMs")),
                    item.text("handover").equals("whole") ? QueueItem.Handover.WHOLE : QueueItem.Handover.REST));
        }
        return items;
    }

    private void join(Context context) {
        Body body = Body.read(context, 1024 * 1024);
        Member who = Body.checked(() -> new Member(
                body.count("shard", 0),
                body.text("executor"),
                body.text("spool"),
                body.count("lanes", 1),
                body.text("again").equals("all") ? Member.Again.ALL : Member.Again.REST));
        Answers.json(
                context, queues.join(run(context), who).map(AnswerJson::write).orElseThrow(() -> noQueue(context)));
    }

    private void claim(Context context) {
        Body body = Body.read(context, CLAIM_MIB * 1024 * 1024);
        Ask ask = Body.checked(() -> new Ask(
                body.texts("tests"),
                body.count("after", -1),
                ahead(body.text("ahead")),
                body.count("since", 0),
                Duration.ofMillis(body.count("pullMs", GATE_PULL_MS))));
        answer(context, queues.claim(run(context), number(body, "token"), ask));
    }

    private static Ask.Ahead ahead(String word) {
        return switch (word) {
            case "" -> Ask.Ahead.NOTHING;
            case "next" -> Ask.Ahead.NEXT;
            case "prefetch" -> Ask.Ahead.PREFETCH;
            default -> throw ProblemException.badRequest("The field \"ahead\" must be \"next\" or \"prefetch\".");
        };
    }

    private void heartbeat(Context context) {
        Body body = Body.read(context, CLAIM_MIB * 1024 * 1024);
        answer(
                context,
                queues.heartbeat(run(context), number(body, "token"), ended(body, "ended"), body.count("since", 0)));
    }

    private void leave(Context context) {
        Body body = Body.read(context, CLAIM_MIB * 1024 * 1024);
        if (!queues.leave(run(context), number(body, "token"), ended(body, "safe"), ended(body, "ended"))) {
            throw noQueue(context);
        }
        Answers.json(context, Body.JSON.createObjectNode().put("left", true));
    }

    private static List<Ended> ended(Body body, String name) {
        List<Ended> ended = new ArrayList<>();
        for (JsonNode node : body.array(name)) {
            Body one = new Body(node);
            Ended.Result result = switch (one.required("result").toLowerCase(Locale.ROOT)) {
                case "passed" -> Ended.Result.PASSED;
                case "failed" -> Ended.Result.FAILED;
                default ->
                    throw ProblemException.badRequest(
                            "The \"result\" of an ended test must be \"passed\" or \"failed\".");
            };
            ended.add(new Ended(one.required("test"), result));
        }
        return ended;
    }

    private static void answer(Context context, Optional<Reply> reply) {
        Reply said = reply.orElseThrow(() -> noQueue(context));
        ObjectNode json = said.match(
                AnswerJson::write,
                stale -> {
                    throw ProblemException.of(
                            409, "The lease is over", "The token is not valid: " + stale.reason() + ". Join again.");
                },
                away -> {
                    throw new IllegalStateException("A queue in this process is never away: " + away.reason());
                });
        Answers.json(context, json);
    }

    private void cancel(Context context) {
        Project project = Caller.of(context).project();
        String wanted = context.pathParam("runId");
        Run run = runs.find(project.id(), wanted)
                .or(() -> wanted.matches("\\d{1,18}")
                        ? runs.find(Long.parseLong(wanted))
                                .filter(found -> found.owner().projectId() == project.id())
                        : Optional.empty())
                .orElseThrow(() -> noRun(wanted));
        RunPhase phase = queues.cancel(run.id());
        if (phase == RunPhase.FINISHED) {
            throw ProblemException.of(
                    409, "The run is finished", "The run \"" + wanted + "\" has ended; there is nothing to cancel.");
        }
        Answers.json(context, Body.JSON.createObjectNode().put("state", phase.word()));
    }

    /** What an agent without a queue asks with each heartbeat: reads one row and writes nothing. */
    private void state(Context context) {
        Answers.json(
                context,
                Body.JSON
                        .createObjectNode()
                        .put("state", queues.phase(run(context)).word()));
    }

    private void overview(Context context) {
        Run run = Queries.run(context, runs);
        Answers.json(
                context,
                QueueJson.overview(
                        run, queues.overview(run.id()), orchestrator.latest(run.id()), runs.executors(run.id())));
    }

    private long run(Context context) {
        Key key = new Key(Caller.of(context).project().id(), context.pathParam("runKey"));
        Long known = ids.getIfPresent(key);
        if (known != null) {
            return known;
        }
        long id = runs.find(key.project(), key.runKey())
                .orElseThrow(() -> noRun(key.runKey()))
                .id();
        ids.put(key, id);
        return id;
    }

    private static long number(Body body, String name) {
        JsonNode value = body.json().get(name);
        if (value == null || !value.canConvertToLong() || !value.isIntegralNumber()) {
            throw ProblemException.badRequest("The field \"" + name + "\" must be a whole number.");
        }
        return value.asLong();
    }

    private static ProblemException noRun(String runKey) {
        return ProblemException.notFound("There is no run \"" + runKey + "\". Open it with PUT /api/v1/runs/{runKey}.");
    }

    private static ProblemException noQueue(Context context) {
        return ProblemException.notFound("The run \"" + context.pathParam("runKey")
                + "\" has no queue. Open it with PUT /api/v1/orchestrate/{runKey}/queue.");
    }
}
