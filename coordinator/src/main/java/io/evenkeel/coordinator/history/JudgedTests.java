package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.history.SuiteAdvice.Named;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestState;
import io.evenkeel.flaky.rate.Trend;
import io.evenkeel.flaky.recommend.KnownTest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Reads all tests of a suite with what is thought of them. Static functions. */
final class JudgedTests {

    private static final int WEEK = 7;

    private JudgedTests() {}

    /** A test, what recommendations need of it, and whether it flakes more often than it used to. */
    record Judged(Named names, KnownTest known, Trend trend) {}

    static List<Judged> of(Handle handle, long suiteId, Instant now) {
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
                .map((row, context) -> judged(model, row))
                .list();
    }

    private static Judged judged(RegimeModel model, ResultSet row) throws SQLException {
        Named named = new Named(row.getString(1), row.getString(2), row.getString(3), row.getString(4));
        TestState state = StoredStates.state(model, row.getBytes(5));
        KnownTest known = new KnownTest(
                new TestId("", named.id()),
                state.standing(model),
                StoredStates.durations(row.getBytes(6)),
                new KnownTest.Schedule(
                        row.getDouble(8),
                        LocalDate.ofEpochDay(row.getLong(7))
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant(),
                        Duration.ZERO));
        return new Judged(named, known, state.trend(model));
    }
}
