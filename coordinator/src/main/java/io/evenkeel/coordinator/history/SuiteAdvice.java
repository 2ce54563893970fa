package io.evenkeel.coordinator.history;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.policy.ProjectPolicies;
import io.evenkeel.flaky.history.TestId;
import io.evenkeel.flaky.rate.FlakyThreshold;
import io.evenkeel.flaky.recommend.KnownTest;
import io.evenkeel.flaky.recommend.Recommendation;
import io.evenkeel.flaky.recommend.Recommendations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** Says what a team should do next about the tests of a suite, from everything that was recorded. Thread-safe. */
public final class SuiteAdvice {

    /** Advice beyond this is noise. */
    public static final int MOST = 100;

    /** Runs in which common failures are looked for, the latest. */
    private static final int RUNS = 500;

    private final Database database;

    /** Reads from this database. */
    public SuiteAdvice(Database database) {
        this.database = database;
    }

    /** Names of a test; titles are a JSON array. */
    public record Named(String id, String project, String file, String titles) {}

    /**
     * A piece of advice, the tests it is about, and its evidence with commits as people know them.
     *
     * @param run the run that shows the evidence; empty when no single one does
     */
    public record Piece(
            Recommendation.Kind kind, List<Named> tests, String evidence, OptionalLong run, double minutesPerWeek) {

        public Piece {
            tests = List.copyOf(tests);
        }
    }

    /** Returns the advice for a suite, the most costly first, at most {@value #MOST} pieces. */
    public List<Piece> of(long suiteId, Instant now) {
        return database.reader().inTransaction(handle -> {
            Map<String, Named> names = new HashMap<>();
            List<KnownTest> tests = new ArrayList<>();
            for (JudgedTests.Judged one : JudgedTests.of(handle, suiteId, now)) {
                names.put(one.names().id(), one.names());
                tests.add(one.known());
            }
            List<Piece> pieces = new ArrayList<>();
            FlakyThreshold threshold = ProjectPolicies.ofSuite(handle, suiteId).flaky();
            for (Recommendation one : Recommendations.advise(tests, failingRuns(handle, suiteId), now, threshold)) {
                if (pieces.size() < MOST) {
                    pieces.add(new Piece(
                            one.kind(),
                            one.tests().stream()
                                    .map(test -> names.getOrDefault(test.id(), new Named(test.id(), "", "", "[]")))
                                    .toList(),
                            CommitNames.named(one.evidence(), run -> CommitNames.hash(handle, run)),
                            CommitNames.first(one.evidence()),
                            one.impact()));
                }
            }
            return pieces;
        });
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
}
