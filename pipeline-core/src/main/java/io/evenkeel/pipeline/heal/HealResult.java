package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.pipeline.fix.ProvenHeal;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came of one root cause, or of one place of failure that has none.
 *
 * <p>Immutable.
 *
 * @param event the record of it, for the coordinator, the summary and the commit
 * @param patches the edits, empty for a refusal
 * @param tests the failing tests it concerns, as people read them, at least one
 * @param explanation lines for people: every step of the decision with its reason
 */
public record HealResult(HealEvent event, List<Patch> patches, List<String> tests, List<String> explanation) {

    /** The tier of what must not or cannot be healed. */
    public static final String REFUSED = "refused";

    /** The tier of what only a person may decide. */
    public static final String SUGGESTION = "suggestion";

    /** The tier of what may go to a fix branch. */
    public static final String AUTO = "auto";

    public HealResult {
        patches = List.copyOf(patches);
        tests = List.copyOf(tests);
        explanation = List.copyOf(explanation);
    }

    /**
     * Joins results that tell the same of one place, so that a broken page object is told once and not for each of its tests. The first stands for
     * all, with the tests of all; order is kept.
     */
    static List<HealResult> byCause(List<HealResult> results) {
        Map<Told, HealResult> joined = new LinkedHashMap<>();
        for (HealResult result : results) {
            joined.merge(Told.by(result), result, HealResult::andTestsOf);
        }
        return new ArrayList<>(joined.values());
    }

    /** What is told of a cause, besides its tests. */
    private record Told(
            String file, int line, String cause, String original, Optional<String> healed, String tier, String reason) {

        static Told by(HealResult result) {
            HealEvent event = result.event();
            HealDecision decision = event.decision();
            return new Told(
                    event.subject().file(),
                    event.subject().line(),
                    event.subject().cause(),
                    event.locator().original(),
                    event.locator().healed(),
                    decision.tier(),
                    decision.reason());
        }
    }

    private HealResult andTestsOf(HealResult other) {
        List<String> all = new ArrayList<>(tests);
        all.addAll(other.tests);
        return new HealResult(event, patches, all, explanation);
    }

    /** Returns whether a new locator is proposed. */
    public boolean healed() {
        return !event.decision().tier().equals(REFUSED);
    }

    /** Returns whether re-runs proved the proposal. */
    public boolean verified() {
        return healed() && event.verification().map(v -> v.success()).orElse(false);
    }

    /** Returns the same diagnosis as a refusal, because a person said no to this repair. */
    public HealResult rejected(String reason) {
        HealLocator locator = event.locator();
        HealDecision decision = event.decision();
        return new HealResult(
                new HealEvent(
                        event.subject(),
                        new HealLocator(locator.original(), Optional.empty(), locator.strategy(), locator.signals()),
                        new HealDecision(decision.confidence(), REFUSED, reason, decision.executionTime()),
                        event.verification(),
                        Optional.empty()),
                List.of(),
                tests,
                explanation);
    }

    /** Returns what goes to a fix branch: proven, and sure enough to be proposed without asking first. */
    public Optional<ProvenHeal> forBranch() {
        return verified() && event.decision().tier().equals(AUTO) && !patches.isEmpty()
                ? Optional.of(new ProvenHeal(event, patches, tests))
                : Optional.empty();
    }
}
