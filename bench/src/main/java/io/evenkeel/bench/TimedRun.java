package io.evenkeel.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One run of a program, from start to end of its process.
 *
 * @param wall wall time, start of the program included
 * @param exitCode of the program
 */
public record TimedRun(Duration wall, int exitCode) {

    /**
     * Runs a program to its end; what it prints goes to a file.
     *
     * @throws IOException when it cannot be started, or takes longer than an hour
     */
    public static TimedRun of(List<String> words, Path folder, Map<String, String> environment, Path log)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        long begin = System.nanoTime();
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.HOURS)) {
            process.destroy();
            throw new IOException(String.join(" ", words) + " took longer than an hour; its output is in " + log + ".");
        }
        return new TimedRun(Duration.ofNanos(System.nanoTime() - begin), process.exitValue());
    }
}
