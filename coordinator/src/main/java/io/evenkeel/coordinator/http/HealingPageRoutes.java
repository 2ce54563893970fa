package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Access;
import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.healing.Proposal.State;
import io.evenkeel.coordinator.healing.Proposals;
import io.evenkeel.coordinator.page.HealingView;
import io.evenkeel.coordinator.page.Pages;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The review page of healing. */
final class HealingPageRoutes implements RouteSet {

    private static final String REFUSED = "refused";

    private final Projects projects;
    private final Proposals proposals;
    private final Pages pages;
    private final InstantSource clock;

    HealingPageRoutes(Projects projects, Proposals proposals, Pages pages, InstantSource clock) {
        this.projects = projects;
        this.proposals = proposals;
        this.pages = pages;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/healing", Access.READ, this::healing));
    }

    private void healing(Context context) {
        List<Project> all = Caller.of(context).scope().isPresent()
                ? List.of(Caller.of(context).project())
                : projects.all();
        boolean named = !Queries.optional(context, "project").isEmpty();
        if (all.isEmpty()) {
            throw ProblemException.notFound("There is no project yet. Add one with `project add SLUG`.");
        }
        Project project = named || all.size() == 1 ? Queries.project(context, projects) : all.get(0);
        String state = Queries.optional(context, "state");
        HealingView.Filter filter = new HealingView.Filter(
                all.size() > 1 ? project.slug() : "",
                state,
                all.size() > 1 ? all.stream().map(Project::slug).toList() : List.of());
        HealingView view;
        if (state.equals(REFUSED)) {
            view = HealingView.refused(
                    filter, proposals.events(project.id(), REFUSED), proposals.success(project.id()));
        } else {
            Optional<State> asked =
                    state.isEmpty() ? Optional.empty() : Optional.of(Body.checked(() -> State.of(state)));
            view = HealingView.of(
                    filter, proposals.list(project.id(), asked), proposals.success(project.id()), clock.instant());
        }
        context.header("Cache-Control", "no-store");
        context.html(pages.healing(view));
    }
}
