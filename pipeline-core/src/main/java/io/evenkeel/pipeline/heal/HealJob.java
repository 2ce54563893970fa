package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.Diagnosis;
import io.evenkeel.healing.FailureEvidence;
import io.evenkeel.healing.Heal;
import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.Project;
import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.pipeline.discover.Suite;
import io.evenkeel.pipeline.heal.CauseProofs.Proven;
import io.evenkeel.pipeline.heal.RunRecord.Ended;
import io.evenkeel.pipeline.protocol.RunEvent.ErrorInfo;
import io.evenkeel.pipeline.protocol.RunEvent.HealCheck;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.verify.BrokenTest;
import io.evenkeel.pipeline.verify.Proof;
import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import io.evenkeel.pipeline.verify.RootCauses;
import io.evenkeel.pipeline.verify.RootCauses.Proposal;
import io.evenkeel.pipeline.verify.RootCauses.RootCause;
import io.evenkeel.pipeline.verify.VerificationJob;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Diagnoses the failed tests of a run, proves what can be repaired, and says why the rest is not.
 *
 * <p>A cause that breaks many tests is healed and proven once. When all its tests get past the repaired step and fail at the next
 * broken locator, both are repaired together: {@link RepairChain}. Without proof a proposal is a suggestion at most. Proofs run
 * side by side as far as the limits allow; the job itself is of one thread.
 */
public final class HealJob {

    /** Other tests that are run for one definition; the first in the order of the suite. */
    static final int MOST_USERS = 12;

    private static final int LARGEST_CONTEXT = 4 << 20;

    private final Function<FailureEvidence, HealingOutcome> healer;
    private final BiFunction<VerificationJob, Duration, VerificationOutcome> verifier;
    private final HealLimits limits;
    private final LongSupplier ticker;
    private final Consumer<String> people;

    /**
     * @param healer diagnoses one failure
     * @param verifier proves one repair within a time; called from several threads when the limits allow more than one proof at once
     * @param limits what one job may do
     * @param ticker nanoseconds since any fixed moment
     * @param people takes a line for each step that takes a while; from several threads too
     */
    public HealJob(
            Function<FailureEvidence, HealingOutcome> healer,
            BiFunction<VerificationJob, Duration, VerificationOutcome> verifier,
            HealLimits limits,
            LongSupplier ticker,
            Consumer<String> people) {
        this.healer = healer;
        this.verifier = verifier;
        this.limits = limits;
        this.ticker = ticker;
        this.people = people;
    }

    /**
     * The run to heal.
     *
     * @param record its tests and last attempts
     * @param suite the suite as it is in the project
     * @param sources the test sources as they were in the run
     * @param memory what is known from before
     * @param places where the files of the spools lie in the project
     */
    public record Request(RunRecord record, Suite suite, ProjectSources sources, Memory memory, SourcePlaces places) {

        ReferenceBook references() {
            return memory.references();
        }
    }

    /** What earlier runs have taught, and what people said of earlier repairs. */
    public record Memory(ReferenceBook references, PastDecisions decisions) {}

    /** A diagnosed failure. */
    private record Diagnosed(Ended failed, HealingOutcome outcome, Duration time) {}

    /** Returns a result for each root cause and for each place of failure without one, in the order of the suite. */
    public List<HealResult> heal(Request request) {
        long begin = ticker.getAsLong();
        List<Diagnosed> diagnosed = request.record().failed().stream()
                .map(failed -> diagnose(failed, request))
                .toList();
        Map<String, Diagnosed> byId = new LinkedHashMap<>();
        List<Proposal> proposals = new ArrayList<>();
        List<HealResult> results = new ArrayList<>();
        for (Diagnosed one : diagnosed) {
            byId.put(one.failed().test().id(), one);
            Optional<Heal> heal = heal(one.outcome()).filter(h -> h.tier() != Tier.NONE);
            Optional<Patch> patch =
                    heal.flatMap(h -> h.patch().match(p -> Optional.of(p.patch()), r -> Optional.empty()));
            if (heal.isPresent() && patch.isPresent()) {
                proposals.add(new Proposal(
                        broken(one.failed(), request.places()),
                        patch.get(),
                        heal.get().confidence()));
            } else {
                results.add(HealReport.withoutPatch(
                        new HealReport.Evidence(one.failed(), one.outcome(), one.time()),
                        request.sources().root().toString()));
            }
        }
        results = HealResult.byCause(results);
        List<RootCause> causes = RootCauses.of(proposals);
        Optional<String> redesign = causes.size() > limits.redesign()
                ? Optional.of(causes.size() + " locators are broken at once, more than the " + limits.redesign()
                        + " that are repaired: this is a redesign. Reported, not repaired; look at the pages first.")
                : Optional.empty();
        redesign.ifPresent(people);
        CauseProofs proofs = new CauseProofs(request, verifier, new CauseProofs.Time(limits, ticker, begin), people);
        List<Callable<Proven>> tasks = new ArrayList<>();
        for (int i = 0; i < causes.size(); i++) {
            RootCause cause = causes.get(i);
            Diagnosed first = byId.get(cause.tests().get(0).id());
            if (first == null) {
                throw new IllegalStateException("The tests of a root cause must be among those diagnosed.");
            }
            HealReport.Evidence evidence = new HealReport.Evidence(first.failed(), first.outcome(), first.time());
            String which = (i + 1) + " of " + causes.size();
            tasks.add(() -> proofs.prove(cause, evidence, redesign, which));
        }
        List<Proven> alone = all(tasks);
        RepairChain chain =
                new RepairChain((failure, made) -> diagnose(failure, made, request), proofs, alone, request.sources());
        results.addAll(all(alone.stream()
                .map(one -> (Callable<HealResult>) () -> chain.result(one))
                .toList()));
        return results;
    }

