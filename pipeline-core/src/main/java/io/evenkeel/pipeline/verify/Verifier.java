package io.evenkeel.pipeline.verify;

import io.evenkeel.healing.patch.Patch;
import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import io.evenkeel.pipeline.verify.VerificationOutcome.BudgetSpent;
import io.evenkeel.pipeline.verify.VerificationOutcome.CannotRun;
import io.evenkeel.pipeline.verify.VerificationOutcome.StillFails;
import io.evenkeel.pipeline.verify.VerificationOutcome.Verified;
import io.evenkeel.pipeline.verify.VerificationOutcome.WasFlaky;
import io.evenkeel.pipeline.verify.VerificationRun.Kind;
import io.evenkeel.pipeline.workcopy.WorkCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Proves a repair by re-runs in a copy of the project.
 *
 * <ol>
 *   <li>The first broken test alone, without the patch. If it passes it was flaky; if it fails at another place than it did, nothing
 *       can be proven here.
 *   <li>All broken tests and all users of the definition, with the patch.
 *   <li>The broken tests that passed, and users that did not, once more.
 *   <li>The traces of that run: an assertion must follow the step, and pages and elements behind it must be those of the passing run.
 *   <li>Negative control: the first test, with the patch, on the last good release. There the new locator must find the element
 *       the old one found, or nothing. Each patch is asked alone there: one that finds nothing would keep the test from the next.
 * </ol>
 *
 * <p>A test counts only when it runs to its end. One thread.
 */
public final class Verifier {

    private final TestRunner runner;
    private final ProjectPlace place;
    private final GoodRelease release;
    private final LongSupplier ticker;

    /**
     * @param runner runs tests in a copy
     * @param place what is copied, and where to
     * @param release where the new locator must find the element of the passing run, or nothing
     * @param ticker nanoseconds since any fixed moment
     */
    public Verifier(TestRunner runner, ProjectPlace place, GoodRelease release, LongSupplier ticker) {
        this.runner = runner;
        this.place = place;
        this.release = release;
        this.ticker = ticker;
    }

    /**
     * The project and the folders of a verification.
     *
     * @param root the folder to copy, with symbolic links resolved; see {@link ProjectRoot}
     * @param project the folder the files of patches are relative to; inside of {@code root}
     * @param copies folder in which copies are made, outside of {@code root}
     */
    public record ProjectPlace(Path root, Path project, Path copies) {
        public ProjectPlace {
            if (!project.startsWith(root)) {
                throw new IllegalArgumentException(
                        "The project (" + project + ") must lie inside of the root (" + root + ").");
            }
        }
    }

    /**
     * Tries to prove a repair.
     *
     * @param job the repair
     * @param record empty or absent folder that keeps the traces of all runs
     * @param budget how long it may take, copying included
     */
    public VerificationOutcome verify(VerificationJob job, Path record, Duration budget) {
        Deadline deadline = new Deadline(ticker, budget);
        try (WorkCopy copy = WorkCopy.ofTree(place.root(), place.copies(), WorkCopy.Limits.within(budget))) {
            return new Session(job, copy, record, deadline).verify();
        } catch (IOException e) {
            return new CannotRun(String.valueOf(e.getMessage()), List.of());
        }
    }

    /** When the time is over. */
    private record Deadline(LongSupplier ticker, long begin, Duration budget) {

        Deadline(LongSupplier ticker, Duration budget) {
            this(ticker, ticker.getAsLong(), budget);
        }

        Duration left() {
            Duration left = budget.minusNanos(ticker.getAsLong() - begin);
            return left.isNegative() ? Duration.ZERO : left;
        }
    }

    /** One verification. */
    private final class Session {

        private final VerificationJob job;
        private final WorkCopy copy;
        private final Path record;
        private final Deadline deadline;
        private final List<VerificationRun> runs = new ArrayList<>();

        Session(VerificationJob job, WorkCopy copy, Path record, Deadline deadline) {
            this.job = job;
            this.copy = copy;
            this.record = record;
            this.deadline = deadline;
        }

        VerificationOutcome verify() throws IOException {
            Optional<VerificationOutcome> end = unpatched();
            if (end.isPresent()) {
                return end.get();
            }
            new PatchedTree(copy.folder()).apply(copy.copied(place.project()), job.patches());
            Set<String> all = new LinkedHashSet<>(
                    job.broken().stream().map(BrokenTest::id).toList());
            all.addAll(job.users().keySet());
            end = run(Kind.PATCHED, all);
            return end.isPresent() ? end.get() : patchedOnce();
        }

