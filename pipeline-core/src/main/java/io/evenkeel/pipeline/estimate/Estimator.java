package io.evenkeel.pipeline.estimate;

import io.evenkeel.pipeline.estimate.Estimate.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates every test of a suite from the timings of earlier runs.
 *
 * <p>Pure: the same tests and timings give the same estimates everywhere. Thread-safe.
 */
public final class Estimator {

    /** Without any history all tests weigh the same; the number only shows in the printed load. */
    public static final Duration DEFAULT = Duration.ofSeconds(1);

    private Estimator() {}

    /**
     * Returns an estimate for each known test, by its id.
     *
     * @param known the tests to run; an id that is there twice is estimated once
     * @param timings of the same suite; see {@link Timings#of(String)}
     */
    public static Estimates estimate(List<KnownTest> known, Timings timings) {
        Map<String, Estimate> estimates = new HashMap<>();
        List<Duration> all = new ArrayList<>();
        for (KnownTest test : known) {
            Optional<Duration> own = Optional.ofNullable(timings.tests().get(test.id()))
                    .flatMap(timing -> RecentValue.of(timing.recent()));
            own.ifPresent(value -> {
                estimates.put(test.id(), new Estimate(value, Source.HISTORY));
                all.add(value);
            });
        }
        Optional<Duration> suite = mean(all);
        for (KnownTest test : known) {
            estimates.putIfAbsent(
                    test.id(),
                    suite.map(value -> new Estimate(value, Source.SUITE))
                            .orElse(new Estimate(DEFAULT, Source.DEFAULT)));
        }
        return new Estimates(estimates);
    }

    private static Optional<Duration> mean(List<Duration> values) {
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        values.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(values.size()));
    }
}
