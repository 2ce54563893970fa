package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Database;
import java.util.List;

/** Reads what a plan needs to know of a suite. Thread-safe. */
public final class SuiteTimings {

    /** Tests that nobody has run for so long are left out: they are gone or renamed. */
    private static final int MOST_TESTS = 200_000;

    private static final int MACHINES = 20;

    private final Database database;

    /** Reads from this database. */
    public SuiteTimings(Database database) {
        this.database = database;
    }

    /**
     * Durations of a suite.
     *
     * @param perUnitMs median time between two tests of one lane
     * @param perMachineMs median time of a runner before its first and after its last test
     * @param tests by id
     */
    public record Known(long perUnitMs, long perMachineMs, List<Timing> tests) {

        public Known {
            tests = List.copyOf(tests);
        }
    }

    /**
     * Durations of one test.
     *
     * @param titles a JSON array of texts
     * @param recentMs first attempts that passed, oldest first, at most 20
     */
    public record Timing(String id, String project, String file, String titles, List<Long> recentMs) {

        public Timing {
            recentMs = List.copyOf(recentMs);
        }
    }

    /** Returns what is known of the suite with this configuration file; nothing when nobody has run it. */
    public Known of(long projectId, String config) {
        return database.reader().inTransaction(handle -> {
            List<Timing> tests = handle.createQuery("""
                            select t.playwright_id, t.project, t.file, t.titles, h.recent
                            from suite s join test t on t.suite_id = s.id join test_history h on h.test_id = t.id
                            where s.project_id = :project and s.config = :config
                            order by t.playwright_id limit :most""")
                    .bind("project", projectId)
                    .bind("config", config)
                    .bind("most", MOST_TESTS)
                    .map((row, context) -> new Timing(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            RecentDurations.parse(row.getString(5))))
                    .list();
            List<long[]> costs = handle.createQuery("""
                            select c.per_unit_ms, c.per_machine_ms
                            from suite s join machine_cost c on c.suite_id = s.id
                            where s.project_id = :project and s.config = :config order by c.id desc limit :most""")
                    .bind("project", projectId)
                    .bind("config", config)
                    .bind("most", MACHINES)
                    .map((row, context) -> new long[] {row.getLong(1), row.getLong(2)})
                    .list();
            return new Known(median(costs, 0), median(costs, 1), tests);
        });
    }

    private static long median(List<long[]> costs, int column) {
        List<Long> sorted = costs.stream().map(cost -> cost[column]).sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    }
}
