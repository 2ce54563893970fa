package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import io.evenkeel.coordinator.policy.ProjectPolicy;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code project add SLUG}, {@code project list}, {@code project policy SLUG}. */
@Command(
        name = "project",
        description = "Adds and lists projects and sets their thresholds; works beside a running coordinator.",
        mixinStandardHelpOptions = true)
final class ProjectCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Say what to do: project add SLUG, project list, or project policy SLUG.");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description =
                    "Adds a project and prints its token on standard output. It is shown once; only its hash is kept.")
    void add(
            @Parameters(
                            paramLabel = "SLUG",
                            description = "Lower-case letters, digits and hyphens, for example web-shop.")
                    String slug,
            @Parameters(
                            paramLabel = "NAME",
                            arity = "0..1",
                            defaultValue = "",
                            description = "For people; default is the slug.")
                    String name,
            @Mixin DataOption data) {
        PrintWriter out = spec.commandLine().getOut();
        Commands.withProjects(data.data(), projects -> {
            Projects.Created created = projects.add(slug, name.isBlank() ? slug : name);
            out.println(created.token().reveal());
        });
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "Prints the projects, one a line: slug, name.")
    void list(@Mixin DataOption data) {
        PrintWriter out = spec.commandLine().getOut();
        Commands.withProjects(data.data(), projects -> {
            for (Project project : projects.all()) {
                out.println(project.slug() + "\t" + project.name());
            }
        });
    }

    @Command(
            name = "policy",
            mixinStandardHelpOptions = true,
            description = "Prints the thresholds of a project, one a line, after setting those that are named.")
    void policy(
            @Parameters(paramLabel = "SLUG", description = "Which project.") String slug,
            @Mixin PolicyOptions options,
            @Mixin DataOption data) {
        PrintWriter out = spec.commandLine().getOut();
        Commands.withStores(data.data(), stores -> {
            Project project = stores.projects()
                    .bySlug(slug)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is no project \"" + slug + "\". Add it with `project add " + slug + "`."));
            ProjectPolicy policy = options.changed(stores.policies().of(project.id()));
            stores.policies().set(project.id(), policy);
            PolicyOptions.lines(policy).forEach(out::println);
        });
    }
}