    /** Runs the tasks, as many at once as the limits allow, and returns their results in order. */
    private <T> List<T> all(List<Callable<T>> tasks) {
        ExecutorService lanes =
                Executors.newFixedThreadPool(limits.atOnce(), task -> new Thread(task, "evenkeel-heal"));
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> future : lanes.invokeAll(tasks)) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The proofs were interrupted.", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A proof could not be made: " + e.getCause(), e.getCause());
        } finally {
            lanes.shutdownNow();
        }
    }

    private Diagnosed diagnose(Ended failed, Request request) {
        long begin = ticker.getAsLong();
        List<ReportedError> errors = failed.attempt().evidence().errors().stream()
                .map(error -> reported(error, request.places()))
                .toList();
        TraceFile trace =
                failed.trace().filter(Files::isReadable).map(TraceFile::at).orElseGet(TraceFile::absent);
        HealingOutcome outcome = healer.apply(new FailureEvidence(
                errors,
                trace,
                failed.errorContext().map(HealJob::text).orElse(""),
                request.references(),
                project(request, request.sources())));
        return new Diagnosed(failed, outcome, Duration.ofNanos(ticker.getAsLong() - begin));
    }

    /** Diagnoses a failure of a run that was made with repairs. */
    private HealingOutcome diagnose(LaterFailure failure, PatchedSources made, Request request) {
        TraceFile trace = failure.run()
                .trace()
                .filter(Files::isReadable)
                .map(TraceFile::at)
                .orElseGet(TraceFile::absent);
        List<ReportedError> errors = failure.run().errors().stream()
                .map(error -> reported(error, request.places()))
                .toList();
        return healer.apply(new FailureEvidence(errors, trace, "", request.references(), project(request, made)));
    }

    private static Project project(Request request, SourceFiles sources) {
        return new Project(request.sources().root().toString(), Project.DEFAULT_TEST_ID_ATTRIBUTE, sources);
    }

    private static ReportedError reported(ErrorInfo error, SourcePlaces places) {
        CallSite site = error.location()
                .map(l -> new CallSite(places.inProject(l.file()), Math.max(0, l.line()), Math.max(0, l.column())))
                .orElse(CallSite.UNKNOWN);
        return new ReportedError(error.message(), places.inText(error.stack().orElse("")), site);
    }

    private static String text(Path file) {
        try {
            return Files.size(file) > LARGEST_CONTEXT ? "" : Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    static Optional<Heal> heal(HealingOutcome outcome) {
        return outcome.match(
                healed -> Optional.of(healed.heal()),
                ambiguous -> Optional.empty(),
                notFound -> Optional.empty(),
                refused -> Optional.empty(),
                unsupported -> Optional.empty());
    }

    private static BrokenTest broken(Ended failed, SourcePlaces places) {
        List<ErrorInfo> errors = failed.attempt().evidence().errors().stream()
                .map(places::inProject)
                .toList();
        return new BrokenTest(failed.test().id(), failed.title(), errors);
    }

    /** Returns the words of a diagnosis for people. */
    static List<String> explanation(HealingOutcome outcome) {
        Diagnosis diagnosis = outcome.diagnosis();
        return diagnosis.explanation();
    }

    /** Returns the verification in the form of the healing event; {@code unpatched} is what the run without the patch said. */
    static HealVerification verification(VerificationOutcome outcome) {
        boolean flaky = outcome.match(v -> false, s -> false, w -> true, b -> false, c -> false);
        List<String> patched = new ArrayList<>();
        outcome.runs().stream()
                .filter(run -> run.kind() == io.evenkeel.pipeline.verify.VerificationRun.Kind.PATCHED)
                .forEach(run -> patched.add(
                        run.missing().isEmpty() && run.tests().stream().allMatch(t -> t.passed() || setUp(t))
                                ? "passed"
                                : "failed"));
        boolean verified = outcome.match(v -> true, s -> false, w -> false, b -> false, c -> false);
        int users = outcome.match(v -> v.proof().usersPassed(), s -> 0, w -> 0, b -> 0, c -> 0);
        List<HealCheck> checks = outcome.match(
                v -> v.proof().checks().stream().map(HealJob::check).toList(),
                s -> List.<HealCheck>of(),
                w -> List.<HealCheck>of(),
                b -> List.<HealCheck>of(),
                c -> List.<HealCheck>of());
        return new HealVerification(flaky ? "passed" : "failed", patched, users, verified, checks);
    }

    private static HealCheck check(Proof.Check check) {
        return new HealCheck(
                check.name(),
                check.finding().name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
                check.reason());
    }

    private static boolean setUp(io.evenkeel.pipeline.verify.TestRun test) {
        return test.status() == io.evenkeel.flaky.history.AttemptStatus.SKIPPED;
    }
}
