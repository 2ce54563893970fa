package io.evenkeel.bench.speed;

import io.evenkeel.bench.JsonLines;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code evenkeel-bench speed}: runs the JMH benchmarks of this module. */
@Command(
        name = "speed",
        description = "Measures the time of single operations with JMH, in a process of its own.",
        mixinStandardHelpOptions = true)
public final class SpeedCommand implements Callable<Integer> {

    private static final int WARM_UPS = 5;

    /** Many short ones: on a machine with other work the shortest is the one that was disturbed least. */
    private static final int ITERATIONS = 25;

    private static final int ITERATION_MILLIS = 200;

    @Parameters(
            arity = "0..1",
            paramLabel = "<pattern>",
            defaultValue = ".*",
            description = "Benchmarks whose name this regular expression finds; default all.")
    private String pattern = ".*";

    @Override
    public Integer call() throws RunnerException {
        var options = new OptionsBuilder()
                .include(pattern)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS))
                .jvmArgsAppend("-XX:+UseSerialGC")
                .verbosity(VerboseMode.SILENT)
                .build();
        JsonLines out = new JsonLines(System.out);
        for (RunResult result : new Runner(options).run()) {
            String name = result.getParams().getBenchmark();
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("benchmark", name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1));
            fields.put("nanoseconds", result.getPrimaryResult().getScore());
            fields.put("least", result.getPrimaryResult().getStatistics().getMin());
            fields.put("error", result.getPrimaryResult().getScoreError());
            fields.put("iterations", ITERATIONS);
            out.print(fields);
        }
        return 0;
    }
}
