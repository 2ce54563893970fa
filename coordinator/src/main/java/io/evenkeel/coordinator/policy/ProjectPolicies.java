package io.evenkeel.coordinator.policy;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import io.evenkeel.flaky.rate.FlakyThreshold;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/** Keeps the policy of each project; one that has decided nothing has {@link ProjectPolicy#STANDARD}. Thread-safe. */
public final class ProjectPolicies {

    private static final String COLUMNS =
            "select p.flaky_from, p.window_days, p.tolerance, p.quarantine_from, p.most_share, p.expiry_days from project_policy p";
    private static final String OF_PROJECT = COLUMNS + " where p.project_id = ?";
    private static final String OF_SUITE = COLUMNS + " join suite s on s.project_id = p.project_id where s.id = ?";

    private final Database database;

    /** Works on this database. */
    public ProjectPolicies(Database database) {
        this.database = database;
    }

    /** Returns the policy of a project. */
    public ProjectPolicy of(long projectId) {
        return database.reader().withHandle(handle -> first(handle, OF_PROJECT, projectId));
    }

    /** Returns the policy of the project that a suite belongs to. */
    public static ProjectPolicy ofSuite(Handle handle, long suiteId) {
        return first(handle, OF_SUITE, suiteId);
    }

    /** Returns the policy of the project that a suite belongs to. */
    public static ProjectPolicy ofSuite(Transaction tx, long suiteId) {
        return tx.first(OF_SUITE, ProjectPolicies::read, suiteId).orElse(ProjectPolicy.STANDARD);
    }

    /** Sets the policy of a project: it holds for everything judged or asked from now on. */
    public void set(long projectId, ProjectPolicy policy) {
        QuarantinePolicy quarantine = policy.quarantine();
        database.writer()
                .write(tx -> tx.update(
                        """
                        insert into project_policy (project_id, flaky_from, window_days, tolerance, quarantine_from, most_share, expiry_days)
                        values (?, ?, ?, ?, ?, ?, ?)
                        on conflict (project_id) do update set flaky_from = excluded.flaky_from,
                          window_days = excluded.window_days, tolerance = excluded.tolerance,
                          quarantine_from = excluded.quarantine_from, most_share = excluded.most_share,
                          expiry_days = excluded.expiry_days""",
                        projectId,
                        policy.flaky().leastRate(),
                        policy.windowDays(),
                        quarantine.tolerance(),
                        quarantine.leastRate(),
                        quarantine.mostShare(),
                        quarantine.expiry().toDays()));
    }

    private static ProjectPolicy first(Handle handle, String query, long key) {
        return handle.createQuery(query)
                .bind(0, key)
                .map((row, context) -> read(row))
                .findOne()
                .orElse(ProjectPolicy.STANDARD);
    }

    private static ProjectPolicy read(ResultSet row) throws SQLException {
        return new ProjectPolicy(
                new FlakyThreshold(row.getDouble(1)),
                row.getInt(2),
                new QuarantinePolicy(
                        row.getDouble(3), row.getDouble(4), row.getDouble(5), Duration.ofDays(row.getLong(6))));
    }
}
