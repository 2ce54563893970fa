package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.host.Publication;
import io.evenkeel.pipeline.job.JobContext;
import io.evenkeel.pipeline.job.ReportJob;
import io.evenkeel.pipeline.job.WorkFolder;
import io.evenkeel.pipeline.summary.ExitCode;
import io.evenkeel.pipeline.summary.RunSummary;
import io.evenkeel.pipeline.summary.RunSummaryBuilder;
import io.evenkeel.pipeline.summary.TerminalSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;

/** Makes the report of a run and shows it. */
final class ReportPrinter {

    private static final int WIDTH = 120;

    private final Program program;
    private final JobContext context;
    private final Optional<TellOptions.Telling> telling;

    /** A printer that tells the person at the terminal only. */
    ReportPrinter(Program program, JobContext context) {
        this(program, context, Optional.empty());
    }

    /**
     * @param telling how the CI around us is told, empty to leave it alone
     */
    ReportPrinter(Program program, JobContext context, Optional<TellOptions.Telling> telling) {
        this.program = program;
        this.context = context;
        this.telling = telling;
    }

    /** Whether the summary is also wanted as JSON on standard output. */
    enum Json {
        WANTED,
        NOT_WANTED
    }

    /**
     * Makes the report and returns the exit code of the run.
     *
     * @throws IOException when the work folder cannot be read or written
     * @throws InterruptedException when the thread is interrupted
     */
    int report(ReportJob.Request request, Json json) throws IOException, InterruptedException {
        ReportJob job = new ReportJob(
                context.folder(), context.coordinator(), context.machine().clock(), context.people());
        Optional<ReportJob.Result> result = job.report(request);
        if (result.isEmpty()) {
            tell(new RunSummaryBuilder(context.run().runKey()).build(Map.of()), request);
            program.terminal()
                    .line(
                            Style.RED,
                            "There are no results in " + context.folder().root()
                                    + ". Run evenkeel run or local first, or bring the .evenkeel folders of the run jobs here.");
            return ExitCode.UNPROVEN.value();
        }
        show(result.get());
        tell(result.get().summary(), request);
        if (json == Json.WANTED) {
            program.out().print(Files.readString(context.folder().summaryJson(), StandardCharsets.UTF_8));
        }
        return result.get().decision().code().value();
    }

    private void tell(RunSummary summary, ReportJob.Request request) {
        telling.ifPresent(how -> Forge.around(program, context.folder())
                .ifPresent(forge -> forge.reported(new Publication(
                        summary, ExitCode.of(summary, request.gate()), request.gate(), how.style(summary)))));
    }

    private void show(ReportJob.Result result) {
        RunSummary summary = result.summary();
        Terminal terminal = program.terminal();
        TerminalSummary.Colours colours =
                terminal.colours() ? TerminalSummary.Colours.ALWAYS : TerminalSummary.Colours.NEVER;
        terminal.line(TerminalSummary.of(summary, WIDTH, colours).stripTrailing());
        if (result.decision().code() != ExitCode.PASSED) {
            terminal.line(
                    Style.RED,
                    "exit code " + result.decision().code().value() + ": "
                            + result.decision().reason());
        }
        WorkFolder folder = context.folder();
        result.report().ifPresent(report -> terminal.line(Style.DIM, "report: " + report.resolve("html/index.html")));
        terminal.line(Style.DIM, "summary: " + folder.summaryMarkdown());
    }
}
