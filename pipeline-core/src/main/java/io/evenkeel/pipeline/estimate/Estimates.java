package io.evenkeel.pipeline.estimate;

import io.evenkeel.pipeline.estimate.Estimate.Source;
import java.util.Map;
import java.util.TreeMap;

/**
 * The estimates of all tests of a suite.
 *
 * <p>Immutable.
 *
 * @param byId by test id
 */
public record Estimates(Map<String, Estimate> byId) {

    public Estimates {
        byId = Map.copyOf(byId);
    }

    /**
     * Returns the estimate of a test.
     *
     * @throws IllegalArgumentException if the test was not among those that were estimated
     */
    public Estimate of(String id) {
        Estimate estimate = byId.get(id);
        if (estimate == null) {
            throw new IllegalArgumentException("The test (" + id + ") must be one of those that were estimated.");
        }
        return estimate;
    }

    /** Returns how many estimates come from each source; a source that was not needed is absent. */
    public Map<Source, Integer> sources() {
        Map<Source, Integer> counts = new TreeMap<>();
        byId.values().forEach(estimate -> counts.merge(estimate.source(), 1, Integer::sum));
        return counts;
    }
}
