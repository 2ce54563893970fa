package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.playwright.CommandProcess;
import io.evenkeel.pipeline.playwright.CommandProcess.Signal;
import io.evenkeel.pipeline.playwright.RunCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntSupplier;

/** Runs one command to its end and passes requests to end it on to everything it has started. One thread. */
final class RunProcess {

    /** The reporter's exit code for "our options never arrived". */
    static final int OPTIONS_LOST = 86;

    private static final Duration TICK = Duration.ofMillis(200);

    private final InstantSource clock;
    private final RunOutput output;

    RunProcess(InstantSource clock, RunOutput output) {
        this.clock = clock;
        this.output = output;
    }

    /**
     * Runs a command.
     *
     * @param requests how often somebody has asked to end the run
     * @return its exit code, 128 + n when signal n ended it
     */
    int run(RunCommand command, IntSupplier requests) throws IOException, InterruptedException {
        CommandProcess process = start(command);
        InterruptLadder ladder = new InterruptLadder();
        try {
            OptionalInt exitCode = process.waitFor(TICK);
            while (exitCode.isEmpty()) {
                ladder.due(requests.getAsInt(), clock.instant()).ifPresent(process::signal);
                exitCode = process.waitFor(TICK);
            }
            // The command may have been a shell that was killed while its runner goes on.
            if (exitCode.getAsInt() > 128 || requests.getAsInt() > 0) {
                process.signal(Signal.KILL);
            }
            return exitCode.getAsInt();
        } catch (InterruptedException e) {
            process.signal(Signal.KILL);
            throw e;
        }
    }

    private CommandProcess start(RunCommand command) throws IOException {
        Optional<Path> file = output.match(Optional::empty, kept -> Optional.of(kept.file()));
        return file.isPresent() ? CommandProcess.writingTo(file.get(), command) : CommandProcess.inheriting(command);
    }
}
