package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.history.SuiteAdvice.Named;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.TestStanding;
import io.evenkeel.flaky.rate.Trend;
import io.evenkeel.flaky.recommend.Recommendations;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Handle;

/** Lists the flaky tests of a suite, and how its flakiness went day by day. Thread-safe. */
public final class FlakyTests {

    private final Database database;

    /** Reads from this database. */
    public FlakyTests(Database database) {
        this.database = database;
    }

    /**
     * One flaky test.
     *
     * @param standing mark, probabilities, rate with its interval, evidence
     * @param trend whether it flakes more often than it used to
     * @param cost what it costs
     * @param last where it flaked last
     */
    public record Flaky(Named names, TestStanding standing, Trend trend, Cost cost, Last last) {}

    /** What a flaky test costs: its runs of the last seven days, and the minutes of people and machines in a week. */
    public record Cost(double runsPerWeek, double minutesPerWeek) {}

    /** Where a test flaked last; no run and an empty commit when it is not known. */
    public record Last(OptionalLong run, String commit) {}

    /** Verdicts of one day over all tests of the suite, and the tests that needed a retry that day. */
    public record Day(LocalDate day, int passed, int flaky, int failed, int flakyTests) {}

    /**
     * Which flaky tests are wanted.
     *
     * @param leastRate tests whose expected rate is lower are left out, in [0, 1]
     * @param days tests whose last flake is older are left out; 0 for none
     */
    public record Wanted(double leastRate, int days) {}

    /** Returns the tests that are marked flaky, the most costly first. */
    public List<Flaky> of(long suiteId, Instant now, Wanted wanted) {
        return database.reader()
                .inTransaction(handle -> JudgedTests.of(handle, suiteId, now).stream()
                        .filter(one -> one.known().standing().mark() == Mark.FLAKY
                                && one.known().standing().rate().mean() >= wanted.leastRate()
                                && (wanted.days() == 0
                                        || lastFlake(handle, one).isAfter(now.minus(Duration.ofDays(wanted.days())))))
                        .map(one -> new Flaky(
                                one.names(),
                                one.known().standing(),
                                one.trend(),
                                new Cost(
                                        one.known().schedule().runsPerWeek(),
                                        Recommendations.minutesOfFlaking(one.known())),
                                last(
                                        one.known().standing().track().marks().lastFlake(),
                                        run -> CommitNames.hash(handle, run))))
                        .sorted(Comparator.comparingDouble(
                                        (Flaky one) -> -one.cost().minutesPerWeek())
                                .thenComparing(one -> one.names().id()))
                        .toList());
    }

    private static Instant lastFlake(Handle handle, JudgedTests.Judged one) {
        return handle.createQuery("select created_ms from run where id = ?")
                .bind(0, one.known().standing().track().marks().lastFlake())
                .mapTo(Long.class)
                .findOne()
                .map(Instant::ofEpochMilli)
                .orElse(Instant.MIN);
    }

    private static Last last(long ordinal, LongFunction<String> commits) {
        return ordinal < 0
                ? new Last(OptionalLong.empty(), "")
                : new Last(OptionalLong.of(ordinal), commits.apply(ordinal));
    }

    /**
     * Returns the latest days on which the suite ran, oldest first.
     *
     * @param days how far back, at least 1
     */
    public List<Day> days(long suiteId, Instant now, int days) {
        long today = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select d.day, sum(d.passed), sum(d.flaky), sum(d.failed), sum(case when d.flaky > 0 then 1 else 0 end)
                        from test_day d join test t on t.id = d.test_id
                        where t.suite_id = :suite and d.day > :from group by d.day order by d.day""")
                        .bind("suite", suiteId)
                        .bind("from", today - days)
                        .map((row, context) -> new Day(
                                LocalDate.ofEpochDay(row.getLong(1)),
                                row.getInt(2),
                                row.getInt(3),
                                row.getInt(4),
                                row.getInt(5)))
                        .list());
    }
}
