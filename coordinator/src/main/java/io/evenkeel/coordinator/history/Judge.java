package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.flaky.history.Attempt;
import io.evenkeel.flaky.history.AttemptPattern;
import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.flaky.history.RunPosition;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.label.FailureInRun;
import io.evenkeel.flaky.label.KnownHistory;
import io.evenkeel.flaky.label.LabelledFailure;
import io.evenkeel.flaky.label.Labelling;
import io.evenkeel.flaky.rate.CommonCause;
import io.evenkeel.flaky.rate.OutageGate;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.Recurrence;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.signature.FailureSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Judges the tests of a run when it ends: labels its failures by what was known before it, then learns from it.
 *
 * <p>Each test of a run is judged once; one state is read and written for each, no history is. One thread, one transaction.
 */
public final class Judge {

    private final Transaction tx;
    private final Frame frame;
    private final ProjectCounters counters;
    private final RegimeModel model;
    private final QuarantinedTests quarantine;

    /** Which tests are ready to be judged. */
    public enum Which {
        /** All that have a verdict: the run has ended. */
        ALL,
        /** Those whose executor has said its last word: no retry can follow. */
        OF_ENDED_EXECUTORS
    }

    /** The run: its keys, the order of its commit, whether everything should pass there, when it was opened. */
    public record Frame(long runId, long suiteId, long commitOrdinal, boolean stable, Instant openedAt) {}

    private record Result(long testId, String playwrightId, List<AttemptPattern> patterns) {

        Optional<AttemptPattern> failing() {
            return patterns.stream().filter(AttemptPattern::hasFailure).findFirst();
        }
    }

    private record Failing(long testId, FailureInRun failure) {}

    private Judge(Transaction tx, Frame frame, ProjectCounters counters) {
        this.tx = tx;
        this.frame = frame;
        this.counters = counters;
        this.model = new RegimeModel(counters.parameters());
        this.quarantine = QuarantinedTests.at(tx, frame.suiteId(), frame.openedAt());
    }

    /** Returns the judge of this run. */
    public static Judge of(Transaction tx, Frame frame) {
        Optional<byte[]> stored = tx.first(
                "select counters from suite_state where suite_id = ?", row -> row.getBytes(1), frame.suiteId());
        return new Judge(tx, frame, stored.map(StoredStates::counters).orElseGet(ProjectCounters::new));
    }

    /** Judges what is ready and was not judged before. */
    public void judge(Which which) {
        List<Result> results = results(which);
        if (results.isEmpty()) {
            return;
        }
        RunPosition position = position();
        Map<String, TestState> states = new HashMap<>();
        List<Failing> failing = failing(results, position, states);
        OutageGate gate = gate(failing, results.size(), states);
        Map<Long, CommonCause> causes = causes(gate, failing, results.size(), states);
        label(gate, failing, states, causes);
        Set<Long> recurring = recurring(failing);
        for (Result result : results) {
            if (gate.teaches()) {
                TestState state = states.computeIfAbsent(result.playwrightId(), id -> state(result.testId()));
                if (recurring.contains(result.testId())) {
                    learnRecurring(result, position, state);
                } else {
                    learn(result, position, state, causes.getOrDefault(result.testId(), CommonCause.NONE));
                }
            }
            tx.later("update run_test set judged = 1 where run_id = ? and test_id = ?", frame.runId(), result.testId());
        }
        if (gate.teaches()) {
            counters.countRun(failing.size(), results.size());
        }
        tx.later("""
                insert into suite_state (suite_id, counters) values (?, ?)
                on conflict (suite_id) do update set counters = excluded.counters""", frame.suiteId(), counters.toBytes());
    }

    private List<Result> results(Which which) {
        String ended = which == Which.ALL
                ? ""
                : " and exists (select 1 from spool s where s.id = rt.spool_id and s.end_status <> '')";
        List<Result> all = tx.all(
                """
                select rt.test_id, t.playwright_id, rt.statuses, rt.expected
                from run_test rt join test t on t.id = rt.test_id
                where rt.run_id = ? and rt.judged = 0 and rt.statuses <> ''""" + ended,
                row -> new Result(
                        row.getLong(1),
                        row.getString(2),
                        patterns(row.getString(2), row.getString(3), row.getString(4))),
                frame.runId());
        return all.stream().filter(result -> !result.patterns().isEmpty()).toList();
    }

    private List<Failing> failing(List<Result> results, RunPosition position, Map<String, TestState> states) {
        List<Failing> failing = new ArrayList<>();
        for (Result result : results) {
            result.failing().ifPresent(pattern -> {
                states.put(result.playwrightId(), state(result.testId()));
                TestId test = new TestId("", result.playwrightId());
                FailureSignature signature = signature(result.testId());
                failing.add(new Failing(
                        result.testId(),
                        new FailureInRun(
                                test, position, pattern, signature, recurrence(result.testId(), pattern, signature))));
            });
        }
        return failing;
    }

    private Recurrence recurrence(long testId, AttemptPattern pattern, FailureSignature signature) {
        return !frame.stable() && pattern.failedThroughout() && Recurrence.telling(signature)
                ? new EarlierFailures(tx, frame.runId()).of(testId)
                : Recurrence.NONE;
    }

    private OutageGate gate(List<Failing> failing, int tests, Map<String, TestState> states) {
        List<OutageGate.Failure> failures =
                failing.stream().map(one -> seen(one.failure(), states)).toList();
        return OutageGate.judge(failures, tests, counters.usualShare());
    }

    private OutageGate.Failure seen(FailureInRun failure, Map<String, TestState> states) {
        OutageGate.Before before = before(states, failure).before(failure.position());
        return new OutageGate.Failure(failure.signature().category(), failure.pattern(), before);
    }

