package io.evenkeel.coordinator.run;

import java.time.Duration;
import java.util.List;

/**
 * What one run says about one test.
 *
 * <p>Immutable.
 *
 * @param key key of the test in this coordinator
 * @param test its names and place
 * @param result what happened
 * @param spoolId key of the executor that ran it last
 * @param setup whether it is a set-up or teardown
 */
public record TestInRun(long key, Name test, Result result, long spoolId, boolean setup) {

    /** Names and place of a test. */
    public record Name(String id, String project, String file, List<String> titles, int line) {

        public Name {
            titles = List.copyOf(titles);
        }

        /** Returns the titles as Playwright prints them. */
        public String fullTitle() {
            return String.join(" › ", titles);
        }
    }

    /**
     * What happened.
     *
     * @param verdict {@code pending}, {@code passed}, {@code flaky}, {@code failed} or {@code skipped}
     * @param attempts how many have ended
     * @param duration of the last attempt
     * @param running whether an attempt goes on
     * @param cause key that failures of the same cause share, empty when none failed
     */
    public record Result(String verdict, int attempts, Duration duration, boolean running, String cause) {}
}
