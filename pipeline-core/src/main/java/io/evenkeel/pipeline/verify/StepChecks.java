package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.reference.Addresses;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceReader;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.healing.trace.TracedAction;
import io.evenkeel.pipeline.verify.Proof.Check;
import io.evenkeel.pipeline.verify.Proof.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks into the traces of the passing runs: what a green test after a repair is worth.
 *
 * <p>A test that asserts nothing after the repaired step would pass with the wrong element too. One thread.
 */
final class StepChecks {

    private static final String ASSERTION = "assertion after the step";
    private static final String POST_STATE = "post-state";
    private static final String CONTROL = "negative control";
    /** Steps after the repaired one whose pages are compared; further on the test's own assertions say more. */
    private static final int STEPS = 3;

    private final VerificationJob job;
    private final Path original;
    private final Path copy;

    private StepChecks(VerificationJob job, Path original, Path copy) {
        this.job = job;
        this.original = original;
        this.copy = copy;
    }

    /**
     * Returns the findings.
     *
     * @param runs all runs; the last patched one is looked at
     * @param original root of the project
     * @param copy root of the copy the runs were made in
     */
    static List<Check> of(VerificationJob job, List<VerificationRun> runs, Path original, Path copy) {
        return new StepChecks(job, original, copy).of(runs);
    }

    private List<Check> of(List<VerificationRun> runs) {
        List<Passage> passages = new ArrayList<>();
        for (BrokenTest test : job.broken()) {
            for (TestRun run : runs.get(runs.size() - 1).tests()) {
                if (run.id().equals(test.id()) && run.passed()) {
                    passage(test, run).ifPresent(passages::add);
                }
            }
        }
        return List.of(assertion(passages), postState(passages), control());
    }

    /** The repaired step and what follows it in the trace of a passing run. */
    private record Passage(Trace trace, List<TracedAction> after) {}

    private Optional<Passage> passage(BrokenTest test, TestRun run) {
        FailurePlace place = FailurePlace.of(test.errors(), original);
        if (run.trace().isEmpty() || !place.isKnown()) {
            return Optional.empty();
        }
        try {
            Trace trace = TraceReader.read(TraceFile.at(run.trace().get()));
            List<TracedAction> actions = trace.actions();
            for (int i = actions.size() - 1; i >= 0; i--) {
                CallSite site = relative(actions.get(i).place());
                if (place.innermost().equals(site.file() + ":" + site.line())) {
                    return Optional.of(new Passage(trace, actions.subList(i + 1, actions.size())));
                }
            }
            return Optional.empty();
        } catch (TraceUnreadableException e) {
            return Optional.empty();
        }
    }

    private CallSite relative(CallSite place) {
        return place.relativeTo(copy.toString());
    }

    private static Check assertion(List<Passage> passages) {
        if (passages.isEmpty()) {
            return new Check(ASSERTION, Finding.NOT_AVAILABLE, "No trace of a passing run shows the repaired step.");
        }
        long most = passages.stream()
                .mapToLong(passage -> passage.after().stream()
                        .filter(action -> action.method().startsWith("expect"))
                        .count())
                .max()
                .orElse(0);
        return most > 0
                ? new Check(ASSERTION, Finding.HOLDS, most + " assertions follow the repaired step.")
                : new Check(
                        ASSERTION, Finding.MISSING, "No assertion follows the repaired step: passing proves little.");
    }

    private Check postState(List<Passage> passages) {
        int compared = 0;
        for (Passage passage : passages) {
            for (TracedAction action :
                    passage.after().subList(0, Math.min(STEPS, passage.after().size()))) {
                List<Reference> references = job.references().find(relative(action.place()), action.locator());
                Optional<String> page = page(passage.trace(), action);
                if (!references.isEmpty() && page.isPresent()) {
                    compared++;
                    String was = references.get(0).page().path();
                    if (!was.isEmpty() && !was.equals(page.get())) {
                        return new Check(
                                POST_STATE,
                                Finding.MISSING,
                                "After the repaired step the test is on " + page.get() + "; it used to be on " + was
                                        + ".");
                    }
                }
            }
        }
        return compared == 0
                ? new Check(
                        POST_STATE, Finding.NOT_AVAILABLE, "No reference of the steps after the repaired one is known.")
                : new Check(
                        POST_STATE,
                        Finding.HOLDS,
                        compared + " steps after the repaired one are on the page they used to be on.");
    }

    /** Returns the address of the page, as references write it. */
    private static Optional<String> page(Trace trace, TracedAction action) {
        try {
            return trace.pageAfter(action)
                    .map(page -> Addresses.pattern(page.dom().url()));
        } catch (SnapshotRefusedException e) {
            return Optional.empty();
        }
    }

    private static Check control() {
        return new Check(
                CONTROL, Finding.NOT_AVAILABLE, "The last good release of the application is not reachable from here.");
    }
}
