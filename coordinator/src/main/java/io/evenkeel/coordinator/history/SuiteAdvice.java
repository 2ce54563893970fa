package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.recommend.KnownTest;
import io.evenkeel.flaky.recommend.Recommendation;
import io.evenkeel.flaky.recommend.Recommendations;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Says what a team should do next about the tests of a suite, from everything that was recorded. Thread-safe. */
public final class SuiteAdvice {

    /** Advice beyond this is noise. */
    public static final int MOST = 100;

    /** Runs in which common failures are looked for, the latest. */
    private static final int RUNS = 500;

    private static final int WEEK = 7;

    private final Database database;

    /** Reads from this database. */
    public SuiteAdvice(Database database) {
        this.database = database;
    }

    /** Names of a test; titles are a JSON array. */
    public record Named(String id, String project, String file, String titles) {}

    /** A piece of advice, the tests it is about, and its evidence with commits as people know them. */
    public record Piece(Recommendation.Kind kind, List<Named> tests, String evidence, double minutesPerWeek) {

        public Piece {
            tests = List.copyOf(tests);
        }
    }

    /** Returns the advice for a suite, the most costly first, at most {@value #MOST} pieces. */
    public List<Piece> of(long suiteId, Instant now) {
        return database.reader().inTransaction(handle -> {
            Map<String, Named> names = new HashMap<>();
            List<KnownTest> tests = tests(handle, suiteId, now, names);
            List<Piece> pieces = new ArrayList<>();
            for (Recommendation one : Recommendations.advise(tests, failingRuns(handle, suiteId), now)) {
                if (pieces.size() < MOST) {
                    pieces.add(new Piece(
                            one.kind(),
                            one.tests().stream()
                                    .map(test -> names.getOrDefault(test.id(), new Named(test.id(), "", "", "[]")))
                                    .toList(),
                            CommitNames.named(one.evidence(), run -> commit(handle, run)),
                            one.impact()));
                }
            }
            return pieces;
        });
    }

    private static List<KnownTest> tests(Handle handle, long suiteId, Instant now, Map<String, Named> names) {
        RegimeModel model = new RegimeModel(handle.createQuery("select counters from suite_state where suite_id = ?")
                .bind(0, suiteId)
                .mapTo(byte[].class)
                .findOne()
                .map(StoredStates::counters)
                .orElseGet(ProjectCounters::new)
                .parameters());
        long today = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
        return handle.createQuery("""
                        select t.playwright_id, t.project, t.file, t.titles, s.state, h.durations, max(d.day),
                          sum(case when d.day > :week then d.passed + d.flaky + d.failed else 0 end)
                        from test t join test_state s on s.test_id = t.id left join test_history h on h.test_id = t.id
                          left join test_day d on d.test_id = t.id
                        where t.suite_id = :suite
                        group by t.id, t.playwright_id, t.project, t.file, t.titles, s.state, h.durations""")
                .bind("week", today - WEEK)
                .bind("suite", suiteId)
                .map((row, context) -> known(model, row, names))
                .list();
    }

    private static KnownTest known(RegimeModel model, ResultSet row, Map<String, Named> names) throws SQLException {
        Named named = new Named(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        names.put(named.id(), named);
        TestState state = StoredStates.state(model, row.getBytes(5));
        return new KnownTest(
                new TestId("", named.id()),
                state.standing(model),
                StoredStates.durations(row.getBytes(6)),
                new KnownTest.Schedule(
                        row.getDouble(8),
                        LocalDate.ofEpochDay(row.getLong(7))
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant(),
                        Duration.ZERO));
    }

    private static SortedMap<TestId, long[]> failingRuns(Handle handle, long suiteId) {
        SortedMap<TestId, List<Long>> runs = new TreeMap<>();
        handle.createQuery("""
                        select t.playwright_id, l.run_id from label l join test t on t.id = l.test_id
                        where t.suite_id = :suite and l.label in ('new', 'known flaky', 'quarantined')
                          and l.run_id in (select id from run where suite_id = :suite order by id desc limit :runs)""")
                .bind("suite", suiteId)
                .bind("runs", RUNS)
                .map((row, context) -> Map.entry(new TestId("", row.getString(1)), row.getLong(2)))
                .forEach(failure -> runs.computeIfAbsent(failure.getKey(), id -> new ArrayList<>())
                        .add(failure.getValue()));
        SortedMap<TestId, long[]> failing = new TreeMap<>();
        runs.forEach((test, all) ->
                failing.put(test, all.stream().mapToLong(Long::longValue).toArray()));
        return failing;
    }

    private static String commit(Handle handle, long run) {
        return handle.createQuery(CommitNames.OF_RUN)
                .bind(0, run)
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }
}
