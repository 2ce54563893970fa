package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.history.FailureLabels;
import io.evenkeel.coordinator.plan.Orchestrator;
import io.evenkeel.coordinator.plan.PlanWish;
import io.evenkeel.coordinator.run.Batch;
import io.evenkeel.coordinator.run.Entry;
import io.evenkeel.coordinator.run.Ingest;
import io.evenkeel.coordinator.run.IngestAnswer;
import io.evenkeel.coordinator.run.RunReader;
import io.evenkeel.coordinator.run.RunRegistry;
import io.evenkeel.coordinator.run.RunSource;
import io.evenkeel.coordinator.run.RunVerdict;
import io.evenkeel.coordinator.run.TestInRun;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.protocol.EventJson;
import io.evenkeel.pipeline.protocol.MalformedEventException;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What CI sends: projects, runs, events, plans. */
final class RunRoutes implements RouteSet {

    private static final long EVENTS_MIB = 8;
    private static final long PLAN_MIB = 64;

    private final Projects projects;
    private final RunRegistry registry;
    private final Ingest ingest;
    private final Orchestrator orchestrator;
    private final Addresses addresses;
    private final RunReader runs;
    private final FailureLabels labels;

    /** The stores of runs and what reads them again. */
    record Runs(RunRegistry registry, Ingest ingest, RunReader reader, FailureLabels labels) {}

