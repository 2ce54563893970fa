package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.duration.DurationHistory;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Time of one whole update (filter and durations) and bytes of one test's state. Static functions.
 *
 * <p>Processor time of this thread, best of several passes, so that other load does not count; the JMH benchmark isolates the filter.
 */
final class SpeedMetrics {

    private static final int PASSES = 5;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private SpeedMetrics() {}

    static List<Result> measure(String dataset, History history) {
        RegimeModel model = new RegimeModel(RegimeParameters.start());
        double best = Double.POSITIVE_INFINITY;
        int bytes = 0;
        int updates = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            List<TestState> states = new ArrayList<>();
            List<DurationHistory> durations = new ArrayList<>();
            for (int i = 0; i < history.tests().size(); i++) {
                states.add(new TestState(model));
                durations.add(new DurationHistory());
            }
            updates = 0;
            long start = CPU.getCurrentThreadCpuTime();
            for (History.Run run : history.runs()) {
                for (History.Result result : run.results()) {
                    for (AttemptPattern pattern : result.patterns()) {
                        states.get(result.test()).record(model, run.position(), pattern);
                        updates++;
                    }
                    if (result.passedMillis() >= 0) {
                        durations
                                .get(result.test())
                                .add(run.position().commitOrdinal(), Duration.ofMillis(result.passedMillis()));
                    }
                }
            }
            best = Math.min(best, (CPU.getCurrentThreadCpuTime() - start) / (double) Math.max(1, updates));
            for (int i = 0; i < states.size(); i++) {
                bytes = Math.max(
                        bytes, states.get(i).toBytes().length + durations.get(i).toBytes().length);
            }
        }
        Result.Counts counts = Result.Counts.of(updates, -1);
        return List.of(
                Result.of(dataset, "ns_per_result", "evenkeel", Result.Interval.of(best), counts),
                Result.of(dataset, "bytes_per_test", "evenkeel", Result.Interval.of(bytes), counts));
    }
}
