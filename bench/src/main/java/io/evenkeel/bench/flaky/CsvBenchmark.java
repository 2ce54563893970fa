package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Reads a million results (2,000 tests over 500 commits, one in a hundred a flake) from a CSV file and judges them with their durations. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before it measures
public class CsvBenchmark {

    static final int TESTS = 2_000;
    static final int COMMITS = 500;
    static final int RESULTS = TESTS * COMMITS;

    private static final AttemptPattern FLAKE = new AttemptPattern(1, Ending.PASSED);

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private Path file;

    /** What is known of a test while the file is read. */
    private static final class Known {
        private final TestState state;
        private final DurationHistory durations = new DurationHistory();
        private long failedRun = -1;

        private Known(RegimeModel model) {
            this.state = new TestState(model);
        }
    }

    /** Writes the file, the same each time. */
    @Setup(Level.Trial)
    public void write() throws IOException {
        file = Files.createTempFile("results", ".csv");
        Random random = new Random(1);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            out.println("suite,test,run,commit,attempt,status,durationMs");
            for (int commit = 0; commit < COMMITS; commit++) {
                for (int test = 0; test < TESTS; test++) {
                    String before = "shop,part" + test % 50 + ".spec.ts > test " + test + "," + commit + ",c" + commit;
                    long millis = (long) (2_000 * Math.exp(0.25 * random.nextGaussian()));
                    boolean flake = random.nextInt(100) == 0;
                    if (flake) {
                        out.println(before + ",1,failed," + millis);
                    }
                    out.println(before + (flake ? ",2,passed," : ",1,passed,") + millis);
                }
            }
        }
    }

    /** Deletes the file. */
    @TearDown(Level.Trial)
    public void delete() throws IOException {
        Files.delete(file);
    }

    /** Reads and judges all results. */
    @Benchmark
    @OperationsPerInvocation(RESULTS)
    public void millionResults(Blackhole blackhole) throws IOException {
        Map<String, Known> tests = new HashMap<>();
        Csv.read(file, line -> {
            Known known = tests.computeIfAbsent(line.get("test"), key -> new Known(model));
            long run = line.number("run", 0);
            if (line.get("status").equals("failed")) {
                known.failedRun = run;
                return;
            }
            boolean flake = known.failedRun == run;
            known.state.record(
                    model, new RunPosition(run, run, Line.STABLE_BRANCH), flake ? FLAKE : AttemptPattern.PASSED);
            if (!flake) {
                known.durations.add(run, Duration.ofMillis(line.number("durationMs", 0)));
            }
        });
        blackhole.consume(tests);
    }
}
