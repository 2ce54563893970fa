package io.evenkeel.bench.report;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * One run of a program with the processor time of its process and of all it waited for, as bash counts it.
 *
 * @param wall from start to end
 * @param cpu user and system time; other programs of the machine do not count
 */
record CountedRun(Duration wall, Duration cpu) {

    /**
     * Runs a program to its end; what it prints goes to a file.
     *
     * @throws IOException when it cannot be started, or takes longer than ten minutes
     */
    static CountedRun of(List<String> words, Path folder, Path log) throws IOException, InterruptedException {
        Path times = folder.resolve("times.txt");
        List<String> timed = Stream.concat(
                        Stream.of(
                                "bash",
                                "-c",
                                "exec 3>\"$1\"; log=$2; shift 2; TIMEFORMAT='%R %U %S'; { time \"$@\" >\"$log\" 2>&1;"
                                        + " } 2>&3",
                                "bash",
                                times.toString(),
                                log.toString()),
                        words.stream())
                .toList();
        ProcessBuilder builder = new ProcessBuilder(timed).directory(folder.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("EVENKEEL_") || name.equals("CI"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(10, TimeUnit.MINUTES)) {
            process.destroy();
            throw new IOException(String.join(" ", words) + " took longer than ten minutes.");
        }
        List<String> seconds =
                Splitter.on(' ').splitToList(Files.readString(times).strip());
        return new CountedRun(seconds(seconds.get(0)), seconds(seconds.get(1)).plus(seconds(seconds.get(2))));
    }

    private static Duration seconds(String text) {
        return Duration.ofMillis(Math.round(Double.parseDouble(text) * 1000));
    }
}