        private Optional<VerificationOutcome> unpatched() throws IOException {
            BrokenTest first = job.broken().get(0);
            Optional<VerificationOutcome> end = run(Kind.UNPATCHED, Set.of(first.id()));
            if (end.isPresent()) {
                return end;
            }
            TestRun again = last(first.id());
            if (again.passed()) {
                return Optional.of(new WasFlaky(runs));
            }
            FailurePlace before = FailurePlace.of(first.errors(), place.root());
            FailurePlace now = placeOf(again);
            if (before.isKnown() && !before.equals(now)) {
                return Optional.of(new CannotRun(
                        "Without the patch, " + first.title() + " fails at " + now.innermost() + " now, not at "
                                + before.innermost() + ": nothing can be proven. " + headline(again),
                        runs));
            }
            return Optional.empty();
        }

        private VerificationOutcome patchedOnce() throws IOException {
            List<String> passed = new ArrayList<>();
            List<LaterFailure> later = new ArrayList<>();
            List<LaterFailure> before = new ArrayList<>();
            StepChecks steps = steps();
            for (BrokenTest test : job.broken()) {
                TestRun run = last(test.id());
                if (run.passed()) {
                    passed.add(test.id());
                } else if (test.steps().stream()
                        .anyMatch(step -> placeOf(run).equals(FailurePlace.of(step.errors(), place.root())))) {
                    return stillFails(test.title() + " still fails at the repaired step. " + headline(run));
                } else if (steps.reaches(test, run)) {
                    later.add(new LaterFailure(
                            test,
                            run.moved(copy.folder(), place.root()),
                            "gets past the repaired step and fails at "
                                    + placeOf(run).innermost() + ". " + headline(run)));
                } else {
                    before.add(new LaterFailure(
                            test,
                            run.moved(copy.folder(), place.root()),
                            "fails before it gets to the repaired step, at "
                                    + placeOf(run).innermost() + ". " + headline(run)));
                }
            }
            if (passed.isEmpty() && later.isEmpty()) {
                LaterFailure first = before.get(0);
                return new CannotRun(
                        "With the patch, " + first.test().title() + " " + first.reason() + " Nothing can be proven.",
                        runs);
            }
            if (passed.isEmpty()) {
                LaterFailure first = later.get(0);
                return new StillFails(
                        first.test().title() + " " + first.reason(), before.isEmpty() ? later : List.of(), runs);
            }
            later.addAll(before);
            Set<String> again = new LinkedHashSet<>(passed);
            job.users().keySet().stream().filter(id -> !last(id).passed()).forEach(again::add);
            Optional<VerificationOutcome> end = run(Kind.PATCHED, again);
            return end.isPresent() ? end.get() : patchedTwice(passed, later);
        }

        private VerificationOutcome patchedTwice(List<String> passed, List<LaterFailure> later) throws IOException {
            for (BrokenTest test : job.broken()) {
                if (passed.contains(test.id()) && !last(test.id()).passed()) {
                    TestRun run = last(test.id());
                    return stillFails(test.title() + " passes with the patch once and fails once. " + headline(run));
                }
            }
            for (String user : job.users().keySet()) {
                if (!last(user).passed()) {
                    TestRun run = last(user);
                    return stillFails(
                            job.users().get(user) + " passed before and fails with the patch. " + headline(run));
                }
            }
            StepChecks steps = steps();
            List<Proof.Check> checks = new ArrayList<>(steps.of(runs.get(runs.size() - 1)));
            for (Patch patch : job.patches()) {
                checks.add(steps.named(patch, control(steps, patch, passed)));
            }
            return new Verified(new Proof(runs, passed, job.users().size(), later, checks));
        }

        private StepChecks steps() throws IOException {
            return new StepChecks(
                    job,
                    new StepChecks.Folders(place.root(), place.project(), copy.folder(), copy.copied(place.project())));
        }

        /** Asks a new locator on the last good release, where all others are right as they were. */
        private Proof.Check control(StepChecks steps, Patch patch, List<String> passed) throws IOException {
            Optional<BrokenTest> found = job.brokenAt(patch)
                    .filter(broken -> passed.contains(broken.id()))
                    .findFirst();
            if (found.isEmpty()) {
                return StepChecks.noControl("no test that passes gets to this step");
            }
            BrokenTest test = found.get();
            if (!steps.isReferenced(test)) {
                return StepChecks.noControl("no passing run has shown which element is meant");
            }
            unpatch();
            Optional<String> problem = release.layOver(copy.folder());
            if (problem.isPresent()) {
                return StepChecks.noControl(problem.get());
            }
            try {
                new PatchedTree(copy.folder()).apply(copy.copied(place.project()), List.of(patch));
            } catch (IOException e) {
                return StepChecks.noControl("the repaired place was written differently in the last good release");
            }
            Optional<VerificationOutcome> end = run(Kind.CONTROL, Set.of(test.id()));
            return end.isPresent()
                    ? StepChecks.noControl("the test does not run on the last good release: "
                            + end.get().message())
                    : steps.control(test, last(test.id()));
        }

