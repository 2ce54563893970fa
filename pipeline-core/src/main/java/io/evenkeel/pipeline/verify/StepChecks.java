package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.Learner;
import io.evenkeel.healing.classify.Classification;
import io.evenkeel.healing.classify.FailureClassifier;
import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.reference.Addresses;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Reference;
import io.evenkeel.healing.snapshot.Roles;
import io.evenkeel.healing.snapshot.SnapshotRefusedException;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.trace.Trace;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceReader;
import io.evenkeel.healing.trace.TraceUnreadableException;
import io.evenkeel.healing.trace.TracedAction;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.verify.Proof.Check;
import io.evenkeel.pipeline.verify.Proof.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks into the traces of the re-runs: what a green test after a repair is worth.
 *
 * <p>A test that asserts nothing after the repaired step would pass with the wrong element too; one that goes on elsewhere than it
 * used to has not done what it did. One thread.
 */
final class StepChecks {

    /** Steps after the repaired one that are compared; further on the test's own assertions say more. */
    private static final int STEPS = 3;

    private final VerificationJob job;
    private final Folders folders;

    /**
     * Where the files of the runs lie.
     *
     * @param root what was copied
     * @param project the folder inside of it that references are relative to
     * @param copy the copy of {@code root}
     * @param copiedProject the copy of {@code project}
     */
    record Folders(Path root, Path project, Path copy, Path copiedProject) {}

    StepChecks(VerificationJob job, Folders folders) {
        this.job = job;
        this.folders = folders;
    }

    /** Returns what the traces of the last run with the patches say, for each of them. */
    List<Check> of(VerificationRun run) {
        List<Check> checks = new ArrayList<>();
        for (Patch patch : job.patches()) {
            List<Passage> passages = new ArrayList<>();
            for (BrokenTest test : job.brokenAt(patch).toList()) {
                for (TestRun attempt : run.tests()) {
                    if (attempt.id().equals(test.id()) && attempt.passed()) {
                        passage(test, attempt).ifPresent(passages::add);
                    }
                }
            }
            checks.add(named(patch, assertion(passages)));
            checks.add(named(patch, postState(passages)));
        }
        return checks;
    }

    /** Returns a check that says which of several repaired steps it is about. */
    Check named(Patch patch, Check check) {
        return job.patches().size() == 1
                ? check
                : new Check(
                        check.name(),
                        check.finding(),
                        patch.file() + ":" + patch.definition().site().line() + ": " + check.reason());
    }

    /**
     * The repaired step and what follows it in a trace.
     *
     * @param learned what each call of the trace resolved to
     */
    private record Passage(Trace trace, TracedAction step, List<TracedAction> after, List<Reference> learned) {

        Optional<Fingerprint> found(TracedAction action) {
            return learned.stream()
                    .filter(reference -> reference.locator().equals(action.locator())
                            && reference.site().sameFileAs(action.place())
                            && reference.site().line() == action.place().line()
                            && reference.site().column() == action.place().column())
                    .map(Reference::element)
                    .findFirst();
        }
    }

    private Optional<Passage> passage(BrokenTest test, TestRun run) {
        FailurePlace place = FailurePlace.of(test.errors(), folders.root());
        if (run.trace().isEmpty() || !place.isKnown()) {
            return Optional.empty();
        }
        try {
            TraceFile file = TraceFile.at(run.trace().get());
            Trace trace = TraceReader.read(file);
            List<TracedAction> actions = trace.actions();
            for (int i = actions.size() - 1; i >= 0; i--) {
                if (stands(actions.get(i), place)) {
                    return Optional.of(new Passage(
                            trace,
                            actions.get(i),
                            actions.subList(i + 1, actions.size()),
                            new Learner("").learn(file)));
                }
            }
            return Optional.empty();
        } catch (TraceUnreadableException e) {
            return Optional.empty();
        }
    }

    private boolean stands(TracedAction action, FailurePlace place) {
        CallSite site = action.place().relativeTo(folders.copy().toString());
        return place.innermost().equals(site.file() + ":" + site.line());
    }

    /** Returns whether a run got to the last step that was broken; it did unless its trace says otherwise. */
    boolean reaches(BrokenTest test, TestRun run) {
        List<BrokenTest> steps = test.steps();
        FailurePlace place = FailurePlace.of(steps.get(steps.size() - 1).errors(), folders.root());
        if (run.trace().isEmpty() || !place.isKnown()) {
            return true;
        }
        try {
            return TraceReader.read(TraceFile.at(run.trace().get())).actions().stream()
                    .anyMatch(action -> stands(action, place));
        } catch (TraceUnreadableException e) {
            return true;
        }
    }

    private CallSite inProject(TracedAction action) {
        return action.place().relativeTo(folders.copiedProject().toString());
    }

    private static Check assertion(List<Passage> passages) {
        if (passages.isEmpty()) {
            return new Check(
                    Check.ASSERTION, Finding.NOT_AVAILABLE, "No trace of a passing run shows the repaired step.");
        }
        long most = passages.stream()
                .mapToLong(passage -> passage.after().stream()
                        .filter(action -> action.method().startsWith("expect"))
                        .count())
                .max()
                .orElse(0);
        boolean itself =
                passages.stream().anyMatch(passage -> passage.step().method().startsWith("expect"));
        return most > 0 || itself
                ? new Check(Check.ASSERTION, Finding.HOLDS, most + " assertions follow the repaired step.")
                : new Check(
                        Check.ASSERTION,
                        Finding.MISSING,
                        "No assertion follows the repaired step: passing proves little.");
    }

