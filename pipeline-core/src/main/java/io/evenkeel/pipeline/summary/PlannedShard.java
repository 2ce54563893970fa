package io.evenkeel.pipeline.summary;

import java.time.Duration;
import java.util.List;

/**
 * A share of the plan, as far as the coverage proof needs it.
 *
 * <p>Immutable.
 *
 * @param index from 1
 * @param load time it was planned to take
 * @param tests ids of the tests that must run, without set-up and teardown
 */
public record PlannedShard(int index, Duration load, List<String> tests) {

    public PlannedShard {
        tests = List.copyOf(tests);
    }
}