        /** Puts the patched files back: a release changes only what differs between it and the project, not the copy. */
        private void unpatch() throws IOException {
            for (Patch patch : job.patches()) {
                Path file = place.project().resolve(patch.file());
                Path copied = copy.copied(file);
                Files.createDirectories(Optional.ofNullable(copied.getParent()).orElse(copy.folder()));
                Files.copy(file, copied, StandardCopyOption.REPLACE_EXISTING);
            }
        }

        private StillFails stillFails(String reason) {
            return new StillFails(reason, List.of(), runs);
        }

        /** Runs tests, notes the run, and returns the end of the verification if they did not all run. */
        private Optional<VerificationOutcome> run(Kind kind, Set<String> ids) throws IOException {
            Duration left = deadline.left();
            if (left.isZero()) {
                return Optional.of(spent());
            }
            Set<String> asked = new LinkedHashSet<>();
            for (String id : ids) {
                asked.addAll(job.companions().getOrDefault(id, List.of()));
                asked.add(id);
            }
            Path folder = record.resolve((runs.size() + 1) + "-" + kind.name().toLowerCase(java.util.Locale.ROOT));
            Files.createDirectories(folder);
            long begin = ticker.getAsLong();
            RunResult result =
                    runner.run(new TestRunner.Run(copy.folder(), List.copyOf(asked), folder.toRealPath(), left));
            Duration took = Duration.ofNanos(ticker.getAsLong() - begin);
            return result.match(
                    ended -> {
                        List<String> missing = note(kind, ids, ended.tests(), took);
                        return missing.isEmpty()
                                ? Optional.empty()
                                : Optional.of(new CannotRun(
                                        missing.size() + " of " + ids.size()
                                                + " tests did not run, because a set-up failed or the command leaves"
                                                + " them out; the first is "
                                                + missing.get(0) + ".",
                                        runs));
                    },
                    late -> {
                        List<String> unfinished = note(kind, ids, late.tests(), took);
                        return Optional.of(hung(unfinished));
                    },
                    cannot -> Optional.of(new CannotRun(cannot.reason(), runs)));
        }

        private List<String> note(Kind kind, Set<String> ids, List<TestRun> tests, Duration took) {
            Set<String> missing = new LinkedHashSet<>(ids);
            tests.forEach(test -> missing.remove(test.id()));
            runs.add(new VerificationRun(kind, tests, List.copyOf(missing), took));
            return List.copyOf(missing);
        }

        /** The run was ended; says which tests had not come to their end. */
        private BudgetSpent hung(List<String> unfinished) {
            String names =
                    unfinished.stream().limit(3).map(this::title).collect(java.util.stream.Collectors.joining(", "));
            return unfinished.isEmpty()
                    ? spent()
                    : new BudgetSpent(
                            "The " + deadline.budget().toSeconds() + " s for this repair were over in run "
                                    + runs.size()
                                    + ", which was ended with all its processes; not finished: " + names
                                    + (unfinished.size() > 3 ? " and " + (unfinished.size() - 3) + " more" : "")
                                    + ". Allow more time, or look why it hangs.",
                            runs);
        }

        private String title(String id) {
            return job.broken().stream()
                    .filter(test -> test.id().equals(id))
                    .map(BrokenTest::title)
                    .findFirst()
                    .orElseGet(() -> job.users().getOrDefault(id, id));
        }

        private BudgetSpent spent() {
            return new BudgetSpent(
                    "The " + deadline.budget().toSeconds() + " s for this repair were over after " + runs.size()
                            + " runs. Allow more time.",
                    runs);
        }

        /** Returns what the test did in the last run it was part of. */
        private TestRun last(String id) {
            for (int i = runs.size() - 1; i >= 0; i--) {
                for (TestRun test : runs.get(i).tests()) {
                    if (test.id().equals(id)) {
                        return test;
                    }
                }
            }
            throw new IllegalStateException("The test (" + id + ") of a verification must have run.");
        }

        private FailurePlace placeOf(TestRun run) {
            return FailurePlace.of(run.errors(), copy.folder());
        }

        private String headline(TestRun run) {
            return run.errors().stream()
                    .filter(error -> error.location().isPresent())
                    .findFirst()
                    .or(() -> run.errors().stream().findFirst())
                    .map(error -> error.message().lines().findFirst().orElse("").strip())
                    .orElse("It ended as " + run.status().wireName() + " without an error.");
        }
    }
}
