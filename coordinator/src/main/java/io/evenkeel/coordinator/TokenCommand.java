package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code token add SLUG}. */
@Command(
        name = "token",
        description = "Adds tokens to a project; works beside a running coordinator.",
        mixinStandardHelpOptions = true)
final class TokenCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Say what to do: token add SLUG.");
    }

    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Prints one more token of a project, for example to replace one. Older tokens go on working.")
    void add(@Parameters(paramLabel = "SLUG", description = "The project.") String slug, @Mixin DataOption data) {
        Commands.withProjects(data.data(), projects -> {
            Secret token = projects.addToken(slug)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "There is no project \"" + slug + "\". `project list` shows those there are."));
            spec.commandLine().getOut().println(token.reveal());
        });
    }
}
