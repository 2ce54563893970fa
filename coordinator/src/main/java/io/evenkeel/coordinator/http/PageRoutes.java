package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.page.Assets;
import io.evenkeel.coordinator.page.Pages;
import io.evenkeel.coordinator.page.RunLine;
import io.evenkeel.coordinator.page.RunListView;
import io.evenkeel.coordinator.page.RunPage;
import io.evenkeel.coordinator.page.TestFilter;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunQuery;
import io.evenkeel.coordinator.run.RunReader;
import io.javalin.http.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;

/** The pages and their parts. */
final class PageRoutes implements RouteSet {

    private static final String FOR_EVER = "public, max-age=31536000, immutable";

    private final Projects projects;
    private final RunReader runs;
    private final RunPage runPage;
    private final Rendering rendering;
    private final InstantSource clock;

    /** What turns views into answers. */
    record Rendering(Pages pages, Assets assets, Addresses addresses) {}

    PageRoutes(Projects projects, RunReader runs, RunPage runPage, Rendering rendering, InstantSource clock) {
        this.projects = projects;
        this.runs = runs;
        this.runPage = runPage;
        this.rendering = rendering;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/", Access.READ, this::list),
                Route.get("/runs/{runId}", Access.READ, this::run),
                Route.get("/runs/{runId}/trouble", Access.READ, this::trouble),
                Route.get("/runs/{runId}/file", Access.READ, this::file),
                Route.get("/assets/{hash}/{name}", Access.OPEN, this::asset));
    }

    private void list(Context context) {
        RunQuery query = Queries.runs(context, projects);
        OptionalLong scope = Caller.of(context).scope();
        List<Run> found = runs.list(query);
        Instant now = clock.instant();
        List<Project> all = scope.isPresent() ? List.of(Caller.of(context).project()) : projects.all();
        RunListView view = new RunListView(
                found.stream()
                        .limit(RunQuery.PAGE)
                        .map(run -> RunLine.of(run, now))
                        .toList(),
                new RunListView.Filter(
                        Queries.optional(context, "project"),
                        query.branch(),
                        query.status(),
                        Queries.optional(context, "cursor")),
                new RunListView.Choices(
                        all.size() > 1 ? all.stream().map(Project::slug).toList() : List.of(),
                        runs.branches(query.projectId()),
                        rendering.addresses().absolute(context, "")),
                found.size() > RunQuery.PAGE
                        ? String.valueOf(found.get(RunQuery.PAGE - 1).id())
                        : "");
        html(context, rendering.pages().runs(view));
    }

    private void run(Context context) {
        Run run = Queries.run(context, runs);
        html(context, rendering.pages().run(runPage.view(run, asked(context))));
    }

    private void trouble(Context context) {
        Run run = Queries.run(context, runs);
        html(context, rendering.pages().trouble(run.id(), runPage.trouble(run, asked(context))));
    }

    private void file(Context context) {
        Run run = Queries.run(context, runs);
        html(context, rendering.pages().lines(runPage.file(run, Queries.number(context, "key"))));
    }

    private void asset(Context context) {
        Assets.Asset asset = rendering
                .assets()
                .find(context.pathParam("name"))
                .orElseThrow(() -> ProblemException.notFound("There is no such file of the pages."));
        boolean current = asset.hash().equals(context.pathParam("hash"));
        context.header("Cache-Control", current ? FOR_EVER : "no-store");
        context.contentType(asset.type()).result(asset.content());
    }

    private RunPage.Asked asked(Context context) {
        return new RunPage.Asked(
                new TestFilter(Queries.optional(context, "q"), Queries.optional(context, "show")),
                clock.instant(),
                path -> rendering.addresses().absolute(context, path));
    }

    private static void html(Context context, String html) {
        context.header("Cache-Control", "no-store");
        context.html(html);
    }
}
