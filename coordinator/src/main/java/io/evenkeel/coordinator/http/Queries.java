package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.run.Run;
import io.evenkeel.coordinator.run.RunQuery;
import io.evenkeel.coordinator.run.RunReader;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads what a request asks for out of its address, and only what its caller may see. */
final class Queries {

    private Queries() {}

    /** Returns the run of the path parameter {@code runId}. */
    static Run run(Context context, RunReader runs) {
        return run(context, runs, parse(context.pathParam("runId"), "runId"));
    }

    static Run run(Context context, RunReader runs, long id) {
        Caller caller = Caller.of(context);
        return runs.find(id)
                .filter(run -> caller.mayRead(run.owner().projectId()))
                .orElseThrow(() -> ProblemException.notFound("There is no run " + id + ". The list of runs is at /."));
    }

    static RunQuery runs(Context context, Projects projects) {
        OptionalLong scope = Caller.of(context).scope();
        String slug = optional(context, "project");
        if (!slug.isEmpty()) {
            long wanted = bySlug(projects, slug).id();
            if (scope.isPresent() && scope.getAsLong() != wanted) {
                throw noProject(slug);
            }
            scope = OptionalLong.of(wanted);
        }
        OptionalLong limit = scope;
        String cursor = optional(context, "cursor");
        return Body.checked(() -> new RunQuery(
                limit,
                optional(context, "branch"),
                optional(context, "status"),
                cursor.isEmpty() ? OptionalLong.empty() : OptionalLong.of(parse(cursor, "cursor"))));
    }

    /** Returns the project of the token, else the one that is named, else the only one there is. */
    static Project project(Context context, Projects projects) {
        return project(context, projects, optional(context, "project"));
    }

    /** As {@link #project(Context, Projects)}, with the name, perhaps empty, from elsewhere. */
    static Project project(Context context, Projects projects, String slug) {
        Optional<Project> known = Caller.of(context).known();
        if (known.isPresent()) {
            if (!slug.isEmpty() && !known.get().slug().equals(slug)) {
                throw noProject(slug);
            }
            return known.get();
        }
        if (!slug.isEmpty()) {
            return bySlug(projects, slug);
        }
        List<Project> all = projects.all();
        if (all.size() == 1) {
            return all.get(0);
        }
        throw ProblemException.badRequest("Send the project's token, or name the project with ?project=SLUG.");
    }

    static String required(Context context, String name) {
        String value = optional(context, name);
        if (value.isEmpty()) {
            throw ProblemException.badRequest("The query parameter \"" + name + "\" is missing.");
        }
        return value;
    }

    static long number(Context context, String name) {
        return parse(required(context, name), name);
    }

    static String optional(Context context, String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value;
    }

    private static long parse(String text, String name) {
        if (!text.matches("\\d{1,18}")) {
            throw name.equals("runId")
                    ? ProblemException.notFound("There is no such run. The list of runs is at /.")
                    : ProblemException.badRequest("The parameter \"" + name + "\" must be a whole number.");
        }
        return Long.parseLong(text);
    }

    private static Project bySlug(Projects projects, String slug) {
        return projects.bySlug(slug).orElseThrow(() -> noProject(slug));
    }

    private static ProblemException noProject(String slug) {
        return ProblemException.notFound(
                "There is no project \"" + slug + "\". Add it with `project add " + slug + "`.");
    }
}
