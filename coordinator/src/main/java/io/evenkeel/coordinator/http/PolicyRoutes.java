package io.evenkeel.coordinator.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.coordinator.policy.ProjectPolicy;
import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import io.evenkeel.flaky.rate.FlakyThreshold;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;

/** The thresholds of a project: everybody who may read it sees them, the administrator sets them. */
final class PolicyRoutes implements RouteSet {

    private static final String PATH = "/api/v1/projects/{slug}/policy";

    private final Projects projects;
    private final ProjectPolicies policies;

    PolicyRoutes(Projects projects, ProjectPolicies policies) {
        this.projects = projects;
        this.policies = policies;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get(PATH, Access.READ, this::show), Route.put(PATH, Access.ADMIN, 1, this::set));
    }

    private void show(Context context) {
        Project project = Queries.project(context, projects, context.pathParam("slug"));
        Answers.json(context, json(project, policies.of(project.id())));
    }

    private void set(Context context) {
        Project project = Queries.project(context, projects, context.pathParam("slug"));
        Body body = Body.read(context, 1024 * 1024);
        ProjectPolicy policy = Body.checked(() -> changed(policies.of(project.id()), body));
        policies.set(project.id(), policy);
        Answers.json(context, json(project, policy));
    }

    /** What the body does not name stays as it is. */
    private static ProjectPolicy changed(ProjectPolicy now, Body body) {
        QuarantinePolicy quarantine = now.quarantine();
        return new ProjectPolicy(
                new FlakyThreshold(body.number("flakyFrom", now.flaky().leastRate())),
                body.count("windowDays", now.windowDays()),
                new QuarantinePolicy(
                        body.number("releaseTolerance", quarantine.tolerance()),
                        body.number("quarantineFrom", quarantine.leastRate()),
                        body.number("quarantineShare", quarantine.mostShare()),
                        Duration.ofDays(body.count(
                                "quarantineDays", (int) quarantine.expiry().toDays()))));
    }

    private static ObjectNode json(Project project, ProjectPolicy policy) {
        QuarantinePolicy quarantine = policy.quarantine();
        return Body.JSON
                .createObjectNode()
                .put("v", 1)
                .put("project", project.slug())
                .put("flakyFrom", policy.flaky().leastRate())
                .put("windowDays", policy.windowDays())
                .put("quarantineFrom", quarantine.leastRate())
                .put("quarantineShare", quarantine.mostShare())
                .put("quarantineDays", quarantine.expiry().toDays())
                .put("releaseTolerance", quarantine.tolerance());
    }
}
