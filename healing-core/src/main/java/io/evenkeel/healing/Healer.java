package io.evenkeel.healing;

import io.evenkeel.healing.aria.AriaSnapshotReader;
import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.classify.FailureClass;
import io.evenkeel.healing.classify.FailureClassifier;
import io.evenkeel.healing.classify.Remedy;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.patch.Patcher;
import io.evenkeel.healing.patch.follow.SourcePatcher;
import io.evenkeel.healing.patch.java.Java;
import io.evenkeel.healing.patch.python.Python;
import io.evenkeel.healing.patch.typescript.TypeScript;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.snapshot.DomSnapshot;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.CallStack;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.healing.synthesis.LocatorProbe;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceReader;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.healing.trace.TracedAction;
import io.evenkeel.healing.trace.TracedPage;
import java.util.List;
import java.util.Optional;

/**
 * From the evidence of a failed attempt to a proposed repair, or to the reason why there is none.
 *
 * <p>Classify the failure, read the page at the failing call, check that it is the right page, rank its elements with an explicit
 * <em>none</em>, write a unique locator, propose the edit. Nothing is applied and nothing is verified here. Immutable and thread-safe.
 */
public final class Healer {

    private final Models models;
    private final Patcher patcher;
    private final LocatorProbe probe;
    private final Destructive destructive;

    /** A healer with the shipped models and patchers, without a browser to ask. */
    public Healer() {
        this(Destructive.SHIPPED);
    }

    /** The same healer with other names of what cannot be undone. */
    public Healer(Destructive destructive) {
        this(Models.shipped(), destructive);
    }

    /** The same healer with other models and names. */
    public Healer(Models models, Destructive destructive) {
        this(models, patcher(), LocatorProbe.none(), destructive);
    }

    /** Returns the shipped patcher: for TypeScript, JavaScript, Java and Python. */
    public static SourcePatcher patcher() {
        return new SourcePatcher(List.of(new TypeScript(), new Java(), new Python()));
    }

    /**
     * A healer of given parts.
     *
     * @param probe a real engine that confirms new locators
     * @param destructive names of elements on which a repair is a suggestion at most
     */
    public Healer(Models models, Patcher patcher, LocatorProbe probe, Destructive destructive) {
        this.models = models;
        this.patcher = patcher;
        this.probe = probe;
        this.destructive = destructive;
    }

    /** Diagnoses one failed attempt. Never throws for bad evidence: that is {@link HealingOutcome.Unsupported}. */
    public HealingOutcome diagnose(FailureEvidence evidence) {
        Explanation explanation = new Explanation();
        Classification failure = new FailureClassifier().classify(evidence.errors());
        explanation.say("Failure: " + failure.failureClass().words() + ". " + failure.reason());
        if (failure.failureClass().remedy() == Remedy.NEVER) {
            return refused(failure, explanation, failure.reason());
        }
        Optional<Locator> locator = Locator.parse(failure.locator());
        if (locator.isEmpty()) {
            return unread(failure, explanation);
        }
        Optional<PageAtFailure> page;
        try {
            page = page(evidence, failure, explanation);
        } catch (SnapshotRefusedException e) {
            return unsupported(failure, explanation, e.reason());
        }
        if (page.isEmpty()) {
            return unsupported(
                    failure,
                    explanation,
                    "Neither a trace nor an error context shows the page. Set trace: 'retain-on-failure' in the Playwright config.");
        }
        return search(
                new Broken(failure, locator.get()),
                page.get(),
                new Known(evidence.references(), evidence.project()),
                explanation);
    }

    /**
     * Diagnoses an action that waits right now. Never throws for bad evidence: that is {@link HealingOutcome.Unsupported}. What the caller brings is a broken locator by
     * definition: the action is still waiting, and nothing is there.
     */
    public HealingOutcome diagnose(MissingElement missing) {
        Explanation explanation = new Explanation();
        Classification failure = new Classification(
                FailureClass.BROKEN_LOCATOR,
                "The action waits, and there is no such element.",
                missing.call().locator(),
                missing.call().action(),
                CallStack.at(missing.call().place()));
        explanation.say("While the test runs: " + failure.failureClass().words() + ". " + failure.reason());
        Optional<Locator> locator = Locator.parse(failure.locator());
        if (locator.isEmpty()) {
            return unread(failure, explanation);
        }
        explanation.say("Page: " + missing.page().url() + " with "
                + missing.page().elements().size() + " elements.");
        return search(
                new Broken(failure, locator.get()),
                new PageAtFailure(missing.page(), missing.project().testIdAttribute()),
                new Known(missing.references(), missing.project()),
                explanation);
    }

