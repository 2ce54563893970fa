package io.evenkeel.pipeline.heal;

import io.evenkeel.healing.HealingOutcome;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.pipeline.verify.BrokenTest;
import io.evenkeel.pipeline.verify.DefinitionUsers;
import io.evenkeel.pipeline.verify.Proof.LaterFailure;
import io.evenkeel.pipeline.verify.RootCauses.RootCause;
import io.evenkeel.pipeline.verify.VerificationJob;
import io.evenkeel.pipeline.verify.VerificationOutcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The proofs of one job, within its time; from several threads. */
final class CauseProofs {

    private final HealJob.Request request;
    private final BiFunction<VerificationJob, Duration, VerificationOutcome> verifier;
    private final Time time;
    private final Consumer<String> people;
    private final DefinitionUsers users;

    CauseProofs(
            HealJob.Request request,
            BiFunction<VerificationJob, Duration, VerificationOutcome> verifier,
            Time time,
            Consumer<String> people) {
        this.request = request;
        this.verifier = verifier;
        this.time = time;
        this.people = people;
        this.users = new DefinitionUsers(request.suite(), request.sources().root(), request.sources());
    }

    /** The time of a job that began at a moment of the ticker. */
    record Time(HealLimits limits, LongSupplier ticker, long begin) {

        Duration left() {
            return limits.total().minusNanos(since(begin).toNanos());
        }

        Duration since(long moment) {
            return Duration.ofNanos(ticker.getAsLong() - moment);
        }
    }

    /**
     * What came of the first proof of a root cause.
     *
     * @param left what is left of the time for this cause
     */
    record Proven(
            RootCause cause,
            HealReport.Evidence evidence,
            HealReport.Attempt attempt,
            HealResult result,
            Duration left) {

        /** Returns the failures of all its tests behind the repaired step; empty when one of them ended otherwise. */
        List<LaterFailure> later() {
            return attempt.proof().map(CauseProofs::later).orElse(List.of());
        }
    }

    static List<LaterFailure> later(VerificationOutcome outcome) {
        return outcome.match(v -> List.of(), s -> s.later(), w -> List.of(), b -> List.of(), c -> List.of());
    }

    /** Proves the repair of a cause alone; {@code unwanted} says why no proof is tried at all. */
    Proven prove(RootCause cause, HealReport.Evidence first, Optional<String> unwanted, String which) {
        Optional<String> rejected = rejected(cause.patch(), first.outcome());
        if (rejected.isPresent()) {
            HealReport.Attempt none = HealReport.Attempt.none(rejected.get());
            return new Proven(cause, first, none, report(cause, first, none).rejected(rejected.get()), Duration.ZERO);
        }
        Duration left = time.left();
        Optional<String> unproven = unwanted.or(() -> left.isNegative() || left.isZero()
                ? Optional.of("Not proven: the " + time.limits().total().toSeconds()
                        + " s for all repairs of this job were over. Allow more time.")
                : Optional.empty());
        if (unproven.isPresent()) {
            HealReport.Attempt none = HealReport.Attempt.none(unproven.get());
            return new Proven(cause, first, none, report(cause, first, none), Duration.ZERO);
        }
        people.accept("verifying " + which + ": " + words(cause.patch()));
        long begin = time.ticker().getAsLong();
        Duration budget = time.limits().forOne(left);
        HealReport.Attempt attempt =
                HealReport.Attempt.of(verifier.apply(job(List.of(cause.patch()), cause.tests()), budget));
        return new Proven(cause, first, attempt, report(cause, first, attempt), budget.minus(time.since(begin)));
    }

    /** Proves repairs together that only together let the tests pass; empty when no time is left. */
    Optional<VerificationOutcome> together(List<Patch> patches, List<BrokenTest> tests, Duration budget) {
        Duration left = time.left();
        Duration allowed = budget.compareTo(left) < 0 ? budget : left;
        if (allowed.isNegative() || allowed.isZero()) {
            return Optional.empty();
        }
        people.accept("verifying " + patches.size() + " repairs together, the last: "
                + words(patches.get(patches.size() - 1)));
        return Optional.of(verifier.apply(job(patches, tests), allowed));
    }

    /** Returns why people do not want this repair, when they said so before. */
    Optional<String> rejected(Patch patch, HealingOutcome outcome) {
        return HealJob.heal(outcome)
                .flatMap(heal -> request.memory()
                        .decisions()
                        .rejected(new PastDecisions.Change(
                                patch.file(),
                                outcome.diagnosis().classification().locator(),
                                heal.locator())));
    }

    /** Returns a repair as people read it. */
    static String words(Patch patch) {
        return patch.before() + " → " + patch.after() + "  (" + patch.file() + ":"
                + patch.definition().site().line() + ")";
    }

    /** Returns the record of a cause that is repaired together with the links behind it. */
    HealResult report(Proven first, List<RepairChain.Link> links, HealReport.Attempt attempt) {
        return HealReport.of(first.cause(), new HealReport.Chain(first.evidence(), links), attempt, request.sources());
    }

    private HealResult report(RootCause cause, HealReport.Evidence evidence, HealReport.Attempt attempt) {
        return HealReport.of(cause, new HealReport.Chain(evidence, List.of()), attempt, request.sources());
    }

    /** Returns a moment of the ticker. */
    long now() {
        return time.ticker().getAsLong();
    }

    Duration since(long moment) {
        return time.since(moment);
    }

    private VerificationJob job(List<Patch> patches, List<BrokenTest> tests) {
        Set<String> others = new HashSet<>(request.suite().ids());
        others.removeAll(passed(request.record()));
        tests.forEach(test -> others.add(test.id()));
        Map<String, String> using = new HashMap<>();
        patches.forEach(patch -> using.putAll(users.of(patch, others, HealJob.MOST_USERS)));
        Map<String, List<String>> companions = new HashMap<>();
        tests.forEach(test -> companions.put(test.id(), users.companions(test.id())));
        using.keySet().forEach(id -> companions.put(id, users.companions(id)));
        return new VerificationJob(patches, tests, using, companions, request.references());
    }

    private static Set<String> passed(RunRecord record) {
        Set<String> passed = new HashSet<>(record.lastAttempts().keySet());
        record.failed().forEach(test -> passed.remove(test.test().id()));
        return passed;
    }
}
