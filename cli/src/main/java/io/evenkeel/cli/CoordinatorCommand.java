package io.evenkeel.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Unmatched;

/** {@code evenkeel coordinator}: starts the coordinator's own jar, so that its libraries never meet ours. */
@Command(
        name = "coordinator",
        description = {
            "Starts the coordinator, or manages its projects.",
            "",
            "Everything after the word is given to evenkeel-coordinator.jar, which lies beside evenkeel.jar or is named by EVENKEEL_COORDINATOR_JAR:",
            "  evenkeel coordinator --port 8080 --data /var/lib/evenkeel",
            "  evenkeel coordinator project add shop --data /var/lib/evenkeel",
            "  evenkeel coordinator --help"
        })
final class CoordinatorCommand implements Callable<Integer> {

    private static final String JAR = "evenkeel-coordinator.jar";

    private final Program program;

    @Parameters(arity = "0..*", hidden = true)
    private List<String> arguments = new ArrayList<>();

    @Unmatched
    private List<String> options = new ArrayList<>();

    CoordinatorCommand(Program program) {
        this.program = program;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar().toString()));
        command.addAll(arguments);
        command.addAll(options);
        Process process = new ProcessBuilder(command).inheritIO().start();
        Thread stop = new Thread(process::destroy, "stop-coordinator");
        Runtime.getRuntime().addShutdownHook(stop);
        return process.waitFor();
    }

    private Path jar() {
        return Stream.concat(
                        program.settings().value("EVENKEEL_COORDINATOR_JAR").map(Path::of).stream(), beside().stream())
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(
                        () -> new UsageException(
                                "There is no " + JAR
                                        + " beside evenkeel.jar. Download it from the same release, or let EVENKEEL_COORDINATOR_JAR name it."));
    }

    /** Returns where the jar may be: beside ours, and where the build of a checkout leaves it. */
    private static List<Path> beside() {
        try {
            Path own = Path.of(CoordinatorCommand.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return List.of(
                    own.resolveSibling(JAR),
                    own.resolveSibling("../../coordinator/target/" + JAR).normalize());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The place of evenkeel.jar must be a URI.", e);
        }
    }
}
