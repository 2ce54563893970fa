package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.duration.DurationPredictor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Predicts each duration of a passed execution from those before it: |predicted - real| / real. Static functions.
 *
 * <p>Very short executions are left out (they cost nothing to plan wrongly, and clocks round them): tests below a second, jobs below half a minute. Files
 * in which nearly every test always takes equally long are left out; such durations were not measured.
 */
final class DurationMetrics {

    static final long LEAST_TEST_MILLIS = 1_000;
    static final long LEAST_JOB_MILLIS = 30_000;

    private static final double LEAST_VARYING = 0.1;
    private static final double EWMA = 0.2;

    private DurationMetrics() {}

    static List<Result> measure(DataSet data, String suffix, long leastMillis) throws IOException {
        Map<String, List<Long>> series = new TreeMap<>();
        Csv.read(data.file(suffix).orElseThrow(), line -> {
            long millis = line.number("durationMs", -1);
            if (millis >= 0 && line.get("status").equals("passed")) {
                series.computeIfAbsent(line.get("suite") + " " + line.get("test"), key -> new ArrayList<>())
                        .add(Math.max(1, millis));
            }
        });
        long varying = series.values().stream()
                .filter(s -> new HashSet<>(s).size() > 1)
                .count();
        if (varying <= LEAST_VARYING * series.size()) {
            return List.of();
        }
        Map<String, List<Double>> errors = new TreeMap<>();
        for (List<Long> one : series.values()) {
            predict(one, leastMillis, errors);
        }
        List<Result> results = new ArrayList<>();
        errors.forEach((method, values) -> {
            values.sort(Double::compare);
            Result.Counts counts = Result.Counts.of(values.size(), -1);
            results.add(Result.of(data.name(), "duration_error_median", method, at(values, 0.5), counts));
            results.add(Result.of(data.name(), "duration_error_p90", method, at(values, 0.9), counts));
        });
        return results;
    }

    private static Result.Interval at(List<Double> sorted, double share) {
        return Result.Interval.of(sorted.get((int) (share * sorted.size())));
    }

    private static void predict(List<Long> series, long leastMillis, Map<String, List<Double>> errors) {
        DurationPredictor ours = DurationPredictor.empty();
        Deque<Long> nine = new ArrayDeque<>();
        double log = Double.NaN;
        double sum = 0;
        int count = 0;
        for (long real : series) {
            if (count > 0 && real >= leastMillis) {
                add(errors, "evenkeel", ours.next().orElseThrow().toNanos() / 1e6, real);
                add(errors, "median-of-9", median(nine), real);
                add(errors, "log-ewma", Math.exp(log), real);
                add(errors, "mean", sum / count, real);
            }
            ours = ours.after(Duration.ofMillis(real));
            nine.addLast(real);
            if (nine.size() > 9) {
                nine.removeFirst();
            }
            log = count == 0 ? Math.log((double) real) : log + EWMA * (Math.log((double) real) - log);
            sum += real;
            count++;
        }
    }

    private static void add(Map<String, List<Double>> errors, String method, double predicted, long real) {
        errors.computeIfAbsent(method, key -> new ArrayList<>()).add(Math.abs(predicted - real) / real);
    }

    private static double median(Deque<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : Math.sqrt((double) sorted.get(half - 1) * sorted.get(half));
    }
}