    private Map<Long, CommonCause> causes(
            OutageGate gate, List<Failing> failing, int tests, Map<String, TestState> states) {
        if (!gate.teaches() || failing.isEmpty()) {
            return Map.of();
        }
        List<CommonCause.Suspect> suspects = failing.stream()
                .map(Failing::failure)
                .map(failure -> new CommonCause.Suspect(
                        seen(failure, states),
                        before(states, failure)
                                .judge(model, failure.position(), failure.pattern())
                                .belief()
                                .broken()))
                .toList();
        RunPosition.Line line = failing.get(0).failure().position().line();
        double breaks = model.parameters().hazards().breaks();
        List<CommonCause> found = CommonCause.of(suspects, tests, line, breaks);
        Map<Long, CommonCause> causes = new HashMap<>();
        for (int i = 0; i < failing.size(); i++) {
            causes.put(failing.get(i).testId(), found.get(i));
        }
        return causes;
    }

    private TestState before(Map<String, TestState> states, FailureInRun failure) {
        return states.getOrDefault(failure.test().id(), new TestState(model));
    }

    private void label(
            OutageGate gate, List<Failing> failing, Map<String, TestState> states, Map<Long, CommonCause> causes) {
        Map<String, Long> keys = new HashMap<>();
        failing.forEach(one -> keys.put(one.failure().test().id(), one.testId()));
        List<LabelledFailure> labelled = Labelling.label(
                gate,
                failing.stream().map(Failing::failure).toList(),
                failure -> KnownHistory.of(
                        model,
                        before(states, failure),
                        failure,
                        causes.getOrDefault(keys.getOrDefault(failure.test().id(), 0L), CommonCause.NONE),
                        quarantine.of(keys.getOrDefault(failure.test().id(), 0L))),
                ProjectPolicies.ofSuite(tx, frame.suiteId()).flaky());
        for (LabelledFailure failure : labelled) {
            tx.later(
                    """
                    insert into label (run_id, test_id, label, evidence, flake) values (?, ?, ?, ?, ?)
                    on conflict (run_id, test_id) do nothing""",
                    frame.runId(),
                    keys.getOrDefault(failure.test().id(), 0L),
                    failure.label().word(),
                    named(failure.evidence()),
                    failure.flakeProbability());
        }
    }

    private void learn(Result result, RunPosition position, TestState state, CommonCause cause) {
        for (AttemptPattern pattern : result.patterns()) {
            if (state.record(model, position, pattern, cause) == TestState.Recorded.COUNTED) {
                counters.count(position.line(), pattern, state);
            }
        }
        save(result, state);
    }

    private void learnRecurring(Result result, RunPosition position, TestState state) {
        for (AttemptPattern pattern : result.patterns()) {
            TestState.Recorded recorded = pattern.failedThroughout()
                    ? state.recordRecurring(model, position, pattern)
                    : state.record(model, position, pattern);
            if (recorded == TestState.Recorded.COUNTED) {
                counters.count(position.line(), pattern, state);
            }
        }
        save(result, state);
    }

    private static Set<Long> recurring(List<Failing> failing) {
        Set<Long> recurring = new HashSet<>();
        for (Failing one : failing) {
            if (one.failure().recurrence().seen()) {
                recurring.add(one.testId());
            }
        }
        return recurring;
    }

    private void save(Result result, TestState state) {
        quarantine.returnWhenBroken(result.testId(), () -> state.standing(model), this::named);
        tx.later("""
                insert into test_state (test_id, state) values (?, ?)
                on conflict (test_id) do update set state = excluded.state""", result.testId(), state.toBytes());
    }

    /** A pull request stands where the stable branch stood when it ran. */
    private RunPosition position() {
        if (frame.stable()) {
            return new RunPosition(frame.runId(), frame.commitOrdinal(), RunPosition.Line.STABLE_BRANCH);
        }
        long newest = tx.first(
                        "select coalesce(max(commit_ordinal), 0) from run where suite_id = ? and stable = 1 and id < ?",
                        row -> row.getLong(1),
                        frame.suiteId(),
                        frame.runId())
                .orElse(0L);
        return new RunPosition(frame.runId(), newest, RunPosition.Line.PULL_REQUEST);
    }

    private TestState state(long testId) {
        return tx.first("select state from test_state where test_id = ?", row -> Optional.of(row.getBytes(1)), testId)
                .flatMap(bytes -> bytes)
                .map(bytes -> StoredStates.state(model, bytes))
                .orElseGet(() -> new TestState(model));
    }

    private FailureSignature signature(long testId) {
        return tx.first("""
                        select f.message, f.stack from attempt a join failure f on f.attempt_id = a.id
                        where a.run_id = ? and a.test_id = ? order by a.id, f.ord limit 1""", row -> FailureSignature.of(row.getString(1), row.getString(2)), frame.runId(), testId)
                .orElseGet(() -> FailureSignature.of("", ""));
    }

    private String named(String evidence) {
        return CommitNames.named(
                evidence,
                run -> tx.first(CommitNames.OF_RUN, row -> row.getString(1), run)
                        .orElse(""));
    }

    private static List<AttemptPattern> patterns(String id, String statuses, String expected) {
        AttemptStatus wanted = Codes.status(expected.charAt(0));
        TestId test = new TestId("", id);
        List<Attempt> attempts = new ArrayList<>();
        for (int i = 0; i < statuses.length(); i++) {
            AttemptStatus status = Codes.status(statuses.charAt(i));
            attempts.add(new Attempt(test, i, status, Instant.EPOCH, Duration.ZERO));
        }
        return AttemptPattern.of(attempts, wanted);
    }
}
