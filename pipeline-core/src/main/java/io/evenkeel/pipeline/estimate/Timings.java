package io.evenkeel.pipeline.estimate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
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
     * Time that passes outside of the tests.
     *
     * @param perUnit for each work item
     * @param perMachine for each machine, before and after its tests
     */
    public record FixedCost(Duration perUnit, Duration perMachine) {

        /** Nothing was learned yet. */
        public static final FixedCost NONE = new FixedCost(Duration.ZERO, Duration.ZERO);

        public FixedCost {
            if (perUnit.isNegative() || perMachine.isNegative()) {
                throw new IllegalArgumentException(
                        "The fixed cost (" + perUnit + ", " + perMachine + ") of a suite must not be negative.");
            }
        }
    }
}
