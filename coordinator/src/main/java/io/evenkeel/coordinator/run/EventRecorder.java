package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.healing.Proposals;
import io.evenkeel.coordinator.history.Codes;
import io.evenkeel.coordinator.history.HistoryRecorder;
import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.flaky.signature.FailureSignature;
import io.evenkeel.pipeline.protocol.HealJson;
import io.evenkeel.pipeline.protocol.RunEvent;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptOutcome;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.protocol.RunEvent.ProjectInfo;
import io.evenkeel.pipeline.protocol.SpoolEvent;
import java.util.Set;

/**
 * Turns the events of one batch into rows.
 *
 * <p>One thread, one transaction.
 */
final class EventRecorder implements RunEvent.Handler {

    private final Transaction tx;
    private final RunRow run;
    private final SpoolRow spool;
    private final Dictionary dictionary;
    private final RowKeys keys;
    private final HistoryRecorder history;
    private final TestRows tests;
    private final EvidenceWriter evidence;
    private Set<String> setupProjects;
    private long atMs;

    EventRecorder(Transaction tx, RunRow run, SpoolRow spool, Dictionary dictionary, RowKeys keys) {
        this.tx = tx;
        this.run = run;
        this.spool = spool;
        this.dictionary = dictionary;
        this.keys = keys;
        this.history = new HistoryRecorder(
                tx, new HistoryRecorder.Frame(run.suiteId, run.createdMs, run.commitOrdinal, run.stable));
        this.tests = new TestRows(tx, run, history);
        this.evidence = new EvidenceWriter(tx, run, spool);
        this.setupProjects = spool.setupProjects();
    }

    void record(SpoolEvent event) {
        atMs = event.at().toEpochMilli();
        // Healing comes after the run, sometimes a day later, and says nothing of how long the tests took.
        if (!(event.event() instanceof RunEvent.Heal)) {
            run.seen(atMs);
        }
        if (spool.begunMs == 0) {
            spool.begunMs = atMs;
        }
        spool.lastMs = Math.max(spool.lastMs, atMs);
        event.event().accept(this);
    }

    void save() {
        tests.save();
        history.save();
        spool.save(tx);
        run.save(tx);
    }

    @Override
    public void runBegin(RunEvent.RunBegin event) {
        spool.playwright = EvidenceWriter.name(event.playwright());
        spool.workers = Math.min(1_000, event.workers());
        spool.setupProjects(event.projects().stream()
                .filter(project -> !project.role().equals("test"))
                .map(ProjectInfo::name)
                .toList());
        setupProjects = spool.setupProjects();
    }

    @Override
    public void test(RunEvent.TestSelected event) {
        int role = setupProjects.contains(event.project()) ? TestRow.SETUP : TestRow.TEST;
        tests.selected(dictionary.key(tx, run.suiteId, event), spool.id, role, event.expected());
    }

    @Override
    public void attemptBegin(RunEvent.AttemptBegin event) {
        if (spool.firstMs == 0) {
            spool.firstMs = atMs;
        }
        tests.begun(dictionary.key(tx, run.suiteId, event.id()), spool.id);
    }

    @Override
    public void attemptEnd(RunEvent.AttemptEnd event) {
        AttemptOutcome outcome = event.outcome();
        long test = dictionary.key(tx, run.suiteId, event.id());
        long attempt = keys.nextAttempt();
        long durationMs = outcome.duration().toMillis();
        tx.later(
                """
                insert into attempt (id, run_id, test_id, spool_id, retry, status, started_ms, duration_ms, worker, parallel)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                attempt,
                run.id,
                test,
                spool.id,
                event.retry(),
                Codes.letter(outcome.status()),
                outcome.startedAt().toEpochMilli(),
                durationMs,
                outcome.lane().worker(),
                outcome.lane().parallel());
        TestRow row = tests.ended(test, spool.id, outcome.status(), outcome.expected());
        row.durationMs = durationMs;
        row.startedMs = outcome.startedAt().toEpochMilli();
        row.cause = evidence.attempt(attempt, event.evidence())
                .map(FailureSignature::causeKey)
                .orElse(row.cause);
        run.attempts++;
        run.testMs += durationMs;
        spool.attempts++;
        spool.busyMs += durationMs;
        history.attempted(outcome.duration());
        if (event.retry() == 0 && outcome.status() == AttemptStatus.PASSED && outcome.status() == outcome.expected()) {
            history.firstAttemptPassed(test, outcome.duration());
        }
    }

    @Override
    public void output(RunEvent.Output event) {
        evidence.output(
                event.id().map(id -> dictionary.key(tx, run.suiteId, id)).orElse(0L), event);
    }

    @Override
    public void error(RunEvent.ErrorRaised event) {
        evidence.outside(event.error());
    }

    @Override
    public void runEnd(RunEvent.RunEnd event) {
        spool.wallMs = event.duration().toMillis();
        spool.endStatus = EvidenceWriter.name(event.status());
        tests.stopRunning(spool.id);
        // The lanes are read back from the attempts, so those of this batch must be there.
        tx.flush();
        history.machineEnded(run.id, spool.id, event.duration());
    }

    @Override
    public void heal(RunEvent.Heal event) {
        HealEvent heal = event.heal();
        boolean success = heal.verification().map(HealVerification::success).orElse(false);
        tx.update(
                "insert into heal (run_id, test_id, at_ms, tier, success, json) values (?, ?, ?, ?, ?, ?)",
                run.id,
                dictionary.key(tx, run.suiteId, heal.subject().id()),
                atMs,
                EvidenceWriter.name(heal.decision().tier()),
                success ? 1 : 0,
                HealJson.write(heal).toString());
        Proposals.note(tx, new Proposals.Origin(run.id, atMs), heal);
        run.heals++;
        if (success || heal.decision().moment() == HealMoment.LIVE) {
            run.healed++;
        }
    }

    @Override
    public void agentEnd(RunEvent.AgentEnd event) {
        spool.exitCode = event.exitCode();
        spool.notRun = MissingTests.format(event.notRun());
        tests.stopRunning(spool.id);
    }

    @Override
    public void unknown(RunEvent.Unknown event) {
        spool.unknownEvents++;
    }
}
