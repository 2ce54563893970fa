package io.evenkeel.coordinator;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code java -jar evenkeel-coordinator.jar}. Exit codes: 0 stopped as asked, 2 wrong use, 3 could not start. */
@Command(
        name = "evenkeel-coordinator",
        mixinStandardHelpOptions = true,
        versionProvider = CoordinatorMain.Version.class,
        sortOptions = false,
        description = {
            "Records the runs of your Playwright suites, remembers every test, plans the next run and shows it all.",
            "",
            "First use:",
            "  java -jar evenkeel-coordinator.jar project add shop --data ./data    prints the project's token, once",
            "  java -jar evenkeel-coordinator.jar --data ./data                     then open http://127.0.0.1:8080",
            "In CI set EVENKEEL_URL and EVENKEEL_TOKEN. The coordinator may be away at any time: CI never waits for it.",
            ""
        },
        subcommands = {ProjectCommand.class, TokenCommand.class, HelpCommand.class},
        footer = {
            "",
            "Exit codes: 0 stopped as asked, 2 wrong use, 3 could not start (port taken, folder not writable, unknown schema)."
        })
public final class CoordinatorMain implements Runnable {

    /** The program could not do what it was asked to. */
    static final int INFRASTRUCTURE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private CommandSpec spec;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private ServeOptions options;

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logs.oneLineEach();
        Logs.quietLibraries();
        System.exit(run(
                arguments,
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8)));
    }

    /**
     * Runs the program.
     *
     * @return its exit code
     */
    static int run(String[] arguments, PrintWriter out, PrintWriter err) {
        return new CommandLine(new CoordinatorMain())
                .setOut(out)
                .setErr(err)
                .setParameterExceptionHandler(CoordinatorMain::wrongUse)
                .setExecutionExceptionHandler(CoordinatorMain::failed)
                .execute(arguments);
    }

    @Override
    public void run() {
        Coordinator coordinator = Coordinator.start(options.settings());
        Thread stop = new Thread(() -> stop(coordinator), "evenkeel-stop");
        Runtime.getRuntime().addShutdownHook(stop);
        PrintWriter out = spec.commandLine().getOut();
        out.println("evenkeel coordinator ready at " + coordinator.url() + " with "
                + options.data().toAbsolutePath());
        out.flush();
        try {
            // The process ends by a signal; its hook closes the coordinator.
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends with 0, where a Java process that a signal ends would say 143: it was stopped as asked. */
    private static void stop(Coordinator coordinator) {
        coordinator.close();
        Runtime.getRuntime().halt(ExitCode.OK);
    }

    private static int wrongUse(ParameterException e, String[] arguments) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println(e.getMessage() + " See --help.");
        return ExitCode.USAGE;
    }

    private static int failed(Exception e, CommandLine command, CommandLine.ParseResult result) throws Exception {
        if (e instanceof StartException) {
            command.getErr().println(e.getMessage());
            return INFRASTRUCTURE;
        }
        if (e instanceof IllegalArgumentException) {
            command.getErr().println(e.getMessage());
            return ExitCode.USAGE;
        }
        throw e;
    }

    /** The version from the jar's manifest. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = CoordinatorMain.class.getPackage().getImplementationVersion();
            return new String[] {"evenkeel-coordinator " + (version == null ? "(from classes)" : version)};
        }
    }
}
