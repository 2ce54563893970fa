package io.evenkeel.coordinator.page;

import java.util.List;

/**
 * Tests that failed for the same cause.
 *
 * <p>Immutable.
 *
 * @param cause the cause in words; empty for a single test, which speaks for itself
 * @param tests at least one
 */
public record CauseGroup(String cause, List<TestCard> tests) {

    public CauseGroup {
        tests = List.copyOf(tests);
    }
}
