package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.agent.AgentOutcome;
import io.evenkeel.pipeline.job.LocalJob;
import io.evenkeel.pipeline.job.ReportJob;
import io.evenkeel.pipeline.job.ReportJob.Whole;
import io.evenkeel.pipeline.report.MergeRequest.Reporters;
import io.evenkeel.pipeline.summary.Gate;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel local}. */
@Command(
        name = "local",
        description = {
            "Splits the suite over this machine: plan, n executors, report.",
            "",
            "Each executor works in its own copy of the project. A web server on a fixed port cannot run twice: then it is one run with as many workers, and that is said."
        },
        footer = {
            "",
            "Examples:",
            "  evenkeel local --executors 3 -- npx playwright test",
            "  evenkeel local --executors 2 --dir e2e -- npx playwright test --project=desktop --grep @smoke",
            "  evenkeel local --executors 2 --port-variable PORT -- npm run e2e"
        })
final class LocalCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = {"-n", "--executors"},
            paramLabel = "<n>",
            defaultValue = "2",
            description = "Executors on this machine. 1 runs in place, without a plan. Default: ${DEFAULT-VALUE}.")
    private int executors;

    @Option(
            names = "--port-variable",
            paramLabel = "<name>",
            defaultValue = "",
            description =
                    "Environment variable through which your configuration takes its port; each executor gets a free one.")
    private String portVariable = "";

    @Mixin
    private final SplitOptions split = new SplitOptions();

    @Mixin
    private final LiveOptions live = new LiveOptions();

    @Option(names = "--no-report", description = "Make the summary only, no merged HTML, JUnit and JSON.")
    private boolean noReport;

    @Option(names = "--json", description = "Print summary.json on standard output.")
    private boolean json;

    LocalCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (executors < 1 || executors > 256) {
            throw new UsageException("--executors (" + executors + ") must be between 1 and 256.");
        }
        try (RunOptions.Session session = options.session(program)) {
            LocalJob job = new LocalJob(session.context(), live.mode(options.directory(), program.settings()));
            try (Interruption interruption = Interruption.of(job::interrupt)) {
                return run(session, job);
            }
        }
    }

    private int run(RunOptions.Session session, LocalJob job) throws IOException, InterruptedException {
        LocalJob.Result result =
                job.run(new LocalJob.Request(options.command(), executors, portVariable, split.mode()));
        if (result.problem().isPresent()) {
            program.terminal()
                    .line(Style.RED, "evenkeel: " + result.problem().get().message());
            return result.problem().get().exitCode();
        }
        result.outcomes().stream()
                .map(AgentOutcome::message)
                .filter(message -> !message.isEmpty())
                .distinct()
                .forEach(session.people()::warn);
        Optional<AgentOutcome> notRun =
                result.outcomes().stream().filter(LocalCommand::neverRan).findFirst();
        if (notRun.isPresent()) {
            return notRun.get().exitCode();
        }
        // One executor in place: Playwright's own reporters have told everything, and its exit code stands.
        Whole whole = noReport || executors == 1 ? Whole.SUMMARY_ONLY : Whole.MERGED;
        return new ReportPrinter(program, session.context())
                .report(
                        new ReportJob.Request(
                                options.directory(),
                                Optional.of(session.context().run().runKey()),
                                Reporters.OURS,
                                Gate.playwright(),
                                whole),
                        json ? ReportPrinter.Json.WANTED : ReportPrinter.Json.NOT_WANTED);
    }

    private static boolean neverRan(AgentOutcome outcome) {
        return outcome instanceof AgentOutcome.Refused || outcome instanceof AgentOutcome.NotStarted;
    }
}
