package io.evenkeel.coordinator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.history.Codes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads runs and their tests. Thread-safe. */
public final class RunReader {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TESTS = """
            select t.id, t.playwright_id, t.project, t.file, t.titles, t.line, rt.verdict, rt.statuses, rt.duration_ms,
                   rt.running, rt.cause, rt.spool_id, rt.role
            from run_test rt join test t on t.id = rt.test_id
            where rt.run_id = :run
            """;

    private final Database database;

    /** Reads from this database. */
    public RunReader(Database database) {
        this.database = database;
    }

    /** Returns a run. */
    public Optional<Run> find(long id) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(RunMapper.SELECT + " where r.id = :id")
                        .bind("id", id)
                        .map((row, context) -> RunMapper.map(row))
                        .findOne());
    }

    /** Returns the run CI calls so. */
    public Optional<Run> find(long projectId, String runKey) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(
                                RunMapper.SELECT + " where r.project_id = :project and r.run_key = :key")
                        .bind("project", projectId)
                        .bind("key", runKey)
                        .map((row, context) -> RunMapper.map(row))
                        .findOne());
    }

    /** Returns at most {@link RunQuery#PAGE} + 1 runs, newest first; the last one only says that there are more. */
    public List<Run> list(RunQuery query) {
        StringBuilder sql = new StringBuilder(RunMapper.SELECT).append(" where 1 = 1");
        query.projectId().ifPresent(id -> sql.append(" and r.project_id = :project"));
        query.before().ifPresent(id -> sql.append(" and r.id < :before"));
        if (!query.branch().isEmpty()) {
            sql.append(" and r.branch = :branch");
        }
        if (!query.status().isEmpty()) {
            sql.append(" and r.verdict = :verdict");
        }
        sql.append(" order by r.id desc limit ").append(RunQuery.PAGE + 1);
        return database.reader().withHandle(handle -> {
            var statement = handle.createQuery(sql.toString());
            query.projectId().ifPresent(id -> statement.bind("project", id));
            query.before().ifPresent(id -> statement.bind("before", id));
            if (!query.branch().isEmpty()) {
                statement.bind("branch", query.branch());
            }
            if (!query.status().isEmpty()) {
                statement.bind("verdict", query.status().equals(RunVerdict.RUNNING.word()) ? "" : query.status());
            }
            return statement.map((row, context) -> RunMapper.map(row)).list();
        });
    }

    /** Returns the branches of the latest thousand runs, most recent first, at most 50. */
    public List<String> branches(OptionalLong projectId) {
        String where = projectId.isPresent() ? " where project_id = " + projectId.getAsLong() : "";
        return database.reader()
                .withHandle(handle -> handle.createQuery("select branch from (select id, branch from run" + where
                                + " order by id desc limit 1000) where branch <> '' group by branch"
                                + " order by max(id) desc limit 50")
                        .mapTo(String.class)
                        .list());
    }

    /** Returns the tests of a run by file, line and project. */
    public List<TestInRun> tests(long runId) {
        return query(TESTS + " order by t.file, t.line, t.project, t.id", runId);
    }

    /** Returns the tests of a run that failed or were flaky, set-ups included, failed first. */
    public List<TestInRun> troubled(long runId) {
        return query(
                TESTS + " and rt.verdict in (2, 3) order by rt.verdict desc, rt.role desc, t.file, t.line, t.project",
                runId);
    }

    /** Returns the tests that changed after this version of the run, at most the given number. */
    public List<TestInRun> changedSince(long runId, long version, int most) {
        return query(TESTS + " and rt.version > " + version + " order by rt.version, t.id limit " + most, runId);
    }

    /** Returns the healing events of a run as JSON, in the order they came. */
    public List<String> heals(long runId) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select json from heal where run_id = :run order by id")
                        .bind("run", runId)
                        .mapTo(String.class)
                        .list());
    }

    /** Returns the executors of a run by shard. */
    public List<ExecutorView> executors(long runId) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select id, shard, executor, playwright, workers, begun_ms, last_ms, wall_ms, busy_ms, attempts,
                               end_status, exit_code, not_run
                        from spool where run_id = :run order by shard, id""")
                        .bind("run", runId)
                        .map((row, context) -> executor(row))
                        .list());
    }

    /** Returns the attempts of a run by lane and time, at most {@code most} of them; skipped ones take no time. */
    public List<LaneEntry> timeline(long runId, int most) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select a.spool_id, a.parallel, a.started_ms, a.duration_ms, a.status, rt.verdict, rt.expected, t.titles
                        from attempt a join spool s on s.id = a.spool_id
                          join run_test rt on rt.run_id = a.run_id and rt.test_id = a.test_id
                          join test t on t.id = a.test_id
                        where a.run_id = :run and a.status <> 's' and a.started_ms > 0
                        order by s.shard, s.id, a.parallel, a.started_ms limit :most""")
                        .bind("run", runId)
                        .bind("most", most)
                        .map((row, context) -> new LaneEntry(
                                row.getLong("spool_id"),
                                row.getInt("parallel"),
                                row.getLong("started_ms"),
                                row.getLong("duration_ms"),
                                laneVerdict(row),
                                String.join(" › ", texts(row.getString("titles")))))
                        .list());
    }

    private static String laneVerdict(ResultSet row) throws SQLException {
        if (row.getString("status").equals(row.getString("expected"))) {
            return "passed";
        }
        return row.getInt("verdict") == Codes.FLAKY ? "flaky" : "failed";
    }

    private static ExecutorView executor(ResultSet row) throws SQLException {
        long wallMs = row.getLong("wall_ms");
        long seenMs = Math.max(0, row.getLong("last_ms") - row.getLong("begun_ms"));
        return new ExecutorView(
                row.getLong("id"),
                row.getInt("shard"),
                row.getString("executor"),
                new ExecutorView.Setting(row.getString("playwright"), row.getInt("workers")),
                new ExecutorView.Work(
                        Instant.ofEpochMilli(row.getLong("begun_ms")),
                        Duration.ofMillis(wallMs > 0 ? wallMs : seenMs),
                        Duration.ofMillis(row.getLong("busy_ms")),
                        row.getInt("attempts"),
                        new ExecutorView.End(
                                row.getString("end_status"),
                                row.getInt("exit_code"),
                                MissingTests.parse(row.getString("not_run")))));
    }

    private List<TestInRun> query(String sql, long runId) {
        return database.reader()
                .withHandle(handle -> handle.createQuery(sql)
                        .bind("run", runId)
                        .map((row, context) -> test(row))
                        .list());
    }

    private static TestInRun test(ResultSet row) throws SQLException {
        return new TestInRun(
                row.getLong("id"),
                new TestInRun.Name(
                        row.getString("playwright_id"),
                        row.getString("project"),
                        row.getString("file"),
                        texts(row.getString("titles")),
                        row.getInt("line")),
                new TestInRun.Result(
                        Codes.word(row.getInt("verdict")),
                        row.getString("statuses").length(),
                        Duration.ofMillis(row.getLong("duration_ms")),
                        row.getInt("running") == 1,
                        row.getString("cause")),
                row.getLong("spool_id"),
                row.getInt("role") == TestRow.SETUP);
    }

    static List<String> texts(String json) {
        try {
            return List.of(JSON.readValue(json, String[].class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of titles in the database is no JSON array: " + json, e);
        }
    }
}
