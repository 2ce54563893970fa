package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Database;
import java.util.HashMap;
import java.util.Map;

/** Reads what failures were taken for. Thread-safe. */
public final class FailureLabels {

    private final Database database;

    /** Reads from this database. */
    public FailureLabels(Database database) {
        this.database = database;
    }

    /**
     * What a failure was taken for.
     *
     * @param word {@code new}, {@code known flaky}, {@code red on main}, {@code quarantined} or {@code infrastructure}
     * @param evidence the sentence that explains it
     * @param flake probability that it was a flake, in [0, 1]
     */
    public record Label(String word, String evidence, double flake) {}

    /** Returns the labels of a run by the key of the test; nothing before the run has ended. */
    public Map<Long, Label> of(long runId) {
        Map<Long, Label> labels = new HashMap<>();
        database.reader()
                .useHandle(handle -> handle.createQuery(
                                "select test_id, label, evidence, flake from label where run_id = :run")
                        .bind("run", runId)
                        .map((row, context) -> Map.entry(
                                row.getLong(1), new Label(row.getString(2), row.getString(3), row.getDouble(4))))
                        .forEach(entry -> labels.put(entry.getKey(), entry.getValue())));
        return labels;
    }
}
