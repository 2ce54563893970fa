package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.flaky.duration.DurationHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Reads the history of single tests. Thread-safe. */
public final class TestHistoryReader {

    /** Runs listed for one test. */
    public static final int MOST_RUNS = 100;

    private final Database database;

    /** Reads from this database. */
    public TestHistoryReader(Database database) {
        this.database = database;
    }

    /** A test as it is known: its key, its project's key and its names; titles are a JSON array. */
    public record Known(long key, long projectId, Names names) {}

    /** Names of a test. */
    public record Names(String suite, String id, String project, String file, String titles) {}

    /**
     * What one run said about the test.
     *
     * @param statuses one of Playwright's words for each attempt
     */
    public record InRun(long runId, Origin origin, String verdict, List<String> statuses, Duration duration) {

        public InRun {
            statuses = List.copyOf(statuses);
        }
    }

    /** Where a result comes from. */
    public record Origin(String branch, String commit, Instant at) {}

    /** Verdicts of one day. */
    public record Day(LocalDate day, int passed, int flaky, int failed, int skipped) {}

    /** Finds a test by Playwright's id; when no suite is named, the one that was seen last. */
    public List<Known> find(String id, String suite) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select t.id, s.project_id, s.config, t.playwright_id, t.project, t.file, t.titles
                        from test t join suite s on s.id = t.suite_id
                        where s.id in (select id from suite where :suite = '' or config = :suite) and t.suite_id = s.id
                          and t.playwright_id = :id
                        order by t.id desc limit 100""")
                        .bind("id", id)
                        .bind("suite", suite)
                        .map((row, context) -> new Known(
                                row.getLong(1),
                                row.getLong(2),
                                new Names(
                                        row.getString(3),
                                        row.getString(4),
                                        row.getString(5),
                                        row.getString(6),
                                        row.getString(7))))
                        .list());
    }

    /** Returns the latest runs of the test, newest first. */
    public List<InRun> runs(long testKey, int most) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select r.id, r.branch, r.commit_sha, r.created_ms, rt.verdict, rt.statuses, rt.duration_ms
                        from run_test rt join run r on r.id = rt.run_id
                        where rt.test_id = :test order by rt.run_id desc limit :most""")
                        .bind("test", testKey)
                        .bind("most", Math.min(MOST_RUNS, most))
                        .map((row, context) -> new InRun(
                                row.getLong(1),
                                new Origin(row.getString(2), row.getString(3), Instant.ofEpochMilli(row.getLong(4))),
                                Codes.word(row.getInt(5)),
                                row.getString(6)
                                        .chars()
                                        .mapToObj(letter -> Codes.status(letter).wireName())
                                        .toList(),
                                Duration.ofMillis(row.getLong(7))))
                        .list());
    }

    /** Returns the durations of the test; empty when it never passed at the first attempt. */
    public Optional<DurationHistory> durations(long testKey) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("select durations from test_history where test_id = :test")
                        .bind("test", testKey)
                        .map((row, context) -> DurationHistory.fromBytes(row.getBytes(1)))
                        .findOne());
    }

    /** Returns the verdicts of the latest days on which the test ran, newest first, at most 30. */
    public List<Day> days(long testKey) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select day, passed, flaky, failed, skipped from test_day
                        where test_id = :test order by day desc limit 30""")
                        .bind("test", testKey)
                        .map((row, context) -> new Day(
                                LocalDate.ofEpochDay(row.getLong(1)),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5)))
                        .list());
    }
}