    RunRoutes(Projects projects, Runs runs, Orchestrator orchestrator, Addresses addresses) {
        this.projects = projects;
        this.registry = runs.registry();
        this.ingest = runs.ingest();
        this.orchestrator = orchestrator;
        this.addresses = addresses;
        this.runs = runs.reader();
        this.labels = runs.labels();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/api/v1/projects", Access.ADMIN, 1, this::addProject),
                Route.put("/api/v1/runs/{runKey}", Access.PROJECT, 1, this::open),
                Route.post("/api/v1/runs/{runKey}/events", Access.PROJECT, EVENTS_MIB, this::events),
                Route.post("/api/v1/runs/{runKey}/finish", Access.PROJECT, EVENTS_MIB, this::finish),
                Route.post("/api/v1/orchestrate", Access.PROJECT, PLAN_MIB, this::orchestrate));
    }

    private void addProject(Context context) {
        Body body = Body.read(context, 1024 * 1024);
        String slug = body.required("slug");
        String name = body.text("name");
        Projects.Created created = Body.checked(() -> projects.add(slug, name.isBlank() ? slug : name));
        context.status(201);
        Answers.json(
                context,
                Body.JSON
                        .createObjectNode()
                        .put("slug", created.project().slug())
                        .put("token", created.token().reveal()));
    }

    private void open(Context context) {
        Body body = Body.read(context, 1024 * 1024);
        long id = open(context, context.pathParam("runKey"), body);
        Answers.json(
                context,
                Body.JSON
                        .createObjectNode()
                        .put("runId", String.valueOf(id))
                        .put("url", addresses.absolute(context, "/runs/" + id)));
    }

    private long open(Context context, String runKey, Body body) {
        RunSource source = Body.checked(() -> new RunSource(
                body.required("suite"),
                body.text("branch"),
                body.text("commit"),
                body.text("ciUrl"),
                body.text("pullRequest")));
        RunRegistry.Opening opening =
                new RunRegistry.Opening(source, body.count("discovered", 0), body.count("executors", 0));
        Project project = Caller.of(context).project();
        return Body.checked(() -> registry.open(project, runKey, opening));
    }

    private void events(Context context) {
        Body body = Body.read(context, EVENTS_MIB * 1024 * 1024);
        JsonNode events = body.array("events");
        if (events.size() > Batch.MOST) {
            throw ProblemException.tooLarge(
                    "A batch may have at most " + Batch.MOST + " events. Send them in several.");
        }
        List<Entry> entries = new ArrayList<>();
        events.forEach(event -> entries.add(entry(event)));
        Batch batch = Body.checked(
                () -> new Batch(body.required("spool"), body.count("shard", 0), body.text("executor"), entries));
        String runKey = context.pathParam("runKey");
        ObjectNode answer = ingest.record(Caller.of(context).project(), runKey, batch)
                .match(
                        RunRoutes::accepted,
                        gap -> {
                            throw ProblemException.of(
                                            409,
                                            "Events are missing",
                                            "The next event of spool \"" + batch.spool() + "\" must be number "
                                                    + gap.wanted() + ". Send the spool again from there.")
                                    .with("seq", gap.wanted());
                        },
                        none -> {
                            throw ProblemException.notFound("There is no run \"" + runKey
                                    + "\". Open it with PUT /api/v1/runs/{runKey}, then send the events again.");
                        });
        Answers.json(context, answer);
    }

    private static ObjectNode accepted(IngestAnswer.Accepted accepted) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("acknowledged", accepted.acknowledged());
        json.put("accepted", accepted.accepted());
        json.put("duplicates", accepted.duplicates());
        if (!accepted.rejected().isEmpty()) {
            var rejected = json.putArray("rejected");
            accepted.rejected()
                    .forEach(entry ->
                            rejected.addObject().put("seq", entry.seq()).put("reason", entry.problem()));
        }
        return json;
    }

    /** An event with a number keeps its place even when the rest of it makes no sense. */
    private static Entry entry(JsonNode event) {
        try {
            return Entry.of(EventJson.read(event));
        } catch (MalformedEventException e) {
            long seq = event.path("seq").asLong(0);
            if (seq < 1) {
                throw ProblemException.badRequest(
                        "An event of the batch has no \"seq\" of at least 1: " + e.getMessage());
            }
            return Entry.unreadable(seq, String.valueOf(e.getMessage()));
        }
    }

    private void finish(Context context) {
        Body body = Body.read(context, EVENTS_MIB * 1024 * 1024);
        String runKey = context.pathParam("runKey");
        RunRegistry.Finish finish = new RunRegistry.Finish(
                body.count("discovered", 0),
                body.count("executed", 0),
                body.texts("missing"),
                body.count("exitCode", 0));
        Project project = Caller.of(context).project();
        RunVerdict verdict = registry.finish(project, runKey, finish)
                .orElseThrow(() -> ProblemException.notFound(
                        "There is no run \"" + runKey + "\". Open it with PUT /api/v1/runs/{runKey}, then finish it."));
        ObjectNode answer = Body.JSON.createObjectNode().put("verdict", verdict.word());
        runs.find(project.id(), runKey).ifPresent(run -> answer.set("labels", labels(run.id())));
        Answers.json(context, answer);
    }

    /** What each failure of the run is taken for, by the id of its test; the report job shows it to the developer. */
    private ObjectNode labels(long runId) {
        Map<Long, FailureLabels.Label> known = labels.of(runId);
        ObjectNode json = Body.JSON.createObjectNode();
        for (TestInRun test : runs.tests(runId)) {
            FailureLabels.Label label = known.get(test.key());
            if (label != null) {
                json.putObject(test.test().id()).put("label", label.word()).put("evidence", label.evidence());
            }
        }
        return json;
    }

    private void orchestrate(Context context) {
        Body body = Body.read(context, PLAN_MIB * 1024 * 1024);
        PlanWish wish = Body.checked(() -> new PlanWish(
                body.required("runKey"),
                body.required("suite"),
                body.count("machines", 1),
                body.count("workers", 1),
                tests(body)));
        Project project = Caller.of(context).project();
        RunSource source = Body.checked(() -> new RunSource(wish.suite(), "", "", "", ""));
        RunRegistry.Opening opening =
                new RunRegistry.Opening(source, wish.tests().size(), wish.machines());
        long run = Body.checked(() -> registry.open(project, wish.runKey(), opening));
        Answers.text(context, "application/json", Body.checked(() -> orchestrator.plan(project, run, wish)));
    }

    private static List<PlanWish.Entry> tests(Body body) {
        List<PlanWish.Entry> tests = new ArrayList<>();
        for (JsonNode node : body.array("tests")) {
            Body test = new Body(node);
            tests.add(new PlanWish.Entry(
                    new KnownTest(test.required("id"), test.text("project"), test.text("file"), test.texts("titles")),
                    test.text("group")));
        }
        return tests;
    }
}
