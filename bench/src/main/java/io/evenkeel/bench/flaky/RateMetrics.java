package io.evenkeel.bench.flaky;

import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.RunPosition.Line;
import io.evenkeel.flaky.rate.FlakeRate;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.RegimeParameters;
import io.evenkeel.flaky.rate.TestState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws runs of one commit from known rates and asks how often the 90 % interval holds the known rate. Static functions. */
final class RateMetrics {

    private static final int RUNS = 1_000;
    private static final int LARGE_RATE_PERCENT = 5;
    private static final long[] SEEDS = {1, 2, 3};

    private RateMetrics() {}

    static List<Result> measure(DataSet data) throws IOException {
        List<Double> rates = new ArrayList<>();
        Csv.read(data.file("rates").orElseThrow(), line -> {
            double failing = line.decimal("failingRuns", 0);
            double passing = line.decimal("passingRuns", 0);
            if (line.get("label").equals("flaky") && failing > 0 && passing > 0) {
                rates.add(failing / (failing + passing));
            }
        });
        List<Result> results = new ArrayList<>();
        for (long seed : SEEDS) {
            results.addAll(measure(data.name(), rates, seed));
        }
        results.add(Result.of(
                data.name(),
                "interval_coverage_expected",
                "evenkeel",
                Result.Interval.of(expectedCoverage(rates)),
                Result.Counts.of(rates.size(), -1)));
        return results;
    }

    /** Coverage over all outcomes of the runs instead of a drawn one: binomial probabilities times hits. */
    private static double expectedCoverage(List<Double> rates) {
        List<FlakeRate> found = new ArrayList<>();
        for (int flakes = 0; flakes <= RUNS; flakes++) {
            found.add(FlakeRate.of(flakes, RUNS));
        }
        double sum = 0;
        for (double rate : rates) {
            double logProbability = RUNS * Math.log1p(-rate);
            for (int flakes = 0; flakes <= RUNS; flakes++) {
                if (flakes > 0) {
                    logProbability += Math.log((RUNS - flakes + 1.0) / flakes * rate / (1 - rate));
                }
                boolean covers = found.get(flakes).low() <= rate
                        && rate <= found.get(flakes).high();
                sum += covers ? Math.exp(logProbability) : 0;
            }
        }
        return sum / Math.max(1, rates.size());
    }

    private static List<Result> measure(String dataset, List<Double> rates, long seed) {
        RegimeModel model = new RegimeModel(RegimeParameters.start());
        Random random = new Random(seed);
        int covered = 0;
        List<Double> errors = new ArrayList<>();
        for (double rate : rates) {
            TestState state = new TestState(model);
            for (int run = 1; run <= RUNS; run++) {
                boolean failed = random.nextDouble() < rate;
                state.record(
                        model,
                        new RunPosition(run, 0, Line.STABLE_BRANCH),
                        failed ? AttemptPattern.FAILED_ONCE : AttemptPattern.PASSED);
            }
            FlakeRate found = state.standing(model).rate();
            covered += found.low() <= rate && rate <= found.high() ? 1 : 0;
            if (100 * rate >= LARGE_RATE_PERCENT) {
                errors.add(Math.abs(found.mean() - rate) / rate);
            }
        }
        Result.Counts counts = new Result.Counts(rates.size(), -1, -1, seed);
        errors.sort(Double::compare);
        double median = errors.isEmpty() ? Double.NaN : errors.get(errors.size() / 2);
        return List.of(
                Result.of(
                        dataset, "interval_coverage", "evenkeel", Result.Interval.share(covered, rates.size()), counts),
                Result.of(dataset, "rate_error_median", "evenkeel", Result.Interval.of(median), counts));
    }
}
