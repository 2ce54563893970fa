package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.history.Codes;
import io.evenkeel.coordinator.history.HistoryRecorder;
import io.evenkeel.flaky.history.AttemptStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The tests of a run that one batch touches: each is read once, changed in memory and written once, with the totals of the
 * run kept in step.
 *
 * <p>Mutable; one thread.
 */
final class TestRows {

    /** Attempts remembered of one test in one run; a test retried more often keeps its verdict, not every letter. */
    private static final int MOST_STATUSES = 200;

    private static final String SELECT = """
            select test_id, spool_id, role, expected, statuses, verdict, running, duration_ms, started_ms, cause
            from run_test where run_id = ?""";

    private final Transaction tx;
    private final RunRow run;
    private final HistoryRecorder history;
    private final Map<Long, TestRow> touched = new LinkedHashMap<>();

    TestRows(Transaction tx, RunRow run, HistoryRecorder history) {
        this.tx = tx;
        this.run = run;
        this.history = history;
    }

    /** A test was announced on this executor. */
    void selected(long testId, long spoolId, int role, AttemptStatus expected) {
        TestRow row = row(testId, spoolId);
        if (row.role != role) {
            count(row, -1);
            row.role = role;
            count(row, 1);
        }
        row.expected = Codes.letter(expected);
        judge(row);
    }

    void begun(long testId, long spoolId) {
        TestRow row = row(testId, spoolId);
        row.spoolId = spoolId;
        setRunning(row, true);
    }

    /** An attempt has ended; returns the row so that the cause of a failure can be noted. */
    TestRow ended(long testId, long spoolId, AttemptStatus status, AttemptStatus expected) {
        TestRow row = row(testId, spoolId);
        row.spoolId = spoolId;
        row.expected = Codes.letter(expected);
        setRunning(row, false);
        if (row.statuses.length() < MOST_STATUSES) {
            row.statuses += Codes.letter(status);
        }
        judge(row);
        return row;
    }

    /** An executor has ended: what it had begun does not run any more. */
    void stopRunning(long spoolId) {
        List<Long> running = tx.all(
                "select test_id from run_test where run_id = ? and running = 1 and spool_id = ?",
                found -> found.getLong(1),
                run.id,
                spoolId);
        running.forEach(testId -> row(testId, spoolId));
        touched.values().stream().filter(row -> row.spoolId == spoolId).forEach(row -> setRunning(row, false));
    }

    void save() {
        for (TestRow row : touched.values()) {
            tx.later(
                    """
                    insert into run_test (run_id, test_id, spool_id, role, expected, statuses, verdict, running, duration_ms,
                      started_ms, cause, version)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (run_id, test_id) do update set spool_id = excluded.spool_id, role = excluded.role,
                      expected = excluded.expected, statuses = excluded.statuses, verdict = excluded.verdict,
                      running = excluded.running, duration_ms = excluded.duration_ms, started_ms = excluded.started_ms,
                      cause = excluded.cause, version = excluded.version""",
                    run.id,
                    row.testId,
                    row.spoolId,
                    row.role,
                    row.expected,
                    row.statuses,
                    row.verdict,
                    row.running ? 1 : 0,
                    row.durationMs,
                    row.startedMs,
                    row.cause,
                    run.version + 1);
        }
    }

    private TestRow row(long testId, long spoolId) {
        TestRow row = touched.get(testId);
        if (row == null) {
            Supplier<TestRow> create = () -> {
                TestRow created = new TestRow(testId, spoolId);
                count(created, 1);
                return created;
            };
            row = tx.first(SELECT + " and test_id = ?", TestRow::new, run.id, testId)
                    .orElseGet(create);
            touched.put(testId, row);
        }
        return row;
    }

    private void setRunning(TestRow row, boolean running) {
        if (row.running != running) {
            row.running = running;
            run.running += running ? 1 : -1;
        }
    }

    private void judge(TestRow row) {
        int verdict = Codes.verdict(row.statuses, row.expected);
        if (verdict == row.verdict) {
            return;
        }
        count(row, -1);
        history.verdictChanged(row.testId, row.verdict, verdict);
        row.verdict = verdict;
        count(row, 1);
    }

    private void count(TestRow row, int by) {
        if (row.role == TestRow.TEST) {
            run.tests += by;
            run.verdicts[row.verdict] += by;
        } else if (row.verdict == Codes.FAILED) {
            run.setupFailed += by;
        }
    }
}
