package io.evenkeel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import picocli.CommandLine;

/** The program: builds everything once, runs one command. */
public final class EvenkeelMain {

    private EvenkeelMain() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        // The platform's own encoding may be ASCII in a CI container; titles are not.
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        SignOfLife.keep(new Settings(System.getenv()));
        System.exit(run(arguments, System.getenv(), out, err));
    }

    static int run(String[] arguments, Map<String, String> env, PrintStream out, PrintStream err) {
        Terminal terminal = new Terminal(err, env, System.console() != null);
        return commandLine(new Program(new Settings(env), terminal, out)).execute(arguments);
    }

    static CommandLine commandLine(Program program) {
        CommandLine commandLine = new CommandLine(new Evenkeel())
                .addSubcommand(new PlanCommand(program))
                .addSubcommand(new RunCommandLine(program))
                .addSubcommand(new LocalCommand(program))
                .addSubcommand(new RerunCommand(program))
                .addSubcommand(new ReportCommand(program))
                .addSubcommand(new LearnCommand(program))
                .addSubcommand(new HealCommand(program))
                .addSubcommand(new CommandLine(new QuarantineCommand(program)).addSubcommand(new BurstCommand(program)))
                .addSubcommand(new DoctorCommand(program))
                .addSubcommand(new CoordinatorCommand(program));
        commandLine
                .setExecutionStrategy(new CommandLine.RunLast())
                .setExecutionExceptionHandler((e, command, parsed) -> fail(program, e))
                .setUsageHelpAutoWidth(true)
                .setOut(new PrintWriter(program.out(), true, StandardCharsets.UTF_8))
                .setErr(program.terminal().writer());
        commandLine
                .getSubcommands()
                .values()
                .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
        return commandLine;
    }

    private static int fail(Program program, Exception e) {
        program.terminal().line(Terminal.Style.RED, "evenkeel: " + reason(e));
        if (program.settings().value("EVENKEEL_DEBUG").isPresent()) {
            e.printStackTrace(program.terminal().writer());
        }
        boolean wrongUse = e instanceof UsageException || e instanceof IllegalArgumentException;
        return wrongUse ? ExitCodes.WRONG_USE : ExitCodes.INFRASTRUCTURE;
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        return message == null || message.isBlank()
                ? e.getClass().getSimpleName() + " (set EVENKEEL_DEBUG=1 for where)"
                : message;
    }
}
