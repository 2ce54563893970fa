package io.evenkeel.bench.speed;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptPattern.Ending;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.signature.FailureSignature;
import java.time.Duration;
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
import org.openjdk.jmh.infra.Blackhole;

/**
 * Results of 1,000 tests over 100 commits, one result a test and commit, one in a hundred a flake.
 *
 * <p>{@code filter} counts each result in the state of its test; {@code wholeUpdate} also its duration, and the signature of each failure.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@SuppressWarnings("NullAway.Init") // JMH calls the set-up before it measures
public class JudgementBenchmark {

    static final int TESTS = 1_000;
    static final int COMMITS = 100;
    static final int RESULTS = TESTS * COMMITS;

    private static final AttemptPattern FLAKE = new AttemptPattern(1, Ending.PASSED);
    private static final String MESSAGE =
            "TimeoutError: locator.click: Timeout 5000ms exceeded.\nCall log:\n  - waiting for getByRole('button', { name: 'Pay 12.50' })";
    private static final String STACK = MESSAGE + "\n    at /ci/shop/tests/checkout.spec.ts:41:18";

    private final RegimeModel model = new RegimeModel(RegimeParameters.start());
    private AttemptPattern[] patterns;
    private Duration[] durations;

    /** Draws the results, the same each time. */
    @Setup(Level.Trial)
    public void draw() {
        Random random = new Random(1);
        patterns = new AttemptPattern[RESULTS];
        durations = new Duration[RESULTS];
        for (int i = 0; i < RESULTS; i++) {
            patterns[i] = random.nextInt(100) == 0 ? FLAKE : AttemptPattern.PASSED;
            durations[i] = Duration.ofMillis((long) (2_000 * Math.exp(0.25 * random.nextGaussian())));
        }
    }

    /** Counts each result in the filter. */
    @Benchmark
    @OperationsPerInvocation(RESULTS)
    public void filter(Blackhole blackhole) {
        TestState[] states = states();
        for (int commit = 0; commit < COMMITS; commit++) {
            RunPosition position = new RunPosition(commit, commit, Line.STABLE_BRANCH);
            for (int test = 0; test < TESTS; test++) {
                states[test].record(model, position, patterns[commit * TESTS + test]);
            }
        }
        blackhole.consume(states);
    }

    /** Counts each result with its duration, and reads the signature of each failure. */
    @Benchmark
    @OperationsPerInvocation(RESULTS)
    public void wholeUpdate(Blackhole blackhole) {
        TestState[] states = states();
        DurationHistory[] histories = new DurationHistory[TESTS];
        for (int test = 0; test < TESTS; test++) {
            histories[test] = new DurationHistory();
        }
        for (int commit = 0; commit < COMMITS; commit++) {
            RunPosition position = new RunPosition(commit, commit, Line.STABLE_BRANCH);
            for (int test = 0; test < TESTS; test++) {
                int at = commit * TESTS + test;
                states[test].record(model, position, patterns[at]);
                if (patterns[at].hasFailure()) {
                    blackhole.consume(FailureSignature.of(MESSAGE, STACK));
                } else {
                    histories[test].add(commit, durations[at]);
                }
            }
        }
        blackhole.consume(states);
        blackhole.consume(histories);
    }

    private TestState[] states() {
        TestState[] states = new TestState[TESTS];
        for (int test = 0; test < TESTS; test++) {
            states[test] = new TestState(model);
        }
        return states;
    }
}
