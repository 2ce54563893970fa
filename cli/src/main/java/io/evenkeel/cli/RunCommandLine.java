package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.host.ShardIndex;
import io.evenkeel.pipeline.job.RunJob;
import io.evenkeel.pipeline.job.SplitMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel run}. */
@Command(
        name = "run",
        description = {
            "Runs one shard on this executor, as one normal Playwright run with your own reporters.",
            "",
            "The exit code is Playwright's; 3 when a planned test has no result and nothing explains it."
        },
        footer = {
            "",
            "Examples:",
            "  evenkeel run --shard 2/5 -- npx playwright test",
            "  evenkeel run --mode dynamic -- npx playwright test"
        })
final class RunCommandLine implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--shard",
            paramLabel = "<i/n>",
            description = "Which shard of how many, counted from 1. Default: what the CI or EVENKEEL_SHARD says.")
    private Optional<String> shard = Optional.empty();

    @Option(
            names = "--plan",
            paramLabel = "<file>",
            description =
                    "Plan to follow. Default: EVENKEEL_PLAN or .evenkeel/plan.json; without one, every executor computes the same plan.")
    private Optional<Path> plan = Optional.empty();

    @Mixin
    private final SplitOptions split = new SplitOptions();

    @Mixin
    private final LiveOptions live = new LiveOptions();

    RunCommandLine(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        try (RunOptions.Session session = options.session(program)) {
            SplitMode mode = split.mode();
            Optional<ShardIndex> index = shard.map(ShardIndex::parse)
                    .or(() -> session.context().run().shard());
            if (index.isEmpty() && mode.kind() == SplitMode.Kind.STATIC) {
                throw new UsageException(
                        "Which shard is this? Give --shard 1/3, set EVENKEEL_SHARD=1/3, or run everything here with evenkeel local.");
            }
            Path file = plan.or(() -> program.settings().value("EVENKEEL_PLAN").map(Path::of))
                    .map(path -> options.directory().resolve(path))
                    .orElseGet(() -> session.context().folder().plan());
            RunJob job = new RunJob(session.context(), live.mode(options.directory(), program.settings()));
            RunJob.Result result;
            try (Interruption interruption = Interruption.of(job::interrupt)) {
                result = job.run(new RunJob.Request(options.command(), index, file, mode, Optional.empty()));
            }
            result.problem().ifPresent(problem -> program.terminal().line(Style.RED, "evenkeel: " + problem.message()));
            result.outcome()
                    .map(AgentOutcome::message)
                    .filter(message -> !message.isEmpty())
                    .ifPresent(session.people()::warn);
            return result.outcome()
                    .map(AgentOutcome::exitCode)
                    .or(() -> result.problem().map(problem -> problem.exitCode()))
                    .orElse(ExitCodes.INFRASTRUCTURE);
        }
    }
}
