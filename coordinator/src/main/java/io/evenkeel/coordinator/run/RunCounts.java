package io.evenkeel.coordinator.run;

/**
 * Tests of a run by what is known of them; set-ups and teardowns are counted apart.
 *
 * <p>Immutable.
 *
 * @param announced tests that executors have selected so far
 * @param passed verdict passed
 * @param flaky verdict flaky
 * @param failed verdict failed
 * @param skipped verdict skipped
 * @param running tests and set-ups that have begun and not ended
 * @param setupFailed set-ups and teardowns that failed
 */
public record RunCounts(int announced, int passed, int flaky, int failed, int skipped, int running, int setupFailed) {

    /** Returns the number of tests with a verdict. */
    public int ended() {
        return passed + flaky + failed + skipped;
    }
}
