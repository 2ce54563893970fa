package io.evenkeel.pipeline.estimate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Durations of a suite that are kept between builds; enough to plan without a coordinator.
 *
 * <p>Immutable.
 *
 * @param suite configuration file the durations belong to
 * @param fixed what the durations do not show
 * @param tests by test id
 */
public record Timings(String suite, FixedCost fixed, Map<String, TestTiming> tests) {

    public Timings {
        tests = Map.copyOf(tests);
    }

    /** Returns timings that know nothing. */
    public static Timings none(String suite) {
        return new Timings(suite, FixedCost.NONE, Map.of());
    }

    /** Returns these timings, or none if they are of another suite: its ids may collide with this suite's. */
    public Timings of(String wanted) {
        return suite.equals(wanted) ? this : none(wanted);
    }

    /** Returns the timings in the order of their ids. */
    public List<TestTiming> sorted() {
        return List.copyOf(new TreeMap<>(tests).values());
    }

    /**
     * Returns these timings with what one run has seen.
     *
     * <p>Failed, skipped and interrupted attempts and retries tell nothing about the duration. A test that ran twice in the
     * run (on two machines) counts once, with its longer time. Tests the run has not seen keep what is known of them.
     *
     * @param run all attempts of one run, in any order
     * @param cost what the run cost beside its tests
     */
    public Timings after(List<ObservedTest> run, FixedCost cost) {
        Map<String, ObservedTest> longest = new TreeMap<>();
        run.stream()
                .filter(ObservedTest::tellsDuration)
                .forEach(seen -> longest.merge(
                        seen.test().id(),
                        seen,
                        (one, other) -> one.duration().compareTo(other.duration()) >= 0 ? one : other));
        Map<String, TestTiming> updated = new HashMap<>(tests);
        longest.forEach((id, seen) -> {
            List<Duration> recent = new ArrayList<>();
            TestTiming known = tests.get(id);
            if (known != null) {
                recent.addAll(known.recent());
            }
            recent.add(seen.duration());
            updated.put(id, new TestTiming(seen.test(), recent, known == null ? 0 : known.failing()));
        });
        run.stream().filter(ObservedTest::isFirstAttempt).forEach(seen -> {
            TestTiming known = updated.get(seen.test().id());
            if (known != null) {
                double failing = TestTiming.failing(known.failing(), seen.firstAttempt());
                updated.put(seen.test().id(), new TestTiming(known.test(), known.recent(), failing));
            }
        });
        return new Timings(suite, cost, updated);
    }

    /** Returns these timings without the tests that are not among the given ids, after a run of the whole suite. */
    public Timings only(Set<String> ids) {
        Map<String, TestTiming> kept = new HashMap<>(tests);
        kept.keySet().retainAll(ids);
        return new Timings(suite, fixed, kept);
    }
}
