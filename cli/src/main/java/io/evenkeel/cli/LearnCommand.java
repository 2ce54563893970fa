package io.evenkeel.cli;

import io.evenkeel.cli.Terminal.Style;
import io.evenkeel.pipeline.job.LearnJob;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evenkeel learn}. */
@Command(
        name = "learn",
        description = {
            "Learns what your locators mean, from the traces of passing tests.",
            "",
            "Keeps a fingerprint of each element a passing test acted on in .evenkeel/references.json; typed values are not kept. Run the suite with --trace=on first, in CI on the default branch."
        },
        footer = {"", "Example:", "  evenkeel local -n 2 -- npx playwright test --trace=on && evenkeel learn"})
final class LearnCommand implements Callable<Integer> {

    private final Program program;

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--run",
            paramLabel = "<key>",
            description = "Run to learn from. Default: the newest in the folder.")
    private Optional<String> run = Optional.empty();

    LearnCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException {
        try (RunOptions.Session session = options.session(program)) {
            Optional<LearnJob.Learned> learned = new LearnJob(session.context(), options.directory()).learn(run);
            if (learned.isEmpty()) {
                throw new UsageException(
                        "There is no run in " + session.context().folder().root()
                                + ". Run evenkeel local -- npx playwright test --trace=on first.");
            }
            if (learned.get().traces() == 0) {
                program.terminal()
                        .line(
                                Style.RED,
                                "No passing test of the run left a trace. Run it with --trace=on after npx playwright test.");
                return ExitCodes.INFRASTRUCTURE;
            }
            program.terminal()
                    .line("learned from " + learned.get().traces() + " passing tests; "
                            + learned.get().references() + " references in "
                            + session.context().folder().references());
            return ExitCodes.PASSED;
        }
    }
}
