package io.evenkeel.bench;

import io.evenkeel.bench.claims.ClaimsCommand;
import io.evenkeel.bench.flaky.FlakyCommand;
import io.evenkeel.bench.flaky.SimulateCommand;
import io.evenkeel.bench.heal.DiagnoseCommand;
import io.evenkeel.bench.heal.HealCommand;
import io.evenkeel.bench.heal.HealPagesCommand;
import io.evenkeel.bench.heal.TrainHealCommand;
import io.evenkeel.bench.mutate.MutateCommand;
import io.evenkeel.bench.overhead.OverheadCommand;
import io.evenkeel.bench.patch.PatchCommand;
import io.evenkeel.bench.report.ReportCommand;
import io.evenkeel.bench.speed.SpeedCommand;
import io.evenkeel.bench.split.SplitCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code evenkeel-bench} command. */
@Command(
        name = "evenkeel-bench",
        description =
                "Measures quality on recorded data: one JSON object a line on standard output, nothing else there.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ClaimsCommand.class,
            DiagnoseCommand.class,
            FlakyCommand.class,
            HealCommand.class,
            HealPagesCommand.class,
            MutateCommand.class,
            OverheadCommand.class,
            PatchCommand.class,
            ReportCommand.class,
            SimulateCommand.class,
            SpeedCommand.class,
            SplitCommand.class,
            TrainHealCommand.class
        })
public final class BenchMain implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before it runs the command
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing subcommand.");
    }

    /** Runs the command and ends the process with its exit code: 0 done, 2 wrong use, 3 something failed. */
    public static void main(String[] args) {
        CommandLine line = new CommandLine(new BenchMain());
        line.setExecutionExceptionHandler((exception, failed, parsed) -> {
            failed.getErr().println(exception.getMessage());
            return 3;
        });
        System.exit(line.execute(args));
    }
}
