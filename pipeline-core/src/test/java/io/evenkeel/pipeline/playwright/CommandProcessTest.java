package io.evenkeel.pipeline.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class CommandProcessTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** Started by {@link #whenParentIgnoresInterrupts_thenTheCommandStillGetsThem}. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) throws Exception {
            CommandProcess process = CommandProcess.inheriting(RunCommand.of(Path.of("/"), "sleep", "1000"));
            process.signal(CommandProcess.Signal.INT);
            OptionalInt exitCode = process.waitFor(LONG.dividedBy(2));
            process.signal(CommandProcess.Signal.KILL);
            System.exit(exitCode.orElse(99) == 130 ? 7 : 8);
        }
    }

    @Test
    void whenCommandEnds_thenItsCodeAndOutputAreThere() throws Exception {
        Path output = folder.resolve("output.txt");
        CommandProcess process = CommandProcess.writingTo(
                output, RunCommand.of(folder, "sh", "-c", "echo out; echo err >&2; echo more; exit 5"));

        assertThat(process.waitFor(LONG)).hasValue(5);
        assertThat(Files.readAllLines(output)).containsExactly("out", "err", "more");
    }

    @Test
    void whenGroupIsKilled_thenGrandchildrenDieToo() throws Exception {
        Path output = folder.resolve("output.txt");
        CommandProcess process =
                CommandProcess.writingTo(output, RunCommand.of(folder, "sh", "-c", "sleep 1000 & echo $!; wait"));
        while (Files.size(output) == 0) {
            assertThat(process.waitFor(Duration.ofMillis(10))).isEmpty();
        }
        long grandchild = Long.parseLong(Files.readString(output).strip());

        process.signal(CommandProcess.Signal.KILL);

        assertThat(process.waitFor(LONG)).hasValue(137);
        ProcessHandle.of(grandchild)
                .ifPresent(handle -> assertThat(handle.onExit().completeOnTimeout(handle, 60, TimeUnit.SECONDS))
                        .succeedsWithin(LONG));
        assertThat(ProcessHandle.of(grandchild).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void whenEverythingIsGone_thenASignalDoesNoHarm() throws Exception {
        CommandProcess process = CommandProcess.inheriting(RunCommand.of(folder, "true"));
        assertThat(process.waitFor(LONG)).hasValue(0);

        process.signal(CommandProcess.Signal.INT);
        process.signal(CommandProcess.Signal.KILL);
    }

    @Test
    void whenParentIgnoresInterrupts_thenTheCommandStillGetsThem() throws Exception {
        Process shell = new ProcessBuilder(List.of(
                        "sh",
                        "-c",
                        "trap '' INT; exec \"$0\" -cp \"$1\" \"$2\"",
                        ProcessHandle.current().info().command().orElse("java"),
                        System.getProperty("java.class.path"),
                        Probe.class.getName()))
                .inheritIO()
                .start();

        assertThat(shell.waitFor(90, TimeUnit.SECONDS)).isTrue();
        assertThat(shell.exitValue()).isEqualTo(7);
    }
}
