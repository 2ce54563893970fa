package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.history.FailureLabels;
import io.evenkeel.coordinator.history.SuiteTimings;
import io.evenkeel.coordinator.history.TestHistoryReader;
import io.evenkeel.coordinator.run.EvidenceReader;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunQuery;
import io.evenkeel.coordinator.run.RunReader;
import io.evenkeel.coordinator.run.TestInRun;
import io.javalin.http.Context;
import java.util.List;
import java.util.OptionalLong;

/** What CI, tools and people read as JSON. */
final class ReadRoutes implements RouteSet {

    private final Projects projects;
    private final RunReader runs;
    private final EvidenceReader evidence;
    private final Histories histories;
    private final Addresses addresses;

    /** What is remembered over all runs. */
    record Histories(SuiteTimings timings, TestHistoryReader tests, FailureLabels labels) {}

    ReadRoutes(Projects projects, RunReader runs, EvidenceReader evidence, Histories histories, Addresses addresses) {
        this.projects = projects;
        this.runs = runs;
        this.evidence = evidence;
        this.histories = histories;
        this.addresses = addresses;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/runs", Access.READ, this::list),
                Route.get("/api/v1/runs/{runId}", Access.READ, this::run),
                Route.get("/api/v1/runs/{runId}/failed-tests", Access.READ, this::failedTests),
                Route.get("/api/v1/runs/{runId}/artifacts", Access.READ, this::artifacts),
                Route.get("/api/v1/healing", Access.READ, this::healing),
                Route.get("/api/v1/timings", Access.READ, this::timings),
                Route.get("/api/v1/tests/{testId}/history", Access.READ, this::history));
    }

    private void list(Context context) {
        RunQuery query = Queries.runs(context, projects);
        List<Run> found = runs.list(query);
        ObjectNode json = Body.JSON.createObjectNode();
        ArrayNode array = json.putArray("runs");
        found.stream().limit(RunQuery.PAGE).forEach(run -> array.add(RunJson.summary(run)));
        if (found.size() > RunQuery.PAGE) {
            json.put("next", String.valueOf(found.get(RunQuery.PAGE - 1).id()));
        }
        Answers.json(context, json);
    }

    private void run(Context context) {
        Run run = Queries.run(context, runs);
        ObjectNode json = RunJson.summary(run);
        json.set(
                "files",
                RunJson.files(
                        runs.tests(run.id()),
                        evidence.lastErrors(run.id()),
                        histories.labels().of(run.id())));
        json.set("executors", RunJson.executors(runs.executors(run.id())));
        json.set("healing", RunJson.heals(runs.heals(run.id())));
        Answers.json(context, json);
    }

    private void failedTests(Context context) {
        Run run = Queries.run(context, runs);
        ObjectNode json = Body.JSON.createObjectNode();
        ArrayNode ids = json.putArray("tests");
        for (TestInRun test : runs.troubled(run.id())) {
            if (test.result().verdict().equals("failed") && !test.setup()) {
                ids.add(test.test().id());
            }
        }
        Answers.json(context, json);
    }

    private void artifacts(Context context) {
        Run run = Queries.run(context, runs);
        ObjectNode json = Body.JSON.createObjectNode();
        ArrayNode array = json.putArray("artifacts");
        for (EvidenceReader.Located located : evidence.attachments(run.id())) {
            ObjectNode one = array.addObject();
            one.put("test", located.testId());
            one.put("retry", located.retry());
            one.put("name", located.attachment().name());
            one.put("contentType", located.attachment().contentType());
            one.put("size", located.attachment().size());
            one.put("sha256", located.attachment().sha256());
            one.put(
                    "url",
                    located.attachment().stored()
                            ? addresses.absolute(
                                    context,
                                    "/runs/" + run.id() + "/attachments/"
                                            + located.attachment().id())
                            : "");
        }
        Answers.json(context, json);
    }

    private void healing(Context context) {
        Run run = Queries.run(context, runs, Queries.number(context, "runId"));
        ObjectNode json = Body.JSON.createObjectNode();
        json.set("healing", RunJson.heals(runs.heals(run.id())));
        Answers.json(context, json);
    }

    private void timings(Context context) {
        Project project = Queries.project(context, projects);
        String suite = Queries.required(context, "suite");
        Answers.json(context, HistoryJson.timings(suite, histories.timings().of(project.id(), suite)));
    }

    private void history(Context context) {
        String suite = context.queryParam("suite") == null ? "" : Queries.required(context, "suite");
        OptionalLong scope = Caller.of(context).scope();
        TestHistoryReader.Known test = histories.tests().find(context.pathParam("testId"), suite).stream()
                .filter(known -> scope.isEmpty() || scope.getAsLong() == known.projectId())
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound(
                        "No run has had a test with this id. Compare the id and the suite with the run's page."));
        Answers.json(context, HistoryJson.test(test, histories.tests()));
    }
}
