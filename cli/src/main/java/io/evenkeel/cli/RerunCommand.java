package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.host.ShardIndex;
import io.evenkeel.pipeline.job.FailedTests;
import io.evenkeel.pipeline.job.RunJob;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel rerun}. */
@Command(
        name = "rerun",
        description = {
            "Runs exactly the tests that failed in an earlier run, over as many executors as you like.",
            "",
            "Which tests failed is known to the coordinator, or to .evenkeel/summary.json of that run."
        },
        footer = {
            "",
            "Examples:",
            "  evenkeel rerun --failed gitlab-4711",
            "  evenkeel rerun --failed gitlab-4711 --shard 1/3 -- npx playwright test"
        })
final class RerunCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--failed", paramLabel = "<run>", required = true, description = "Name or number of the run.")
    private String run = "";

    @Option(
            names = "--shard",
            paramLabel = "<i/n>",
            description =
                    "Which share of the failed tests. Default: what the CI or EVENKEEL_SHARD says, else all of them.")
    private Optional<String> shard = Optional.empty();

    @Mixin
    private final SplitOptions split = new SplitOptions();

    RerunCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        try (RunOptions.Session session = options.session(program)) {
            Optional<Set<String>> failed = FailedTests.of(session.context(), run);
            if (failed.isEmpty()) {
                program.terminal()
                        .line(
                                Style.RED,
                                "evenkeel: Nobody knows the run " + run
                                        + ". Set EVENKEEL_URL and EVENKEEL_TOKEN to its coordinator, or bring its .evenkeel/summary.json here.");
                return ExitCodes.INFRASTRUCTURE;
            }
            if (failed.get().isEmpty()) {
                program.terminal().line("Nothing to do: no test failed in run " + run + ".");
                return ExitCodes.PASSED;
            }
            ShardIndex index = shard.map(ShardIndex::parse)
                    .or(() -> session.context().run().shard())
                    .orElse(new ShardIndex(1, 1));
            RunJob job = new RunJob(session.context());
            RunJob.Result result;
            try (Interruption interruption = Interruption.of(job::interrupt)) {
                result = job.run(new RunJob.Request(
                        options.command(),
                        Optional.of(index),
                        session.context().folder().plan(),
                        split.mode(),
                        failed));
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
