package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.history.Codes;
import io.evenkeel.coordinator.history.Judge;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/**
 * The row of one run while a transaction changes it.
 *
 * <p>Mutable; one thread.
 */
final class RunRow {

    private static final String SELECT = """
            select id, suite_id, stable, commit_ordinal, created_ms, discovered, begun_ms, last_event_ms, finished_ms,
                   exit_code, missing, executed, tests, passed, flaky, failed, skipped, running, setup_failed, healed,
                   heals, errors, attempts, test_ms, version
            from run where project_id = ? and run_key = ?""";

    final long id;
    final long suiteId;
    final boolean stable;
    final long commitOrdinal;
    final long createdMs;
    int discovered;
    long begunMs;
    long lastEventMs;
    long finishedMs;
    int exitCode;
    String missing;
    int executed;
    final int[] verdicts = new int[5];
    int tests;
    int running;
    int setupFailed;
    int healed;
    int heals;
    int errors;
    int attempts;
    long testMs;
    long version;

    private RunRow(ResultSet row) throws SQLException {
        id = row.getLong("id");
        suiteId = row.getLong("suite_id");
        stable = row.getInt("stable") == 1;
        commitOrdinal = row.getLong("commit_ordinal");
        createdMs = row.getLong("created_ms");
        discovered = row.getInt("discovered");
        begunMs = row.getLong("begun_ms");
        lastEventMs = row.getLong("last_event_ms");
        finishedMs = row.getLong("finished_ms");
        exitCode = row.getInt("exit_code");
        missing = row.getString("missing");
        executed = row.getInt("executed");
        tests = row.getInt("tests");
        verdicts[Codes.PASSED] = row.getInt("passed");
        verdicts[Codes.FLAKY] = row.getInt("flaky");
        verdicts[Codes.FAILED] = row.getInt("failed");
        verdicts[Codes.SKIPPED] = row.getInt("skipped");
        running = row.getInt("running");
        setupFailed = row.getInt("setup_failed");
        healed = row.getInt("healed");
        heals = row.getInt("heals");
        errors = row.getInt("errors");
        attempts = row.getInt("attempts");
        testMs = row.getLong("test_ms");
        version = row.getLong("version");
    }

    static Optional<RunRow> load(Transaction tx, long projectId, String runKey) {
        return tx.first(SELECT, RunRow::new, projectId, runKey);
    }

    Judge.Frame frame() {
        return new Judge.Frame(id, suiteId, commitOrdinal, stable, Instant.ofEpochMilli(createdMs));
    }

    /** Notes that something happened at this time by an executor's clock. */
    void seen(long atMs) {
        if (atMs > 0) {
            begunMs = begunMs == 0 ? atMs : Math.min(begunMs, atMs);
            lastEventMs = Math.max(lastEventMs, atMs);
        }
    }

    /** Returns the number of discovered tests that nobody is known to have run. */
    int missingTests() {
        int named = MissingTests.parse(missing).size();
        return Math.max(named, Math.max(0, discovered - Math.max(executed, ended())));
    }

    int ended() {
        return verdicts[Codes.PASSED] + verdicts[Codes.FLAKY] + verdicts[Codes.FAILED] + verdicts[Codes.SKIPPED];
    }

    RunVerdict verdict() {
        if (finishedMs == 0) {
            return RunVerdict.RUNNING;
        }
        return RunVerdict.of(new RunVerdict.Facts(
                verdicts[Codes.FAILED] + setupFailed, verdicts[Codes.FLAKY], healed, missingTests(), exitCode));
    }

    void save(Transaction tx) {
        version++;
        tx.update(
                """
                update run set discovered = ?, begun_ms = ?, last_event_ms = ?, finished_ms = ?, exit_code = ?, missing = ?,
                  executed = ?, verdict = ?, tests = ?, passed = ?, flaky = ?, failed = ?, skipped = ?, running = ?,
                  setup_failed = ?, healed = ?, heals = ?, errors = ?, attempts = ?, test_ms = ?, version = ?
                where id = ?""",
                discovered,
                begunMs,
                lastEventMs,
                finishedMs,
                exitCode,
                missing,
                executed,
                finishedMs == 0 ? "" : verdict().word(),
                tests,
                verdicts[Codes.PASSED],
                verdicts[Codes.FLAKY],
                verdicts[Codes.FAILED],
                verdicts[Codes.SKIPPED],
                running,
                setupFailed,
                healed,
                heals,
                errors,
                attempts,
                testMs,
                version,
                id);
    }
}
