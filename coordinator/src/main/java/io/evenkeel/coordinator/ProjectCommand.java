package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.access.Projects;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code project add SLUG}, {@code project list}. */
@Command(
        name = "project",
        description = "Adds and lists projects; works beside a running coordinator.",
        mixinStandardHelpOptions = true)
final class ProjectCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: project add SLUG, or project list.");
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
}
