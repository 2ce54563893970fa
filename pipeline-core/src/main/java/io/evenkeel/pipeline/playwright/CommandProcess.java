package io.evenkeel.pipeline.playwright;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/**
 * The user's command, running in a process group of its own, so that a signal reaches everything it has started.
 *
 * <p>On Linux the group comes from {@code setsid}; where that is missing, signals go to the command and its descendants one by
 * one. A command started by a shell in the background ignores SIGINT, and so would everything it starts; {@code env} puts that right.
 * Thread-safe.
 */
public final class CommandProcess {

    /** What can be sent to the group. */
    public enum Signal {
        INT,
        KILL
    }

    private static final boolean WINDOWS =
            System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");

    private final Process process;
    private final boolean ownGroup;

    private CommandProcess(Process process, boolean ownGroup) {
        this.process = process;
        this.ownGroup = ownGroup;
    }

    /**
     * Starts a command whose output goes where ours goes, colours included; its input is empty.
     *
     * @throws IOException when it cannot be started
     */
    public static CommandProcess inheriting(RunCommand command) throws IOException {
        return start(command, ProcessBuilder.Redirect.INHERIT);
    }

    /** Starts a command whose output, both streams together, goes to the end of a file; otherwise as {@link #inheriting}. */
    public static CommandProcess writingTo(Path file, RunCommand command) throws IOException {
        return start(command, ProcessBuilder.Redirect.appendTo(file.toFile()));
    }

    private static CommandProcess start(RunCommand command, ProcessBuilder.Redirect output) throws IOException {
        List<String> words = new ArrayList<>();
        Optional<Path> setsid = WINDOWS ? Optional.empty() : onPath("setsid", System.getenv());
        setsid.ifPresent(program -> words.add(program.toString()));
        if (isInterruptIgnored()) {
            words.addAll(List.of("env", "--default-signal=INT"));
        }
        if (WINDOWS) {
            words.addAll(List.of("cmd", "/c"));
        }
        words.addAll(command.words());
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(command.folder().toFile())
                .redirectOutput(output)
                .redirectInput(ProcessBuilder.Redirect.from(new File(WINDOWS ? "NUL" : "/dev/null")));
        // One open file for both: with two, each would write over what the other has written.
        if (output.equals(ProcessBuilder.Redirect.INHERIT)) {
            builder.redirectError(output);
        } else {
            builder.redirectErrorStream(true);
        }
        builder.environment().putAll(command.environment());
        return new CommandProcess(builder.start(), setsid.isPresent());
    }

    /** Returns where a program lies, by the PATH of an environment; a name with a slash is taken as it is. */
    public static Optional<Path> onPath(String program, Map<String, String> environment) {
        for (String folder : environment.getOrDefault("PATH", "").split(File.pathSeparator)) {
            Path file = Path.of(folder.isEmpty() ? "." : folder, program);
            if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    /** Returns whether the program of a command can be found. */
    public static boolean exists(RunCommand command, Map<String, String> inherited) {
        String program = command.words().get(0);
        if (WINDOWS) {
            return true; // cmd looks for it, with endings of its own
        }
        if (program.contains("/")) {
            return Files.isExecutable(command.folder().resolve(program));
        }
        String path = command.environment().getOrDefault("PATH", inherited.getOrDefault("PATH", ""));
        return onPath(program, Map.of("PATH", path)).isPresent();
    }

    /**
     * Waits for the command.
     *
     * @return its exit code, 128 + n when signal n ended it; empty when it still runs
     */
    public OptionalInt waitFor(Duration time) throws InterruptedException {
        return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)
                ? OptionalInt.of(process.exitValue())
                : OptionalInt.empty();
    }

    /** Returns the process id of the command, which is the id of its group, too. */
    public long pid() {
        return process.pid();
    }

    /** Sends a signal to everything the command has started; nothing happens when all of it is gone. */
    public void signal(Signal signal) {
        if (ownGroup && (kill(signal, "-" + process.pid()) || !process.isAlive())) {
            return;
        } // else the group is not made yet
        List<ProcessHandle> family = new ArrayList<>(process.descendants().toList());
        family.add(process.toHandle());
        for (ProcessHandle member : family) {
            if (WINDOWS || signal == Signal.KILL) {
                member.destroyForcibly();
            } else {
                kill(signal, Long.toString(member.pid()));
            }
        }
    }

    /** Returns whether there was somebody to send it to. */
    private static boolean kill(Signal signal, String target) {
        try {
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -s \"$0\" -- \"$1\"", signal.name(), target)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!kill.waitFor(5, TimeUnit.SECONDS)) {
                kill.destroyForcibly();
                return false;
            }
            return kill.exitValue() == 0;
        } catch (IOException e) {
            System.getLogger(CommandProcess.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot send signal=" + signal + " target=" + target, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** Reads the mask of ignored signals; the bit of signal n is n - 1. */
    private static boolean isInterruptIgnored() {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return false;
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("SigIgn:"))
                    .map(line -> Long.parseUnsignedLong(
                            line.substring("SigIgn:".length()).strip(), 16))
                    .anyMatch(mask -> (mask & 2) != 0);
        } catch (IOException | NumberFormatException e) {
            return false;
        }
    }
}
