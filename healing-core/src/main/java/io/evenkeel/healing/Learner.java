package io.evenkeel.healing;

import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Fingerprints;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.snapshot.Accessibility;
import io.evenkeel.healing.snapshot.Element;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.LocatorEvaluator;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceReader;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.healing.trace.TracedAction;
import io.evenkeel.healing.trace.TracedPage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes references from the trace of a passing run: for each locator call the fingerprint of the element it resolved to.
 *
 * <p>What users type never is part of a fingerprint. Immutable and thread-safe.
 *
 * @param root folder of the checkout; call sites are stored relative to it
 */
public record Learner(String root) {

    /**
     * Reads one trace; calls that failed or resolved to several elements teach nothing.
     *
     * @return one reference for each call site and locator, the last of several
     * @throws TraceUnreadableException if the trace cannot be used
     */
    public List<Reference> learn(TraceFile file) throws TraceUnreadableException {
        Trace trace = TraceReader.read(file);
        String testId = trace.testIdAttribute().isEmpty() ? Project.DEFAULT_TEST_ID_ATTRIBUTE : trace.testIdAttribute();
        Map<String, Reference> learned = new LinkedHashMap<>();
        for (TracedAction action : trace.actions()) {
            if (!action.failed()
                    && !action.locator().isEmpty()
                    && action.place().known()) {
                learn(trace, action, testId).ifPresent(r -> learned.put(r.site() + " " + r.locator(), r));
            }
        }
        return new ArrayList<>(learned.values());
    }

    private Optional<Reference> learn(Trace trace, TracedAction action, String testId) {
        try {
            Optional<TracedPage> marked = trace.pageWithTarget(action);
            Optional<TracedPage> page = marked.isPresent() ? marked : trace.pageAfter(action);
            return page.flatMap(p -> reference(p, action, testId));
        } catch (SnapshotRefusedException e) {
            return Optional.empty();
        }
    }

    private Optional<Reference> reference(TracedPage page, TracedAction action, String testId) {
        Accessibility tree = new Accessibility(page.dom());
        List<Element> targets = page.targets();
        if (targets.size() != 1) {
            LocatorEvaluator evaluator = new LocatorEvaluator(tree, testId);
            targets = Locator.parse(action.locator()).flatMap(evaluator::find).orElse(List.of());
        }
        if (targets.size() != 1) {
            return Optional.empty();
        }
        Fingerprints fingerprints = new Fingerprints(tree, testId);
        Fingerprint element = fingerprints.of(targets.get(0));
        return Optional.of(new Reference(
                action.place().relativeTo(root),
                action.locator(),
                action.method(),
                element,
                fingerprints.page().with(fingerprints.inventory())));
    }
}
