package io.evenkeel.coordinator.quarantine;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.history.CommitNames;
import io.evenkeel.coordinator.history.StoredStates;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.coordinator.quarantine.QuarantinedTest.Advised;
import io.evenkeel.coordinator.quarantine.QuarantinedTest.Left;
import io.evenkeel.coordinator.quarantine.QuarantinedTest.Names;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.quarantine.Quarantine;
import io.evenkeel.flaky.quarantine.QuarantineAdvice;
import io.evenkeel.flaky.quarantine.QuarantineEntry;
import io.evenkeel.flaky.quarantine.QuarantinePolicy;
import io.evenkeel.flaky.quarantine.ReleaseProgress;
import io.evenkeel.flaky.rate.Mark;
import io.evenkeel.flaky.rate.ProjectCounters;
import io.evenkeel.flaky.rate.RegimeModel;
import io.evenkeel.flaky.rate.TestStanding;
import io.evenkeel.flaky.rate.TestState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** Keeps the quarantine of each suite. Thread-safe. */
public final class Quarantines {

    /** Tests that have left and are still listed, the latest. */
    private static final int MOST_LEFT = 50;

    private static final String COUNTERS = "select counters from suite_state where suite_id = ?";
    private static final String SIZE =
            "select tests from run where suite_id = ? and tests > 0 order by id desc limit 1";
    private static final String ACTIVE = """
            select count(*) from quarantine q join test t on t.id = q.test_id
            where t.suite_id = ? and t.id <> ? and q.released_ms = 0 and q.until_ms > ?""";

    private final Database database;
    private final InstantSource clock;

