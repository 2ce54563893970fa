package io.evenkeel.coordinator.queue;

import io.evenkeel.coordinator.database.Database;
import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueMachine;
import io.evenkeel.pipeline.queue.QueueView;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Uncounted;
import io.evenkeel.pipeline.queue.Terms;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.LongConsumer;

/**
 * The queues of all runs.
 *
 * <p>A queue in use is in memory, and only the writer's thread touches it; every change is written in the transaction of its request, so the answer
 * goes out when it is on disk. A request that fails forgets the queue in memory, and the next one reads it again. Thread-safe.
 */
public final class RunQueues {

    /** Queues in memory; one of 100,000 tests takes about 50 MB. */
    private static final int MOST_LOADED = 16;

    private final Database database;
    private final Terms terms;
    private final InstantSource clock;
    private final LongConsumer changed;
    private final Map<Long, Loaded> loaded = new LinkedHashMap<>(16, 0.75f, true);

    private record Loaded(QueueMachine machine, QueueRows rows) {}

    /**
     * Works on this database.
     *
     * @param changed is told the id of each run that was cancelled, after the commit
     */
    public RunQueues(Database database, Terms terms, InstantSource clock, LongConsumer changed) {
        this.database = database;
        this.terms = terms;
        this.clock = clock;
        this.changed = changed;
    }

    /** What came of the wish for a queue. */
    public enum Opened {
        /** The items of the wish are the queue. */
        CREATED,
        /** There was one for the same tests already. */
        JOINED,
        /** There is none, and the wish had no items. */
        NONE,
        /** There is one for other tests. */
        OTHER_SUITE
    }

    /**
     * A queue that can be used, or why not.
     *
     * @param order ids of the items by position; empty unless {@code JOINED}
     */
    public record Opening(Opened opened, List<String> order) {

        public Opening {
            order = List.copyOf(order);
        }
    }

    /**
     * Opens the queue of a run; the first one who brings items decides.
     *
     * @throws IllegalArgumentException when an item or a test is there twice
     */
    public Opening open(long run, QueueWish wish) {
        return database.writer().write(tx -> {
            Optional<String> digest =
                    tx.first("select digest from queue where run_id = ?", row -> row.getString(1), run);
            if (digest.isPresent()) {
                return digest.get().equals(wish.digest())
                        ? new Opening(
                                Opened.JOINED,
                                load(tx, run).orElseThrow().machine.order())
                        : new Opening(Opened.OTHER_SUITE, List.of());
            }
            if (wish.items().isEmpty()) {
                return new Opening(Opened.NONE, List.of());
            }
            tx.update("""
                    insert into queue (run_id, digest, strategy, machines, created_ms, last_token, revision, state, late, handed_over)
                    values (?, ?, ?, ?, ?, 0, 0, 'OPEN', 0, 0)""", run, wish.digest(), wish.strategy(), wish.machines(), clock.millis());
            QueueRows rows = new QueueRows(run);
            QueueMachine machine = QueueMachine.create(wish.items(), terms, rows);
            rows.save(tx);
            keep(tx, run, new Loaded(machine, rows));
            if (isCancelled(tx, run)) {
                machine.cancel(clock.instant());
                rows.save(tx);
            }
            return new Opening(Opened.CREATED, List.of());
        });
    }

    /** Admits an agent; empty when the run has no queue. */
    public Optional<Admission> join(long run, Member who) {
        return change(run, (tx, machine) -> machine.join(who, clock.instant()));
    }

    /** Grants work; empty when the run has no queue. */
    public Optional<Reply> claim(long run, long token, Ask ask) {
        return change(run, (tx, machine) -> machine.claim(token, ask, clock.instant()));
    }

    /** Renews a lease and counts those results that have arrived; empty when the run has no queue. */
    public Optional<Reply> heartbeat(long run, long token, List<Ended> ended, int since) {
        return change(run, (tx, machine) -> {
            List<Ended> arrived = new ArrayList<>();
            List<String> missing = new ArrayList<>();
            for (Ended one : ended) {
                if (arrived(tx, run, one.test())) {
                    arrived.add(one);
                } else {
                    missing.add(one.test());
                }
            }
            Reply reply = machine.heartbeat(token, arrived, since, clock.instant());
            return reply.match(
                    going -> new Going(
                            going.granted(),
                            going.changes(),
                            going.standing(),
                            new Uncounted(going.uncounted().refused(), missing)),
                    stale -> stale,
                    away -> away);
        });
    }

    /** Ends a lease; false when the run has no queue. */
    public boolean leave(long run, long token, List<Ended> safe, List<Ended> ended) {
        return change(run, (tx, machine) -> {
                    List<Ended> counted = new ArrayList<>(safe);
                    ended.stream().filter(one -> arrived(tx, run, one.test())).forEach(counted::add);
                    machine.leave(token, counted, clock.instant());
                    return true;
                })
                .isPresent();
    }

