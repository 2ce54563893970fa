package io.evenkeel.pipeline.estimate;

import io.evenkeel.pipeline.estimate.Estimate.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Estimates every test of a suite from the timings of earlier runs.
 *
 * <p>A test with recent durations gets their {@link RecentValue}; one that was renamed or moved inherits them; any other
 * gets the mean of its file, of the nearest folder that has history, or of the suite, of its own project if that has history
 * there. Pure: the same tests and timings give the same estimates everywhere. Thread-safe.
 */
public final class Estimator {

    /** Without any history all tests weigh the same; the number only shows in the printed load. */
    public static final Duration DEFAULT = Duration.ofSeconds(1);

    private Estimator() {}

    /**
     * Returns an estimate for each known test.
     *
     * @param known the tests to run; an id that is there twice is estimated once
     * @param timings of the same suite; see {@link Timings#of(String)}
     */
    public static Estimates estimate(List<KnownTest> known, Timings timings) {
        Map<String, Duration> values = new HashMap<>();
        timings.tests()
                .forEach((id, timing) -> RecentValue.of(timing.recent()).ifPresent(value -> values.put(id, value)));
        Map<String, KnownTest> unknown = new LinkedHashMap<>();
        Map<String, Estimate> estimates = new HashMap<>();
        for (KnownTest test : known) {
            Duration own = values.get(test.id());
            if (own != null) {
                estimates.put(test.id(), new Estimate(own, Source.HISTORY, failing(timings, test.id())));
            } else {
                unknown.put(test.id(), test);
            }
        }
        List<KnownTest> recorded = new ArrayList<>();
        timings.sorted().stream()
                .map(TestTiming::test)
                .filter(test -> values.containsKey(test.id()))
                .forEach(recorded::add);
        List<KnownTest> gone = recorded.stream()
                .filter(test -> !estimates.containsKey(test.id()))
                .toList();
        Map<String, String> formerIds = Renames.find(List.copyOf(unknown.values()), gone);
        Neighbours neighbours = new Neighbours(recorded, values);
        unknown.forEach((id, test) -> {
            String former = formerIds.get(id);
            Duration value = former == null ? null : values.get(former);
            if (former != null && value != null) {
                estimates.put(id, new Estimate(value, Source.RENAMED, failing(timings, former)));
            } else {
                Estimate near = neighbours.of(test);
                estimates.put(id, new Estimate(near.duration(), near.source(), failing(timings, id)));
            }
        });
        return new Estimates(estimates);
    }

    private static double failing(Timings timings, String id) {
        return Optional.ofNullable(timings.tests().get(id))
                .map(TestTiming::failing)
                .orElse(0.0);
    }
}
