package io.evenkeel.coordinator.run;

import io.evenkeel.coordinator.access.Project;
import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.history.Judge;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** Opens and finishes runs. Thread-safe; both may be repeated. */
public final class RunRegistry {

    /** Ids of missing tests that are kept; more are only counted. */
    private static final int MOST_MISSING = 10_000;

    private static final int MOST_KEY = 200;

    private final Database database;
    private final InstantSource clock;
    private final LongConsumer changed;

    /**
     * Works on this database.
     *
     * @param changed is told the id of each run that has changed, after the commit
     */
    public RunRegistry(Database database, InstantSource clock, LongConsumer changed) {
        this.database = database;
        this.clock = clock;
        this.changed = changed;
    }

    /**
     * What CI says when a run begins.
     *
     * @param source where it comes from
     * @param discovered tests that must run, 0 while unknown
     * @param executors machines that will take part, 0 while unknown
     */
    public record Opening(RunSource source, int discovered, int executors) {}

    /**
     * What the report job says when all executors are done.
     *
     * @param discovered tests that had to run; 0 leaves what is known
     * @param executed tests that ran somewhere
     * @param missing ids of those that did not
     * @param exitCode what CI will see
     */
    public record Finish(int discovered, int executed, List<String> missing, int exitCode) {

        public Finish {
            missing = List.copyOf(missing);
        }
    }

    /** The key belongs to a run of another suite. */
    public static final class OtherSuiteException extends RuntimeException {
        OtherSuiteException(String runKey) {
            super("The run \"" + runKey
                    + "\" belongs to another suite. Add the suite's name to the run key, so that each"
                    + " suite of a build has a run of its own.");
        }
    }

    /**
     * Opens the run, or fills in what an earlier call did not know.
     *
     * @return the key of the run in this coordinator
     * @throws OtherSuiteException when the key is that of another suite's run
     */
    public long open(Project project, String runKey, Opening opening) {
        if (runKey.isBlank() || runKey.length() > MOST_KEY) {
            throw new IllegalArgumentException("The key of a run must have 1 to " + MOST_KEY + " characters.");
        }
        return database.writer().write(tx -> {
            long suite = suite(tx, project.id(), opening.source().suite());
            Optional<RunRow> found = RunRow.load(tx, project.id(), runKey);
            if (found.isPresent() && found.get().suiteId != suite) {
                throw new OtherSuiteException(runKey);
            }
            long id = found.map(run -> run.id).orElseGet(() -> insert(tx, project, runKey, opening, suite));
            update(tx, id, opening);
            tx.afterCommit(() -> changed.accept(id));
            return id;
        });
    }

    /** Finishes the run and returns its verdict; empty when nobody has opened it. Events may still follow. */
    public Optional<RunVerdict> finish(Project project, String runKey, Finish finish) {
        return database.writer().write(tx -> {
            Optional<RunRow> found = RunRow.load(tx, project.id(), runKey);
            found.ifPresent(run -> {
                if (run.finishedMs == 0) {
                    run.finishedMs = Math.max(1, clock.millis());
                }
                run.discovered = finish.discovered() > 0 ? finish.discovered() : run.discovered;
                run.executed = finish.executed();
                run.missing = MissingTests.format(
                        finish.missing().stream().limit(MOST_MISSING).toList());
                run.exitCode = finish.exitCode();
                tx.update(
                        "update run_test set running = 0, version = ? where run_id = ? and running = 1",
                        run.version + 1,
                        run.id);
                run.running = 0;
                run.save(tx);
                Judge.of(tx, run.frame()).judge(Judge.Which.ALL);
                tx.afterCommit(() -> changed.accept(run.id));
            });
            return found.map(RunRow::verdict);
        });
    }

    private static long suite(Transaction tx, long project, String config) {
        String select = "select id from suite where project_id = ? and config = ?";
        return tx.first(select, row -> row.getLong(1), project, config)
                .orElseGet(() -> tx.insert(
                        "insert into suite (project_id, config) values (?, ?) returning id", project, config));
    }

    private long insert(Transaction tx, Project project, String runKey, Opening opening, long suite) {
        RunSource source = opening.source();
        // A run that names no branch is somebody's own machine: there is nothing else to compare it with.
        boolean stable = source.pullRequest().isEmpty()
                && (source.branch().isEmpty() || project.stableBranches().contains(source.branch()));
        long id = tx.insert(
                """
                insert into run (project_id, suite_id, run_key, branch, commit_sha, commit_ordinal, ci_url, pull_request,
                  stable, discovered, executors, created_ms, begun_ms, last_event_ms, finished_ms, exit_code, missing,
                  executed, verdict, tests, passed, flaky, failed, skipped, running, setup_failed, healed, heals, errors,
                  attempts, test_ms, version)
                values (?, ?, ?, ?, ?, 0, ?, ?, ?, 0, 0, ?, 0, 0, 0, -1, '', 0, '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                returning id""",
                project.id(),
                suite,
                runKey,
                source.branch(),
                source.commit(),
                source.ciUrl(),
                source.pullRequest(),
                stable ? 1 : 0,
                clock.millis());
        tx.update("""
                update run set commit_ordinal = (select min(o.id) from run o where o.suite_id = ? and o.commit_sha = ?)
                where id = ?""", suite, source.commit(), id);
        return id;
    }

    private static void update(Transaction tx, long id, Opening opening) {
        RunSource source = opening.source();
        tx.update(
                """
                update run set branch = case when branch = '' then ? else branch end,
                  commit_sha = case when commit_sha = '' then ? else commit_sha end,
                  ci_url = case when ci_url = '' then ? else ci_url end,
                  pull_request = case when pull_request = '' then ? else pull_request end,
                  discovered = max(discovered, ?), executors = max(executors, ?)
                where id = ?""",
                source.branch(),
                source.commit(),
                source.ciUrl(),
                source.pullRequest(),
                Math.max(0, opening.discovered()),
                Math.max(0, opening.executors()),
                id);
    }
}