    /** Calls the run off, whether it has a queue or not; repeated calls change nothing. Returns the phase it is in afterwards. */
    public RunPhase cancel(long run) {
        return database.writer().write(tx -> {
            if (phase(tx, run) == RunPhase.FINISHED) {
                return RunPhase.FINISHED;
            }
            int rows = tx.update(
                    "insert into run_cancel (run_id, at_ms) values (?, ?) on conflict (run_id) do nothing",
                    run,
                    Math.max(1, clock.millis()));
            if (rows > 0) {
                load(tx, run).ifPresent(queue -> {
                    queue.machine.cancel(clock.instant());
                    queue.rows.save(tx);
                });
                tx.afterCommit(() -> changed.accept(run));
            }
            return RunPhase.CANCELLED;
        });
    }

    /**
     * A run on its way.
     *
     * @param strategy empty without a queue
     * @param queue empty for a run that is split by a plan alone
     */
    public record Overview(RunPhase phase, String strategy, Optional<QueueView> queue) {}

    /** Returns where a run is. */
    public Overview overview(long run) {
        return database.writer().write(tx -> {
            Optional<QueueView> view = load(tx, run).map(queue -> {
                QueueView seen = queue.machine.view(clock.instant());
                queue.rows.save(tx);
                return seen;
            });
            String strategy = tx.first("select strategy from queue where run_id = ?", row -> row.getString(1), run)
                    .orElse("");
            return new Overview(phase(tx, run), strategy, view);
        });
    }

    /** Returns where a run is, without waiting for the writer. */
    public RunPhase phase(long run) {
        return database.reader()
                .withHandle(handle -> handle.createQuery("""
                        select r.finished_ms, r.begun_ms,
                          coalesce((select c.at_ms from run_cancel c where c.run_id = r.id), 0) as cancelled_ms,
                          exists (select 1 from queue_member m where m.run_id = r.id) as joined
                        from run r where r.id = :run""")
                        .bind("run", run)
                        .map((row, context) -> RunPhase.of(
                                row.getLong("cancelled_ms"),
                                row.getLong("finished_ms"),
                                row.getBoolean("joined") || row.getLong("begun_ms") > 0))
                        .findOne()
                        .orElse(RunPhase.PLANNED));
    }

    private static RunPhase phase(Transaction tx, long run) {
        long cancelled = tx.first("select at_ms from run_cancel where run_id = ?", row -> row.getLong(1), run)
                .orElse(0L);
        boolean joined = tx.first("select 1 from queue_member where run_id = ? limit 1", row -> row.getInt(1), run)
                .isPresent();
        return tx.first(
                        "select finished_ms, begun_ms from run where id = ?",
                        row -> RunPhase.of(cancelled, row.getLong(1), joined || row.getLong(2) > 0),
                        run)
                .orElse(RunPhase.PLANNED);
    }

    private static boolean isCancelled(Transaction tx, long run) {
        return tx.first("select 1 from run_cancel where run_id = ?", row -> row.getInt(1), run)
                .isPresent();
    }

    private static boolean arrived(Transaction tx, long run, String test) {
        return tx.first("""
                        select 1 from test t join run r on r.suite_id = t.suite_id
                          join run_test x on x.test_id = t.id and x.run_id = r.id
                        where r.id = ? and t.playwright_id = ? and x.statuses <> ''""", row -> row.getInt(1), run, test).isPresent();
    }

    private <T> Optional<T> change(long run, BiFunction<Transaction, QueueMachine, T> work) {
        return database.writer().write(tx -> {
            Optional<Loaded> queue = load(tx, run);
            return queue.map(found -> {
                T answer = work.apply(tx, found.machine);
                found.rows.save(tx);
                return answer;
            });
        });
    }

    private Optional<Loaded> load(Transaction tx, long run) {
        Loaded there = loaded.get(run);
        if (there != null) {
            there.rows.begin(tx);
            tx.afterRollback(() -> loaded.remove(run));
            return Optional.of(there);
        }
        Instant now = clock.instant();
        return QueueRows.load(tx, run).map(kept -> {
            QueueRows rows = new QueueRows(run);
            Loaded read = new Loaded(QueueMachine.restore(kept, terms, rows, now), rows);
            keep(tx, run, read);
            rows.begin(tx);
            return read;
        });
    }

    private void keep(Transaction tx, long run, Loaded queue) {
        loaded.put(run, queue);
        tx.afterRollback(() -> loaded.remove(run));
        if (loaded.size() > MOST_LOADED) {
            loaded.remove(loaded.keySet().iterator().next());
        }
    }
}
