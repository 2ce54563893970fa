package io.evenkeel.cli;

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

/** {@code evenkeel report}. */
@Command(
        name = "report",
        description = {
            "Brings the results of all executors together.",
            "",
            "Reads .evenkeel/spool and .evenkeel/blob, sends the coordinator what it has not got yet, and writes .evenkeel/summary.md, summary.json, timings.json and the merged HTML, JUnit, JSON and CTRF reports in .evenkeel/report."
        },
        footer = {"", "Exit code: as the whole run deserves; 3 when a discovered test has no result."})
final class ReportCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(names = "--run", paramLabel = "<key>", description = "Run to report. Default: the newest in the folder.")
    private Optional<String> run = Optional.empty();

    @Option(names = "--no-report", description = "Make the summary only, no merged HTML, JUnit and JSON.")
    private boolean noReport;

    @Option(names = "--own-reporters", description = "Let the reporters of your configuration see the whole run, too.")
    private boolean ownReporters;

    @Option(
            names = "--gate",
            paramLabel = "<gate>",
            description =
                    "Which failures fail the run: playwright (all but quarantined), new (new ones and those nobody judged), strict (all), or labels to excuse with commas between them. Default: EVENKEEL_REPORT_GATE or playwright.")
    private Optional<String> gate = Optional.empty();

    @Mixin
    private final TellOptions tell = new TellOptions();

    @Option(names = "--json", description = "Print summary.json on standard output.")
    private boolean json;

    ReportCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        try (RunOptions.Session session = options.session(program)) {
            return new ReportPrinter(
                            program,
                            session.context(),
                            tell.style(program, options, session.context().run()))
                    .report(
                            new ReportJob.Request(
                                    options.directory(),
                                    run,
                                    ownReporters ? Reporters.OURS_AND_USERS : Reporters.OURS,
                                    gate.or(() -> program.settings().value("EVENKEEL_REPORT_GATE"))
                                            .map(Gate::parse)
                                            .orElseGet(Gate::playwright),
                                    noReport ? Whole.SUMMARY_ONLY : Whole.MERGED),
                            json ? ReportPrinter.Json.WANTED : ReportPrinter.Json.NOT_WANTED);
        }
    }
}
