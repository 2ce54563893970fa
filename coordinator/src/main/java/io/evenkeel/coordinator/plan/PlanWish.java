package io.evenkeel.coordinator.plan;

import io.evenkeel.pipeline.estimate.KnownTest;
import java.util.List;

/**
 * What CI wants to be split.
 *
 * <p>Immutable.
 *
 * @param runKey CI's name of the run
 * @param suite configuration file
 * @param machines executors, at least 1
 * @param workers lanes of each executor, at least 1
 * @param tests tests that must run at least once, in the order of the runner
 */
public record PlanWish(String runKey, String suite, int machines, int workers, List<Entry> tests) {

    /** Tests one plan may have. */
    public static final int MOST_TESTS = 200_000;

    public PlanWish {
        if (tests.size() > MOST_TESTS) {
            throw new IllegalArgumentException("The tests (" + tests.size() + ") of a plan must be at most "
                    + MOST_TESTS + ". Split the suite into several configurations.");
        }
        tests = List.copyOf(tests);
    }

    /**
     * A test.
     *
     * @param group tests of one group stay together
     */
    public record Entry(KnownTest test, String group) {}
}
