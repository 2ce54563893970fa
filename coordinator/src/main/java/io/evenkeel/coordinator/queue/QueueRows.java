package io.evenkeel.coordinator.queue;

import io.evenkeel.coordinator.database.Transaction;
import io.evenkeel.coordinator.history.Codes;
import io.evenkeel.pipeline.queue.Journal;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.QueueMachine.Kept;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The rows of one queue.
 *
 * <p>Gathers what one request changes and writes each row once. One thread: the writer's.
 */
final class QueueRows implements Journal {

    private final long run;
    private final Map<Integer, StoredItem> items = new TreeMap<>();
    private final Map<Long, StoredMember> members = new HashMap<>();
    private Optional<Numbers> numbers = Optional.empty();
    private Optional<Transaction> transaction = Optional.empty();

    QueueRows(long run) {
        this.run = run;
    }

    /** Begins a request: what is asked until {@link #save} is asked in this transaction. */
    void begin(Transaction tx) {
        transaction = Optional.of(tx);
    }

    @Override
    public boolean hasArrived(String test) {
        return transaction
                .flatMap(tx -> tx.first("""
                        select x.verdict from test t join run r on r.suite_id = t.suite_id
                          join run_test x on x.test_id = t.id and x.run_id = r.id
                        where r.id = ? and t.playwright_id = ?""", row -> row.getInt(1), run, test))
                .filter(verdict -> verdict == Codes.PASSED || verdict == Codes.FLAKY || verdict == Codes.SKIPPED)
                .isPresent();
    }

    @Override
    public void item(StoredItem item) {
        items.put(item.position(), item);
    }

    @Override
    public void member(StoredMember member) {
        members.put(member.token(), member);
    }

    @Override
    public void numbers(Numbers changed) {
        numbers = Optional.of(changed);
    }

    /** Writes what has changed. */
    void save(Transaction tx) {
        for (StoredItem item : items.values()) {
            tx.later(
                    """
                    insert into queue_item (run_id, position, item, tests, estimate_ns, handover, holder, state, results, revision)
                    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (run_id, position) do update
                    set holder = excluded.holder, state = excluded.state, results = excluded.results,
                      revision = excluded.revision""",
                    run,
                    item.position(),
                    item.item().id(),
                    String.join("\n", item.item().tests()),
                    item.item().estimate().toNanos(),
                    item.item().handover().name(),
                    item.holder(),
                    item.state().name(),
                    item.results(),
                    item.revision());
        }
        for (StoredMember member : members.values()) {
            tx.later(
                    """
                    insert into queue_member (run_id, token, shard, executor, spool, lanes, state, joined_ms)
                    values (?, ?, ?, ?, ?, ?, ?, ?)
                    on conflict (run_id, token) do update set state = excluded.state""",
                    run,
                    member.token(),
                    member.who().shard(),
                    member.who().executor(),
                    member.who().spool(),
                    member.who().lanes(),
                    member.state().name(),
                    member.joinedMs());
        }
        numbers.ifPresent(n -> tx.later(
                "update queue set last_token = ?, revision = ?, state = ?, late = ?, handed_over = ? where run_id = ?",
                n.lastToken(),
                n.revision(),
                n.state().name(),
                n.late(),
                n.handedOver(),
                run));
        forget();
    }

    /** Drops what was gathered. */
    void forget() {
        transaction = Optional.empty();
        items.clear();
        members.clear();
        numbers = Optional.empty();
    }

    /** Reads the queue, empty when the run has none. */
    static Optional<Kept> load(Transaction tx, long run) {
        return tx.first(
                        "select last_token, revision, state, late, handed_over from queue where run_id = ?",
                        row -> new Numbers(
                                row.getLong(1),
                                row.getInt(2),
                                QueueState.valueOf(row.getString(3)),
                                row.getInt(4),
                                row.getInt(5)),
                        run)
                .map(numbers -> new Kept(items(tx, run), members(tx, run), numbers));
    }

    private static List<StoredItem> items(Transaction tx, long run) {
        return tx.all(
                """
                select position, item, tests, estimate_ns, handover, holder, state, results, revision
                from queue_item where run_id = ? order by position""",
                row -> new StoredItem(
                        row.getInt(1),
                        new QueueItem(
                                row.getString(2),
                                row.getString(3).lines().toList(),
                                Duration.ofNanos(row.getLong(4)),
                                QueueItem.Handover.valueOf(row.getString(5))),
                        row.getLong(6),
                        ItemState.valueOf(row.getString(7)),
                        row.getString(8),
                        row.getInt(9)),
                run);
    }

    private static List<StoredMember> members(Transaction tx, long run) {
        return tx.all(
                """
                select token, shard, executor, spool, lanes, state, joined_ms
                from queue_member where run_id = ? order by token""",
                row -> new StoredMember(
                        row.getLong(1),
                        new Member(row.getInt(2), row.getString(3), row.getString(4), row.getInt(5), Member.Again.REST),
                        MemberState.valueOf(row.getString(6)),
                        row.getLong(7)),
                run);
    }
}
