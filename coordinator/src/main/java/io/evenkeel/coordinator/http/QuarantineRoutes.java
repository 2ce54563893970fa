package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.history.SuiteAdvice;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.coordinator.quarantine.QuarantinedTest;
import io.evenkeel.coordinator.quarantine.Quarantines;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** What to do about the tests of a suite: advice, and the quarantine. */
final class QuarantineRoutes implements RouteSet {

    private static final long BODY_MIB = 1;

    private final Projects projects;
    private final Quarantines quarantines;
    private final ProjectPolicies policies;
    private final SuiteAdvice advice;
    private final InstantSource clock;

    /** What is known of suites, and what projects make of it. */
    record Suites(Quarantines quarantines, ProjectPolicies policies, SuiteAdvice advice) {}

    QuarantineRoutes(Projects projects, Suites suites, InstantSource clock) {
        this.projects = projects;
        this.quarantines = suites.quarantines();
        this.policies = suites.policies();
        this.advice = suites.advice();
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/quarantine", Access.READ, this::list),
                Route.get("/api/v1/quarantine/advice", Access.READ, this::advise),
                Route.get("/api/v1/analytics/recommendations", Access.READ, this::recommend),
                Route.put("/api/v1/quarantine/{testId}", Access.PROJECT, BODY_MIB, this::add),
                Route.delete("/api/v1/quarantine/{testId}", Access.PROJECT, this::release));
    }

    private void list(Context context) {
        Quarantines.Suite suite = suite(Queries.project(context, projects), Queries.optional(context, "suite"));
        Answers.json(context, json(suite, quarantines.list(suite)));
    }

    private void advise(Context context) {
        Quarantines.Suite suite = suite(Queries.project(context, projects), Queries.optional(context, "suite"));
        Answers.json(context, json(suite, quarantines.advise(suite)));
    }

    private void recommend(Context context) {
        Quarantines.Suite suite = suite(Queries.project(context, projects), Queries.optional(context, "suite"));
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("suite", suite.config());
        ArrayNode array = json.putArray("recommendations");
        for (SuiteAdvice.Piece piece : advice.of(suite.id(), clock.instant())) {
            ObjectNode one = array.addObject();
            one.put("kind", piece.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            one.put("advice", piece.kind().advice());
            one.put("evidence", piece.evidence());
            one.put("minutesPerWeek", piece.minutesPerWeek());
            ArrayNode tests = one.putArray("tests");
            for (SuiteAdvice.Named named : piece.tests()) {
                ObjectNode test = tests.addObject();
                test.put("id", named.id());
                test.put("project", named.project());
                test.put("file", named.file());
                test.set("titles", HistoryJson.array(named.titles()));
            }
        }
        Answers.json(context, json);
    }

    private void add(Context context) {
        Body body = Body.read(context, BODY_MIB * 1024 * 1024);
        Quarantines.Suite suite = suite(Caller.of(context).project(), body.text("suite"));
        Duration usual =
                policies.of(Caller.of(context).project().id()).quarantine().expiry();
        int days = body.count("days", (int) usual.toDays());
        Quarantines.Wish wish =
                new Quarantines.Wish(body.required("owner"), body.text("reason"), Duration.ofDays(days));
        String id = context.pathParam("testId");
        Quarantines.Outcome outcome = Body.checked(() -> quarantines.add(suite, id, wish));
        QuarantinedTest added =
                outcome.test().orElseThrow(() -> ProblemException.of(409, "Not quarantined", outcome.refusal()));
        Answers.json(context, test(added, clock.instant()));
    }

    private void release(Context context) {
        Quarantines.Suite suite = suite(Caller.of(context).project(), Queries.optional(context, "suite"));
        boolean released = quarantines.release(suite, context.pathParam("testId"), "Somebody released it.");
        Answers.json(context, Body.JSON.createObjectNode().put("released", released));
    }

    private Quarantines.Suite suite(Project project, String config) {
        return quarantines
                .suite(project.id(), config)
                .orElseThrow(() -> ProblemException.notFound(
                        config.isEmpty()
                                ? "The project has had no run yet. Send one, then ask again."
                                : "The project has had no run of the suite \"" + config
                                        + "\". The suite is the path of the Playwright configuration."));
    }

    private ObjectNode json(Quarantines.Suite suite, List<QuarantinedTest> tests) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        json.put("suite", suite.config());
        json.put("most", quarantines.most(suite));
        ArrayNode array = json.putArray("tests");
        Instant now = clock.instant();
        tests.forEach(test -> array.add(test(test, now)));
        return json;
    }

    private static ObjectNode test(QuarantinedTest test, Instant now) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("id", test.names().id());
        json.put("project", test.names().project());
        json.put("file", test.names().file());
        json.set("titles", HistoryJson.array(test.names().titles()));
        json.put(
                "state",
                test.left().isPresent()
                        ? "left"
                        : test.active(now) ? "active" : test.entry().isPresent() ? "expired" : "out");
        test.entry().ifPresent(entry -> {
            json.put("owner", entry.owner());
            json.put("reason", entry.reason());
            json.put("since", entry.since().toString());
            json.put("until", entry.until().toString());
        });
        test.left().ifPresent(left -> json.put("leftAt", left.at().toString()).put("leftWhy", left.why()));
        json.put("mark", test.standing().mark().word());
        json.put("flakes", test.standing().track().flakes());
        json.put("runs", test.standing().track().runs());
        json.putObject("rate")
                .put("mean", test.standing().rate().mean())
                .put("low", test.standing().rate().low())
                .put("high", test.standing().rate().high());
        json.put("cleanRuns", test.advised().progress().cleanRuns());
        json.put("neededRuns", test.advised().progress().neededRuns());
        json.put("advice", test.advised().word());
        json.put("why", test.advised().why());
        return json;
    }
}