    private static HealingOutcome unread(Classification failure, Explanation explanation) {
        return unsupported(
                failure, explanation, "The locator (" + failure.locator() + ") is of a kind that is not read.");
    }

    /** What failed. */
    private record Broken(Classification failure, Locator locator) {}

    /** What was known before. */
    private record Known(ReferenceBook references, Project project) {}

    private HealingOutcome search(Broken broken, PageAtFailure page, Known known, Explanation explanation) {
        Classification failure = broken.failure();
        CallSite site = failure.place().relativeTo(known.project().root());
        List<Reference> references = known.references().find(site, failure.locator());
        explanation.say(
                references.isEmpty()
                        ? "No reference: this locator was never seen in a passing run."
                        : "Reference: a passing run resolved it to "
                                + references.get(0).element().nature().role() + " \""
                                + references.get(0).element().wording().name() + "\".");
        return new PageDiagnosis(models, probe, page, explanation)
                .diagnose(new PageDiagnosis.Question(
                        failure, broken.locator(), references, known.project(), patcher, destructive));
    }

    /**
     * The page to search.
     *
     * @param testIdAttribute the attribute of {@code getByTestId} in this run
     */
    record PageAtFailure(DomSnapshot dom, String testIdAttribute) {}

    private static Optional<PageAtFailure> page(
            FailureEvidence evidence, Classification failure, Explanation explanation) {
        String attribute = evidence.project().testIdAttribute();
        boolean recorded = evidence.trace().match(d -> true, m -> true, a -> false);
        if (recorded) {
            try {
                Trace trace = TraceReader.read(evidence.trace());
                Optional<TracedPage> page = failing(trace, failure).flatMap(trace::pageAfter);
                Optional<TracedPage> shown = page.isPresent() ? page : trace.lastPage();
                String named = trace.testIdAttribute().isEmpty() ? attribute : trace.testIdAttribute();
                if (shown.isPresent() && !shown.get().dom().elements().isEmpty()) {
                    explanation.say("Page: " + shown.get().dom().url() + " with "
                            + shown.get().dom().elements().size() + " elements, from a trace of format version "
                            + trace.version() + ".");
                    return shown.map(p -> new PageAtFailure(p.dom(), named));
                }
                explanation.say("The trace recorded no page.");
            } catch (TraceUnreadableException e) {
                explanation.say(e.reason());
            }
        }
        Optional<DomSnapshot> aria = AriaSnapshotReader.fromErrorContext(evidence.errorContext());
        aria.ifPresent(dom ->
                explanation.say("Page: roles and names of the error context only; ids and test ids are unknown."));
        return aria.map(dom -> new PageAtFailure(dom, attribute));
    }

    /** Returns the call that failed: the last failed one with the same locator, else at the same place, else any. */
    private static Optional<TracedAction> failing(Trace trace, Classification failure) {
        List<TracedAction> failed = trace.actions().stream()
                .filter(a -> a.failed() || a.locator().equals(failure.locator()))
                .toList();
        return last(failed.stream()
                        .filter(a -> a.failed() && a.locator().equals(failure.locator()))
                        .toList())
                .or(() -> last(failed.stream()
                        .filter(a -> a.place().line() == failure.place().line()
                                && a.place().sameFileAs(failure.place()))
                        .toList()))
                .or(() -> last(failed));
    }

    private static Optional<TracedAction> last(List<TracedAction> actions) {
        return actions.isEmpty() ? Optional.empty() : Optional.of(actions.get(actions.size() - 1));
    }

    static HealingOutcome refused(Classification failure, Explanation explanation, String reason) {
        return new HealingOutcome.Refused(reason, new Diagnosis(failure, Ranking.EMPTY, explanation.lines()));
    }

    static HealingOutcome unsupported(Classification failure, Explanation explanation, String reason) {
        explanation.say(reason);
        return new HealingOutcome.Unsupported(reason, new Diagnosis(failure, Ranking.EMPTY, explanation.lines()));
    }

    /** Returns the class of a failure on a page that is not the expected one. */
    static Classification onWrongPage(Classification failure, String reason) {
        return failure.as(FailureClass.WRONG_PAGE, reason);
    }
}
