package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.history.Codes;
import io.evenkeel.flaky.history.AttemptStatus;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The row of one test in one run while a transaction changes it.
 *
 * <p>Mutable; one thread.
 */
final class TestRow {

    /** A test that must run; set-ups and teardowns run wherever they are needed and are counted apart. */
    static final int TEST = 0;

    static final int SETUP = 1;

    final long testId;
    long spoolId;
    int role;
    String expected;
    String statuses;
    int verdict;
    boolean running;
    long durationMs;
    long startedMs;
    String cause;

    TestRow(long testId, long spoolId) {
        this.testId = testId;
        this.spoolId = spoolId;
        this.role = TEST;
        this.expected = Codes.letter(AttemptStatus.PASSED);
        this.statuses = "";
        this.cause = "";
    }

    TestRow(ResultSet row) throws SQLException {
        testId = row.getLong("test_id");
        spoolId = row.getLong("spool_id");
        role = row.getInt("role");
        expected = row.getString("expected");
        statuses = row.getString("statuses");
        verdict = row.getInt("verdict");
        running = row.getInt("running") == 1;
        durationMs = row.getLong("duration_ms");
        startedMs = row.getLong("started_ms");
        cause = row.getString("cause");
    }
}