    private Check postState(List<Passage> passages) {
        int compared = 0;
        for (Passage passage : passages) {
            for (TracedAction action :
                    passage.after().subList(0, Math.min(STEPS, passage.after().size()))) {
                List<Reference> references = job.references().find(inProject(action), action.locator());
                if (!action.locator().isEmpty() && !references.isEmpty()) {
                    Optional<String> difference =
                            otherPage(passage, action, references).or(() -> otherElement(passage, action, references));
                    if (difference.isPresent()) {
                        return new Check(Check.POST_STATE, Finding.MISSING, difference.get());
                    }
                    compared++;
                }
            }
        }
        return compared == 0
                ? new Check(
                        Check.POST_STATE,
                        Finding.NOT_AVAILABLE,
                        "No reference of the steps after the repaired one is known.")
                : new Check(
                        Check.POST_STATE,
                        Finding.HOLDS,
                        compared
                                + " steps after the repaired one find what they used to, on the page they used to be"
                                + " on.");
    }

    private Optional<String> otherPage(Passage passage, TracedAction action, List<Reference> references) {
        Optional<String> page = page(passage.trace(), action).filter(now -> !now.isEmpty());
        String was = references.get(0).page().path();
        boolean same = page.isEmpty()
                || references.stream()
                        .anyMatch(reference -> reference.page().path().isEmpty()
                                || reference.page().path().equals(page.get()));
        return same
                ? Optional.empty()
                : Optional.of(
                        "After the repaired step the test is on " + page.get() + "; it used to be on " + was + ".");
    }

    private Optional<String> otherElement(Passage passage, TracedAction action, List<Reference> references) {
        Optional<Fingerprint> now = passage.found(action);
        boolean same = now.isEmpty() || references.stream().anyMatch(then -> sameKind(then.element(), now.get()));
        CallSite site = inProject(action);
        return same
                ? Optional.empty()
                : Optional.of("After the repaired step, " + action.locator() + " (" + site.file() + ":" + site.line()
                        + ") finds " + words(now.get()) + "; it used to find "
                        + words(references.get(0).element()) + ".");
    }

    /** Same role, and for what people act on the same name but for numbers; what only is read may say anything. */
    private static boolean sameKind(Fingerprint then, Fingerprint now) {
        boolean acted = Roles.interactive(then.nature().role());
        return then.nature().role().equals(now.nature().role())
                && (!acted || called(then).equals(called(now)));
    }

    private static String called(Fingerprint element) {
        return element.wording().name().toLowerCase(Locale.ROOT).replaceAll("\\d+", "#");
    }

    private static String words(Fingerprint element) {
        String role = element.nature().role().isEmpty()
                ? "<" + element.nature().tag() + ">"
                : element.nature().role();
        return element.wording().name().isEmpty()
                ? role
                : role + " \"" + element.wording().name() + "\"";
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

    /** Returns whether it is known which element the broken locator meant. */
    boolean isReferenced(BrokenTest test) {
        return !meant(test).isEmpty();
    }

    private List<Reference> meant(BrokenTest test) {
        Classification failure = new FailureClassifier()
                .classify(test.errors().stream().map(StepChecks::reported).toList());
        return job.references()
                .find(failure.place().relativeTo(folders.project().toString()), failure.locator());
    }

    private static ReportedError reported(ErrorInfo error) {
        CallSite site = error.location()
                .map(at -> new CallSite(at.file(), Math.max(0, at.line()), Math.max(0, at.column())))
                .orElse(CallSite.UNKNOWN);
        return new ReportedError(error.message(), error.stack().orElse(""), site);
    }

    /** Returns what the new locator found on the last good release. */
    Check control(BrokenTest test, TestRun run) {
        Optional<Passage> passage = passage(test, run);
        if (passage.isEmpty()) {
            return noControl("the test does not get to the repaired step on the last good release");
        }
        Optional<Fingerprint> found = passage.get().found(passage.get().step());
        if (found.isPresent()) {
            Fingerprint now = found.get();
            return meant(test).stream().anyMatch(then -> sameElement(then.element(), now))
                    ? new Check(
                            Check.CONTROL,
                            Finding.HOLDS,
                            "On the last good release the new locator finds the element that is meant.")
                    : new Check(
                            Check.CONTROL,
                            Finding.REFUTES,
                            "On the last good release the new locator finds another element, " + words(now)
                                    + ", beside the one that is meant, "
                                    + words(meant(test).get(0).element()) + ".");
        }
        boolean several =
                run.errors().stream().anyMatch(error -> error.message().contains("strict mode violation"));
        if (several) {
            return new Check(
                    Check.CONTROL, Finding.MISSING, "On the last good release the new locator finds several elements.");
        }
        return passage.get().step().failed()
                ? new Check(Check.CONTROL, Finding.HOLDS, "On the last good release the new locator finds nothing.")
                : noControl("the trace does not show what the new locator found on the last good release");
    }

    private static boolean sameElement(Fingerprint then, Fingerprint now) {
        boolean place = then.placement().path().equals(now.placement().path());
        boolean words = !called(then).isEmpty() && called(then).equals(called(now));
        return then.nature().equals(now.nature()) && (place || words);
    }

    /** Returns the check that could not be made. */
    static Check noControl(String reason) {
        return new Check(Check.CONTROL, Finding.NOT_AVAILABLE, "Negative control not possible: " + reason + ".");
    }
}
