package io.evenkeel.coordinator;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The jar as a process of its own. */
final class Program implements AutoCloseable {

    private static final Path JAR = Path.of("target", "evenkeel-coordinator.jar");
    private static final Pattern READY = Pattern.compile("ready at (http://\\S+)");
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final BufferedReader out;

    private Program(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** What a process left when it ended by itself. */
    record Ended(int exitCode, List<String> lines) {}

    static Program start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx256m");
        command.add("-jar");
        command.add(JAR.toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_"));
        return new Program(builder.start());
    }

    /** Waits until it serves, and returns where. */
    URI ready() throws IOException {
        List<String> lines = new ArrayList<>();
        String line;
        while ((line = out.readLine()) != null) {
            lines.add(line);
            Matcher matcher = READY.matcher(line);
            if (matcher.find()) {
                return URI.create(matcher.group(1));
            }
        }
        throw new IOException("the coordinator did not start: " + lines);
    }

    Ended ended() throws IOException, InterruptedException {
        List<String> lines = out.lines().toList();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the process did not end");
        }
        return new Ended(process.exitValue(), lines);
    }

    /** Sends SIGTERM; through the handle, because {@link Process#destroy()} closes what the process still says. */
    void terminate() {
        process.toHandle().destroy();
    }

    /** Sends SIGKILL and waits until the process is gone. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException("the process did not die");
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
