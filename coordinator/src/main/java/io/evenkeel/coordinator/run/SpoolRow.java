package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.database.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The row of one spool, that is of one agent in one run, while a transaction changes it.
 *
 * <p>Mutable; one thread.
 */
final class SpoolRow {

    private static final String COLUMNS = """
            id, name, shard, executor, last_seq, workers, playwright, roles, begun_ms, first_ms, last_ms, busy_ms, attempts,
            wall_ms, end_status, exit_code, not_run, output_bytes, unknown_events, rejected_events""";

    final long id;
    int shard;
    String executor;
    long lastSeq;
    int workers;
    String playwright;
    /** Names of the set-up and teardown projects, one a line. */
    String roles;

    long begunMs;
    long firstMs;
    long lastMs;
    long busyMs;
    int attempts;
    long wallMs;
    String endStatus;
    int exitCode;
    String notRun;
    long outputBytes;
    int unknownEvents;
    int rejectedEvents;

    private SpoolRow(ResultSet row) throws SQLException {
        id = row.getLong("id");
        shard = row.getInt("shard");
        executor = row.getString("executor");
        lastSeq = row.getLong("last_seq");
        workers = row.getInt("workers");
        playwright = row.getString("playwright");
        roles = row.getString("roles");
        begunMs = row.getLong("begun_ms");
        firstMs = row.getLong("first_ms");
        lastMs = row.getLong("last_ms");
        busyMs = row.getLong("busy_ms");
        attempts = row.getInt("attempts");
        wallMs = row.getLong("wall_ms");
        endStatus = row.getString("end_status");
        exitCode = row.getInt("exit_code");
        notRun = row.getString("not_run");
        outputBytes = row.getLong("output_bytes");
        unknownEvents = row.getInt("unknown_events");
        rejectedEvents = row.getInt("rejected_events");
    }

    static SpoolRow loadOrCreate(Transaction tx, long runId, Batch batch) {
        String select = "select " + COLUMNS + " from spool where run_id = ? and name = ?";
        return tx.first(select, SpoolRow::new, runId, batch.spool()).orElseGet(() -> {
            tx.update("""
                    insert into spool (run_id, name, shard, executor, last_seq, workers, playwright, roles, begun_ms,
                      first_ms, last_ms, busy_ms, attempts, wall_ms, end_status, exit_code, not_run, output_bytes,
                      unknown_events, rejected_events)
                    values (?, ?, ?, ?, 0, 1, '', '', 0, 0, 0, 0, 0, 0, '', -1, '', 0, 0, 0)""", runId, batch.spool(), batch.shard(), batch.executor());
            return tx.first(select, SpoolRow::new, runId, batch.spool()).orElseThrow();
        });
    }

    Set<String> setupProjects() {
        return roles.isEmpty() ? Set.of() : Arrays.stream(roles.split("\n", -1)).collect(Collectors.toSet());
    }

    void setupProjects(List<String> names) {
        roles = names.stream().map(name -> name.replace('\n', ' ')).collect(Collectors.joining("\n"));
    }

    void save(Transaction tx) {
        tx.update(
                """
                update spool set shard = ?, executor = ?, last_seq = ?, workers = ?, playwright = ?, roles = ?, begun_ms = ?,
                  first_ms = ?, last_ms = ?, busy_ms = ?, attempts = ?, wall_ms = ?, end_status = ?, exit_code = ?,
                  not_run = ?, output_bytes = ?, unknown_events = ?, rejected_events = ?
                where id = ?""",
                shard,
                executor,
                lastSeq,
                workers,
                playwright,
                roles,
                begunMs,
                firstMs,
                lastMs,
                busyMs,
                attempts,
                wallMs,
                endStatus,
                exitCode,
                notRun,
                outputBytes,
                unknownEvents,
                rejectedEvents,
                id);
    }
}
