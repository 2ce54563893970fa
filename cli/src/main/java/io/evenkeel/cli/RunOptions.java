package io.evenkeel.cli;

import io.evenkeel.pipeline.client.ClientSettings;
import io.evenkeel.pipeline.client.CoordinatorClient;
import io.evenkeel.pipeline.fix.GitContext;
import io.evenkeel.pipeline.host.CiEnvironment;
import io.evenkeel.pipeline.host.RunContext;
import io.evenkeel.pipeline.host.RunContext.Revision;
import io.evenkeel.pipeline.job.JobContext;
import io.evenkeel.pipeline.job.JobContext.Machine;
import io.evenkeel.pipeline.job.WorkFolder;
import io.evenkeel.pipeline.playwright.RunCommand;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What the commands that run tests have in common: the project, the user's command, and the run they belong to. */
final class RunOptions {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    @Mixin
    private final ProjectOptions project = new ProjectOptions();

    @Parameters(
            arity = "0..*",
            paramLabel = "-- <command>",
            description = "Your own command after two dashes. Default: npx playwright test")
    private List<String> command = new ArrayList<>();

    Path directory() {
        return project.directory();
    }

    /** Returns the words after the dashes; empty when there are none. */
    List<String> words() {
        return List.copyOf(command);
    }

    /**
     * Returns the user's command.
     *
     * @throws UsageException when it looks like an option of ours that was mistyped
     */
    RunCommand command() {
        List<String> words = command.isEmpty() ? List.of("npx", "playwright", "test") : command;
        if (words.get(0).startsWith("-")) {
            throw new UsageException("The command after -- begins with " + words.get(0)
                    + ". Give the whole command: -- npx playwright test " + String.join(" ", words));
        }
        return new RunCommand(words, directory(), Map.of());
    }

    /**
     * Returns what every job works with. The coordinator's client must be closed by closing the context.
     *
     * @throws IOException when the folder for our files cannot be written
     */
    Session session(Program program) throws IOException {
        Settings settings = program.settings();
        WorkFolder folder = new WorkFolder(settings.workFolder(directory()));
        folder.make();
        ConsolePeople people = new ConsolePeople(program.terminal(), System::nanoTime);
        Optional<CoordinatorClient> coordinator = settings.url()
                .map(url -> CoordinatorClient.at(
                        url.toString(),
                        settings.token().map(Secret::of).orElseGet(Secret::none),
                        ClientSettings.standard(),
                        people::warn));
        RunContext run = CiEnvironment.read(settings.env(), ownKey());
        Machine machine = new Machine(settings.env(), Clock.systemUTC());
        return new Session(new JobContext(withRevision(run), folder, coordinator, machine, people), people);
    }

    private static String ownKey() {
        return "local-" + TIME.format(Instant.now()) + "-"
                + Integer.toHexString(new SecureRandom().nextInt(0x1000, 0x10000));
    }

    /** Outside of a CI the git checkout tells branch and commit. */
    private RunContext withRevision(RunContext run) {
        if (run.revision().commit().isPresent()) {
            return run;
        }
        Optional<GitContext> git = GitContext.of(directory());
        Revision revision = git.map(g -> new Revision(
                        Optional.of(g.branch()).filter(b -> !b.isEmpty()),
                        Optional.of(g.commit()).filter(c -> !c.isEmpty()),
                        run.revision().pullRequest()))
                .orElse(run.revision());
        return new RunContext(run.ci(), run.runKey(), revision, run.url(), run.shard());
    }

    /** A job's context and the people who watch it; closing it closes the connection to the coordinator. */
    record Session(JobContext context, ConsolePeople people) implements AutoCloseable {
        @Override
        public void close() {
            context.coordinator().ifPresent(CoordinatorClient::close);
        }
    }
}
