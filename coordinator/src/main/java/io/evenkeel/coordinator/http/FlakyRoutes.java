package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.history.FlakyTests;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.coordinator.policy.ProjectPolicy;
import io.evenkeel.coordinator.quarantine.Quarantines;
import io.evenkeel.flaky.rate.Evidence;
import io.evenkeel.flaky.rate.FlakeRate;
import io.evenkeel.flaky.rate.Trend;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;

/** Which tests of a suite flake, how often, and whether it gets better. */
final class FlakyRoutes implements RouteSet {

    private static final int MONTH = 30;
    private static final int MOST_DAYS = ProjectPolicy.MOST_DAYS;

    private final Projects projects;
    private final Quarantines quarantines;
    private final ProjectPolicies policies;
    private final FlakyTests flaky;
    private final InstantSource clock;

    /** What is known of suites, and what projects make of it. */
    record Suites(Quarantines quarantines, ProjectPolicies policies, FlakyTests flaky) {}

    FlakyRoutes(Projects projects, Suites suites, InstantSource clock) {
        this.projects = projects;
        this.quarantines = suites.quarantines();
        this.policies = suites.policies();
        this.flaky = suites.flaky();
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/analytics/flaky-tests", Access.READ, this::list),
                Route.get("/api/v1/projects/{slug}/flaky-tests", Access.READ, this::listOfProject),
                Route.get("/api/v1/analytics/flakiness-trends", Access.READ, this::trends));
    }

    private void list(Context context) {
        list(context, Queries.project(context, projects));
    }

    private void listOfProject(Context context) {
        list(context, Queries.project(context, projects, context.pathParam("slug")));
    }

    private void list(Context context, Project project) {
        ProjectPolicy policy = policies.of(project.id());
        String rate = Queries.optional(context, "minRate");
        double leastRate = rate.isEmpty() ? policy.flaky().leastRate() : share(rate);
        FlakyTests.Wanted wanted = new FlakyTests.Wanted(leastRate, days(context, policy.windowDays()));
        Quarantines.Suite suite = suite(context, project);
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        json.put("suite", suite.config());
        json.put("minRate", wanted.leastRate());
        json.put("days", wanted.days());
        ArrayNode tests = json.putArray("tests");
        flaky.of(suite.id(), clock.instant(), wanted).forEach(one -> tests.add(test(one)));
        Answers.json(context, json);
    }

    private void trends(Context context) {
        int days = days(context, MONTH);
        Quarantines.Suite suite = suite(context, Queries.project(context, projects));
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("v", 1);
        json.put("suite", suite.config());
        ArrayNode array = json.putArray("days");
        for (FlakyTests.Day day : flaky.days(suite.id(), clock.instant(), days)) {
            int results = day.passed() + day.flaky() + day.failed();
            array.addObject()
                    .put("day", day.day().toString())
                    .put("passed", day.passed())
                    .put("flaky", day.flaky())
                    .put("failed", day.failed())
                    .put("flakyTests", day.flakyTests())
                    .put("flakyShare", results == 0 ? 0 : (double) day.flaky() / results);
        }
        Answers.json(context, json);
    }

    private static int days(Context context, int otherwise) {
        if (Queries.optional(context, "days").isEmpty()) {
            return otherwise;
        }
        long days = Queries.number(context, "days");
        if (days < 1 || days > MOST_DAYS) {
            throw ProblemException.badRequest("The parameter \"days\" must be between 1 and " + MOST_DAYS + ".");
        }
        return (int) days;
    }

    private Quarantines.Suite suite(Context context, Project project) {
        String config = Queries.optional(context, "suite");
        return quarantines
                .suite(project.id(), config)
                .orElseThrow(() -> ProblemException.notFound(
                        config.isEmpty()
                                ? "The project has had no run yet. Send one, then ask again."
                                : "The project has had no run of the suite \"" + config
                                        + "\". The suite is the path of the Playwright configuration."));
    }

    private static double share(String text) {
        if (!text.matches("0(\\.\\d{1,9})?|1(\\.0{1,9})?")) {
            throw ProblemException.badRequest(
                    "The parameter \"minRate\" (" + text.substring(0, Math.min(20, text.length()))
                            + ") must be a share between 0 and 1.\nMaybe it is a percentage: 20 % is 0.2.");
        }
        return Double.parseDouble(text);
    }

    private static ObjectNode test(FlakyTests.Flaky one) {
        ObjectNode json = Body.JSON.createObjectNode();
        json.put("id", one.names().id());
        json.put("project", one.names().project());
        json.put("file", one.names().file());
        json.set("titles", HistoryJson.array(one.names().titles()));
        json.put("probability", one.standing().belief().flaky());
        FlakeRate rate = one.standing().rate();
        json.putObject("rate").put("mean", rate.mean()).put("low", rate.low()).put("high", rate.high());
        json.put("flakes", one.standing().track().flakes());
        json.put("runs", one.standing().track().runs());
        Trend trend = one.trend();
        json.putObject("trend")
                .put("recent", trend.recent())
                .put("before", trend.before())
                .put("risingProbability", trend.risingProbability());
        json.putObject("impact")
                .put("runsPerWeek", one.cost().runsPerWeek())
                .put("minutesPerWeek", one.cost().minutesPerWeek());
        one.last()
                .run()
                .ifPresent(run -> json.putObject("lastFlake")
                        .put("runId", String.valueOf(run))
                        .put("commit", one.last().commit()));
        ArrayNode evidence = json.putArray("evidence");
        for (Evidence item : one.standing().evidence()) {
            evidence.addObject()
                    .put("level", item.level().name())
                    .put("meaning", item.level().meaning())
                    .put("count", item.count());
        }
        return json;
    }
}
