package io.evenkeel.coordinator.run;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Reads the columns of {@link #SELECT} into a {@link Run}. */
final class RunMapper {

    static final String SELECT = """
            select r.id, r.project_id, p.slug, r.suite_id, s.config, r.run_key, r.branch, r.commit_sha, r.ci_url,
                   r.pull_request, r.verdict, r.created_ms, r.begun_ms, r.last_event_ms, r.finished_ms, r.discovered,
                   r.missing, r.exit_code, r.tests, r.passed, r.flaky, r.failed, r.skipped, r.running, r.setup_failed,
                   r.heals, r.healed, r.errors, r.test_ms, r.version
            from run r join project p on p.id = r.project_id join suite s on s.id = r.suite_id
            """;

    private RunMapper() {}

    static Run map(ResultSet row) throws SQLException {
        RunState.Times times = new RunState.Times(
                instant(row, "created_ms"),
                instant(row, "begun_ms"),
                instant(row, "last_event_ms"),
                instant(row, "finished_ms"));
        RunCounts counts = new RunCounts(
                row.getInt("tests"),
                row.getInt("passed"),
                row.getInt("flaky"),
                row.getInt("failed"),
                row.getInt("skipped"),
                row.getInt("running"),
                row.getInt("setup_failed"));
        return new Run(
                row.getLong("id"),
                new Run.Owner(
                        row.getLong("project_id"),
                        row.getString("slug"),
                        row.getLong("suite_id"),
                        row.getString("run_key")),
                new RunSource(
                        row.getString("config"),
                        row.getString("branch"),
                        row.getString("commit_sha"),
                        row.getString("ci_url"),
                        row.getString("pull_request")),
                new RunState(
                        RunVerdict.fromWord(row.getString("verdict")),
                        times,
                        row.getInt("discovered"),
                        MissingTests.parse(row.getString("missing")),
                        row.getInt("exit_code")),
                new Run.Totals(
                        counts,
                        new Run.Heals(row.getInt("heals"), row.getInt("healed")),
                        row.getInt("errors"),
                        row.getLong("test_ms"),
                        row.getLong("version")));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }
}
