package io.evenkeel.pipeline.fix;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import java.util.List;

/**
 * The repair of one root cause; it becomes one commit.
 *
 * <p>Immutable.
 *
 * @param event the evidence: locators, confidence, signals, what the re-runs said
 * @param patches the edits, at least one; files relative to the project folder
 * @param tests the tests that fail for this cause, as people read them; at least one
 */
public record ProvenHeal(HealEvent event, List<Patch> patches, List<String> tests) {

    public ProvenHeal {
        patches = List.copyOf(patches);
        tests = List.copyOf(tests);
        if (patches.isEmpty() || tests.isEmpty()) {
            throw new IllegalArgumentException("The patches (" + patches.size() + ") and tests (" + tests.size()
                    + ") of a proven heal must not be empty.");
        }
    }
}