    /** Works on this database with this clock. */
    public Quarantines(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /** A suite of a project. */
    public record Suite(long id, String config) {}

    /**
     * Who asks for a test to be quarantined.
     *
     * @param owner who will repair it
     * @param reason why, for people; empty for what the history says
     * @param duration how long, at most {@link QuarantinePolicy#LONGEST}
     */
    public record Wish(String owner, String reason, Duration duration) {}

    /** What came of a wish: the test, or why not. */
    public record Outcome(Optional<QuarantinedTest> test, String refusal) {}

    /** How probable regimes are, and what the project makes of it. */
    private record Rules(RegimeModel model, QuarantinePolicy policy) {}

    private record Row(long key, Names names, Optional<QuarantineEntry> entry, Optional<Left> left, byte[] state) {}

    /** Returns the suite with this configuration file, or the one that ran last when none is named. */
    public Optional<Suite> suite(long projectId, String config) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select s.id, s.config from suite s where s.project_id = :project and (:config = '' or s.config = :config)
                        order by (select max(r.id) from run r where r.suite_id = s.id) desc limit 1""")
                        .bind("project", projectId)
                        .bind("config", config)
                        .map((row, context) -> new Suite(row.getLong(1), row.getString(2)))
                        .findOne());
    }

    /** Returns how many tests of the suite may be quarantined at once. */
    public int most(Suite suite) {
        return database.reader().withHandle(handle -> most(handle, suite));
    }

    /** Returns what is in, by file and id, then what has left, the latest first. */
    public List<QuarantinedTest> list(Suite suite) {
        List<QuarantinedTest> all = database.reader().inTransaction(handle -> judged(handle, suite, " join "));
        all.sort(Comparator.comparing((QuarantinedTest test) -> test.left().isPresent())
                .thenComparing(test ->
                        test.left().map(left -> -left.at().toEpochMilli()).orElse(0L))
                .thenComparing(test -> test.names().file())
                .thenComparing(test -> test.names().id()));
        long inside = all.stream().filter(test -> test.left().isEmpty()).count();
        return all.stream().limit(inside + MOST_LEFT).toList();
    }

    /** Returns the tests that should go in, the surest first and as many as fit, and what is advised for those that are in. */
    public List<QuarantinedTest> advise(Suite suite) {
        return database.reader().inTransaction(handle -> {
            List<QuarantinedTest> all = judged(handle, suite, " left join ");
            all.removeIf(test -> test.advised().word().equals("leave"));
            all.sort(Comparator.comparing(
                            (QuarantinedTest test) -> test.advised().word())
                    .thenComparing(QuarantinedTest::standing, Quarantine.byUrgency()));
            Instant now = clock.instant();
            int room = most(handle, suite)
                    - (int) all.stream().filter(test -> test.active(now)).count();
            List<QuarantinedTest> fitting = new ArrayList<>();
            int entering = 0;
            for (QuarantinedTest test : all) {
                if (!test.advised().word().equals("enter") || entering++ < room) {
                    fitting.add(test);
                }
            }
            return fitting;
        });
    }

    /**
     * Quarantines a test, or gives its entry another owner and end.
     *
     * @return refused when the test is unknown or broken, or the quarantine is full
     * @throws IllegalArgumentException when owner or duration break the rules
     */
    public Outcome add(Suite suite, String testId, Wish wish) {
        return database.writer().write(tx -> {
            Optional<Row> row = row(tx, suite, testId);
            if (row.isEmpty()) {
                return new Outcome(
                        Optional.empty(),
                        "No run of " + suite.config() + " has had a test with the id " + testId
                                + ". Compare the id with the run's page.");
            }
            RegimeModel model = model(tx.first(COUNTERS, counters -> counters.getBytes(1), suite.id()));
            TestStanding standing = standing(model, row.get());
            Instant now = clock.instant();
            if (standing.mark() == Mark.BROKEN) {
                return new Outcome(
                        Optional.empty(),
                        named(Quarantine.whyBroken(standing), tx) + " Repair it or revert the change.");
            }
            QuarantinePolicy policy = ProjectPolicies.ofSuite(tx, suite.id()).entering();
            int most = policy.most(
                    tx.first(SIZE, size -> size.getInt(1), suite.id()).orElse(1));
            long active = tx.first(
                            ACTIVE,
                            count -> count.getLong(1),
                            suite.id(),
                            row.get().key(),
                            now.toEpochMilli())
                    .orElse(0L);
            if (active >= most) {
                return new Outcome(
                        Optional.empty(),
                        "The quarantine is full (" + active + " of " + most
                                + " tests). Repair and release one before another goes in.");
            }
            QuarantineEntry entry = new QuarantineEntry(
                    new TestId(suite.config(), testId),
                    wish.owner(),
                    wish.reason().isBlank() ? reason(standing) : wish.reason(),
                    now,
                    now.plus(wish.duration()));
            tx.update(
                    """
                    insert into quarantine (test_id, owner, reason, since_ms, until_ms, released_ms, released_why)
                    values (?, ?, ?, ?, ?, 0, '')
                    on conflict (test_id) do update set owner = excluded.owner, reason = excluded.reason,
                      since_ms = excluded.since_ms, until_ms = excluded.until_ms, released_ms = 0, released_why = ''""",
                    row.get().key(),
                    entry.owner(),
                    entry.reason(),
                    entry.since().toEpochMilli(),
                    entry.until().toEpochMilli());
            Row added = new Row(
                    row.get().key(),
                    row.get().names(),
                    Optional.of(entry),
                    Optional.empty(),
                    row.get().state());
            return new Outcome(Optional.of(judge(suite, new Rules(model, policy), added, why -> named(why, tx))), "");
        });
    }

    /** Takes a test out; returns whether it was in. */
    public boolean release(Suite suite, String testId, String why) {
        return database.writer().write(tx -> tx.update("""
                        update quarantine set released_ms = ?, released_why = ?
                        where released_ms = 0
                          and test_id in (select id from test where suite_id = ? and playwright_id = ?)""", Math.max(1, clock.millis()), why, suite.id(), testId) > 0);
    }

    private List<QuarantinedTest> judged(Handle handle, Suite suite, String join) {
        Rules rules = new Rules(
                model(handle, suite),
                ProjectPolicies.ofSuite(handle, suite.id()).entering());
        List<QuarantinedTest> all = new ArrayList<>();
        UnaryOperator<String> named = why -> CommitNames.named(
                why,
                run -> handle.createQuery(CommitNames.OF_RUN)
                        .bind(0, run)
                        .mapTo(String.class)
                        .findOne()
                        .orElse(""));
        handle.createQuery(select(join) + " where t.suite_id = ?")
                .bind(0, suite.id())
                .map((row, context) -> read(suite, row))
                .filter(row -> row.entry().isPresent() || mayBeFlaky(rules.model(), row))
                .forEach(row -> all.add(judge(suite, rules, row, named)));
        return all;
    }

    /** Most tests never failed: they need no second look. */
    private static boolean mayBeFlaky(RegimeModel model, Row row) {
        return row.state().length > 0 && StoredStates.state(model, row.state()).mark(model) == Mark.FLAKY;
    }

    private QuarantinedTest judge(Suite suite, Rules rules, Row row, UnaryOperator<String> named) {
        TestStanding standing = standing(rules.model(), row);
        Quarantine own = row.left().isPresent()
                ? Quarantine.empty()
                : Quarantine.of(row.entry().stream().toList());
        TestId id = new TestId(suite.config(), row.names().id());
        // The cap counts over all tests; here each is judged alone.
        QuarantineAdvice advice = own.advise(rules.policy(), id, standing, clock.instant(), Integer.MAX_VALUE);
        ReleaseProgress progress = ReleaseProgress.of(rules.policy(), standing);
        Advised advised = advice.match(
                leave -> new Advised("leave", named.apply(leave.reason()), progress),
                enter -> new Advised("enter", named.apply(enter.reason()), progress),
                stay -> new Advised("stay", named.apply(stay.reason()), progress),
                release -> new Advised("release", named.apply(release.reason()), progress));
        return new QuarantinedTest(row.names(), row.entry(), row.left(), standing, advised);
    }

    private static TestStanding standing(RegimeModel model, Row row) {
        return (row.state().length == 0 ? new TestState(model) : StoredStates.state(model, row.state()))
                .standing(model);
    }

    private static String reason(TestStanding standing) {
        return standing.track().flakes() + " flakes in " + standing.track().runs() + " runs";
    }

    private static String named(String why, Transaction tx) {
        return CommitNames.named(
                why,
                run -> tx.first(CommitNames.OF_RUN, row -> row.getString(1), run)
                        .orElse(""));
    }

    private static RegimeModel model(Handle handle, Suite suite) {
        return model(handle.createQuery(COUNTERS)
                .bind(0, suite.id())
                .mapTo(byte[].class)
                .findOne());
    }

    private static RegimeModel model(Optional<byte[]> counters) {
        return new RegimeModel(counters.map(StoredStates::counters)
                .orElseGet(ProjectCounters::new)
                .parameters());
    }

    private static int most(Handle handle, Suite suite) {
        int size = handle.createQuery(SIZE)
                .bind(0, suite.id())
                .mapTo(Integer.class)
                .findOne()
                .orElse(1);
        return ProjectPolicies.ofSuite(handle, suite.id()).entering().most(size);
    }

    private static Optional<Row> row(Transaction tx, Suite suite, String testId) {
        return tx.first(
                select(" left join ") + " where t.suite_id = ? and t.playwright_id = ?",
                result -> read(suite, result),
                suite.id(),
                testId);
    }

    private static String select(String join) {
        return "select t.id, t.playwright_id, t.project, t.file, t.titles, q.owner, q.reason, q.since_ms, q.until_ms,"
                + " q.released_ms, q.released_why, s.state from test t" + join
                + "quarantine q on q.test_id = t.id left join test_state s on s.test_id = t.id";
    }

    private static Row read(Suite suite, ResultSet row) throws SQLException {
        Names names = new Names(row.getString(2), row.getString(3), row.getString(4), row.getString(5));
        byte[] state = row.getBytes(12);
        String owner = row.getString(6);
        Optional<QuarantineEntry> entry = owner == null
                ? Optional.empty()
                : Optional.of(new QuarantineEntry(
                        new TestId(suite.config(), names.id()),
                        owner,
                        row.getString(7),
                        Instant.ofEpochMilli(row.getLong(8)),
                        Instant.ofEpochMilli(row.getLong(9))));
        Optional<Left> left = row.getLong(10) > 0
                ? Optional.of(new Left(Instant.ofEpochMilli(row.getLong(10)), row.getString(11)))
                : Optional.empty();
        return new Row(row.getLong(1), names, entry, left, state == null ? new byte[0] : state);
    }
}
