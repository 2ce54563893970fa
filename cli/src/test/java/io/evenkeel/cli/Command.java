package io.evenkeel.cli;

import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program as a user starts it, run to its end.
 *
 * @param exitCode of the program
 * @param out standard output
 * @param err standard error
 */
record Command(int exitCode, String out, String err) {

    private static final Duration EVERYDAY = Duration.ofMinutes(5);

    /** Two dozen re-runs of a real suite, on a machine that does other things too. */
    private static final Duration LONG = Duration.ofMinutes(45);

    /** Runs {@code evenkeel} from the jar of this build. */
    static Command evenkeel(RunCommand project, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(startEvenkeel(project, environment, arguments));
    }

    /** Runs {@code evenkeel} where it does more work than an everyday test has time for. */
    static Command longEvenkeel(RunCommand project, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return end(startEvenkeel(project, environment, arguments), LONG);
    }

    /** Runs the plain command of a project with more arguments. */
    static Command plain(RunCommand project, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(project.words());
        words.addAll(List.of(arguments));
        return end(start(words, project, environment));
    }

    /** Starts {@code evenkeel} without waiting. */
    static Started startEvenkeel(RunCommand project, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> words = new ArrayList<>(java("target/evenkeel.jar"));
        words.addAll(List.of(arguments));
        return start(words, project, environment);
    }

    /** The words that start a jar of this checkout, given relative to this module. */
    static List<String> java(String jar) {
        Path file = Path.of(jar).toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw new IllegalStateException("There is no " + file + ". Build it first: ./mvnw -DskipTests package");
        }
        return List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                file.toString());
    }

    static Started start(List<String> words, RunCommand project, Map<String, String> environment) throws IOException {
        Path out = Files.createTempFile("command", ".out");
        Path err = Files.createTempFile("command", ".err");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(project.folder().toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("EVENKEEL_") && !name.equals("EVENKEEL_CHROMIUM"));
        builder.environment().putAll(project.environment());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        return new Started(process, out, err);
    }

    static Command end(Started started) throws IOException, InterruptedException {
        return end(started, EVERYDAY);
    }

    /** Ends what a busy machine may take long for. */
    static Command longEnd(Started started) throws IOException, InterruptedException {
        return end(started, LONG);
    }

    private static Command end(Started started, Duration limit) throws IOException, InterruptedException {
        if (!started.process().waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
            started.process().destroyForcibly();
            throw new IllegalStateException("It hangs. It said: " + Files.readString(started.err()));
        }
        return new Command(
                started.process().exitValue(),
                Files.readString(started.out(), StandardCharsets.UTF_8),
                Files.readString(started.err(), StandardCharsets.UTF_8));
    }

    /** A program that runs. */
    record Started(Process process, Path out, Path err) {}
}
