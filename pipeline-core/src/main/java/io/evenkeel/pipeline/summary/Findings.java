package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import java.util.List;

/**
 * What a run brought to light besides the verdicts.
 *
 * <p>Immutable.
 *
 * @param errors errors outside of tests, equal ones once
 * @param heals healing events in the order they were read
 * @param duplicates tests that have a full result from more than one executor, in the order of the suite
 */
public record Findings(List<RunError> errors, List<HealEvent> heals, List<TestName> duplicates) {

    public Findings {
        errors = List.copyOf(errors);
        heals = List.copyOf(heals);
        duplicates = List.copyOf(duplicates);
    }
}
