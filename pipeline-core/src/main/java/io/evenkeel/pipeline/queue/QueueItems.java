package io.evenkeel.pipeline.queue;

import io.evenkeel.pipeline.queue.Journal.ItemState;
import io.evenkeel.pipeline.queue.Journal.StoredItem;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The items of a queue and who has them.
 *
 * <p>What an agent asks for all the time costs nothing that grows with the queue: open items are bits, changes a log by revision, sums are kept. One thread.
 */
final class QueueItems {

    private final Journal journal;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final BitSet open = new BitSet();
    private final Holders holders = new Holders();

    /** Position that was granted or given back at each revision, the first at index 0; -1 where that is not known any more. */
    private final List<Integer> log = new ArrayList<>();

    private long queuedNanos;

    private static final class Slot {
        private final QueueItem item;
        private final ItemResults results;
        private long holder;
        private ItemState state = ItemState.OPEN;
        private int revision;

        Slot(QueueItem item, ItemResults results) {
            this.item = item;
            this.results = results;
        }
    }

    QueueItems(Journal journal) {
        this.journal = journal;
    }

    static QueueItems restore(List<StoredItem> stored, int revision, Journal journal) {
        QueueItems restored = new QueueItems(journal);
        restored.log.addAll(Collections.nCopies(revision, -1));
        for (StoredItem one : stored) {
            Slot slot = new Slot(one.item(), ItemResults.restore(one.item().tests(), one.results()));
            slot.holder = one.holder();
            slot.state = one.state();
            slot.revision = one.revision();
            int position = restored.place(slot);
            if (one.revision() > 0) {
                restored.log.set(one.revision() - 1, position);
            }
            if (one.state() != ItemState.OPEN) {
                restored.open.clear(position);
                restored.queuedNanos -= one.item().estimate().toNanos();
            }
            if (one.state() == ItemState.HELD) {
                restored.holders.add(slot.holder, position, slot.item.estimate());
            }
        }
        return restored;
    }

    /**
     * Adds an item at the end.
     *
     * @throws IllegalArgumentException when the item or one of its tests is there already
     */
    void add(QueueItem item) {
        int position = place(new Slot(item, new ItemResults(item.tests())));
        save(position);
    }

    private int place(Slot slot) {
        QueueItem item = slot.item;
        if (!ids.add(item.id())) {
            throw new IllegalArgumentException("The item (" + item.id() + ") of a queue must be there once.");
        }
        int position = slots.size();
        for (String test : item.tests()) {
            if (positions.putIfAbsent(test, position) != null) {
                throw new IllegalArgumentException("The test (" + test + ") of a queue must be there once.\n"
                        + "Maybe two projects of the configuration have the same name.");
            }
        }
        slots.add(slot);
        open.set(position);
        queuedNanos += item.estimate().toNanos();
        return position;
    }

    List<String> order() {
        return slots.stream().map(slot -> slot.item.id()).toList();
    }

    int revision() {
        return log.size();
    }

    int openCount() {
        return open.cardinality();
    }

    boolean anyOpen(int after) {
        return open.nextSetBit(Math.max(0, after + 1)) >= 0;
    }

    Duration queued() {
        return Duration.ofNanos(queuedNanos);
    }

    Duration left(long token) {
        return holders.left(token);
    }

    int heldCount() {
        return holders.count();
    }

    int heldBy(long token) {
        return holders.count(token);
    }

    /** Grants the items of these tests that are open or the agent's own already. */
    List<Granted> take(long token, List<String> tests) {
        Set<Integer> wanted = new java.util.LinkedHashSet<>();
        List<String> unknown = new ArrayList<>();
        for (String test : tests) {
            Integer position = positions.get(test);
            if (position == null) {
                unknown.add(test);
            } else {
                wanted.add(position);
            }
        }
        if (!unknown.isEmpty()) {
            List<String> once = unknown.stream().distinct().toList();
            QueueItem added = new QueueItem("met " + once.get(0), once, Duration.ZERO, Handover.REST);
            add(added);
            wanted.add(slots.size() - 1);
        }
        List<Granted> granted = new ArrayList<>();
        for (int position : wanted) {
            Slot slot = slots.get(position);
            if (slot.state == ItemState.OPEN) {
                granted.add(grant(token, position));
            } else if (slot.state == ItemState.HELD && slot.holder == token) {
                granted.add(new Granted(position, slot.results.rest()));
            }
        }
        return granted;
    }

    /** Returns what an agent holds and has not done. */
    List<Granted> held(long token) {
        return holders.positions(token).stream()
                .map(position ->
                        new Granted(position, slots.get(position).results.rest()))
                .toList();
    }

    /** Grants open items behind a position until their estimates reach the target. */
    List<Granted> takeAhead(long token, int after, Duration target, int least) {
        List<Granted> granted = new ArrayList<>();
        long sum = 0;
        for (int position = open.nextSetBit(Math.max(0, after + 1));
                position >= 0;
                position = open.nextSetBit(position + 1)) {
            long estimate = slots.get(position).item.estimate().toNanos();
            if (granted.size() >= least && sum + estimate > target.toNanos()) {
                break;
            }
            sum += estimate;
            granted.add(grant(token, position));
        }
        return granted;
    }

    private Granted grant(long token, int position) {
        Slot slot = slots.get(position);
        open.clear(position);
        queuedNanos -= slot.item.estimate().toNanos();
        slot.holder = token;
        slot.state = ItemState.HELD;
        holders.add(token, position, slot.item.estimate());
        changed(position, slot);
        return new Granted(position, slot.results.rest());
    }

    /** Notes a result; returns false when the test is another agent's. One that nobody has was run while the queue could not be asked: it is this agent's now. */
    boolean ended(long token, Ended ended) {
        Integer position = positions.get(ended.test());
        if (position == null) {
            return false;
        }
        Slot slot = slots.get(position);
        if (slot.state == ItemState.OPEN) {
            grant(token, position);
        }
        if (slot.holder != token) {
            return false;
        }
        if (!slot.results.note(ended)) {
            return true;
        }
        if (slot.state == ItemState.HELD && slot.results.isComplete()) {
            holders.remove(token, position, slot.item.estimate());
            slot.state = ItemState.DONE;
        }
        save(position);
        return true;
    }

    /** Opens what the agent has not done; returns how many items. What it did and could not tell any more is done. */
    int giveBack(long token) {
        int opened = 0;
        for (int position : holders.removeAll(token)) {
            Slot slot = slots.get(position);
            slot.results.passArrived(journal::hasArrived);
            if (slot.results.isComplete()) {
                slot.state = ItemState.DONE;
                save(position);
            } else {
                reopen(position, slot);
                opened++;
            }
        }
        return opened;
    }

    private void reopen(int position, Slot slot) {
        if (slot.item.handover() == Handover.WHOLE) {
            slot.results.clear();
        }
        putBack(position, slot);
        changed(position, slot);
    }

    private void putBack(int position, Slot slot) {
        slot.state = ItemState.OPEN;
        open.set(position);
        queuedNanos += slot.item.estimate().toNanos();
    }

    /** What an agent gets back of an earlier one of its shard. */
    record TakenBack(List<Granted> granted, int passed) {}

    /** Grants what an agent that is gone had last and did not pass. */
    TakenBack takeBack(long from, long to, Member.Again again) {
        List<Granted> granted = new ArrayList<>();
        int passed = 0;
        for (int position = 0; position < slots.size(); position++) {
            Slot slot = slots.get(position);
            if (slot.holder != from || slot.state == ItemState.HELD) {
                continue;
            }
            boolean rest = again == Member.Again.REST;
            boolean failed = slot.results.count(Ended.Result.FAILED) > 0;
            if (slot.state == ItemState.DONE && !failed && rest) {
                passed += slot.item.tests().size();
                continue;
            }
            if (!rest || (slot.state == ItemState.DONE && slot.item.handover() == Handover.WHOLE)) {
                slot.results.clear();
            }
            if (slot.state == ItemState.DONE) {
                slot.results.clearFailed();
                passed += slot.results.count(Ended.Result.PASSED);
                putBack(position, slot);
            }
            granted.add(grant(to, position));
        }
        return new TakenBack(granted, passed);
    }

    /** Returns what has changed for this agent since a revision. */
    Changes changes(long token, int since) {
        BitSet taken = new BitSet();
        BitSet free = new BitSet();
        for (int at = Math.max(0, since); at < log.size(); at++) {
            int position = log.get(at);
            if (position < 0) {
                continue;
            }
            Slot slot = slots.get(position);
            if (slot.state == ItemState.OPEN) {
                free.set(position);
            } else if (slot.holder != token) {
                taken.set(position);
            }
        }
        return new Changes(log.size(), spans(taken), spans(free));
    }

    private static List<Span> spans(BitSet bits) {
        List<Span> spans = new ArrayList<>();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            spans.add(new Span(first, end - 1));
            first = bits.nextSetBit(end);
        }
        return spans;
    }

    /** What an agent has or had last. */
    record Holding(int items, Duration estimated) {
        static final Holding NOTHING = new Holding(0, Duration.ZERO);
    }

    /** Returns what each agent has or had last, by token. */
    Map<Long, Holding> holdings() {
        Map<Long, Holding> holdings = new HashMap<>();
        for (Slot slot : slots) {
            if (slot.state != ItemState.OPEN) {
                holdings.merge(
                        slot.holder,
                        new Holding(1, slot.item.estimate()),
                        (one, other) -> new Holding(
                                one.items() + other.items(), one.estimated().plus(other.estimated())));
            }
        }
        return holdings;
    }

    QueueView.Items counts() {
        int free = open.cardinality();
        int done = slots.size() - heldCount() - free;
        return new QueueView.Items(free, heldCount(), done, queued());
    }

    QueueView.Tests tests() {
        int passed = 0;
        int failed = 0;
        for (Slot slot : slots) {
            passed += slot.results.count(Ended.Result.PASSED);
            failed += slot.results.count(Ended.Result.FAILED);
        }
        return new QueueView.Tests(positions.size() - passed - failed, passed, failed);
    }

    private void changed(int position, Slot slot) {
        log.add(position);
        slot.revision = log.size();
        save(position);
    }

    private void save(int position) {
        Slot slot = slots.get(position);
        journal.item(new StoredItem(position, slot.item, slot.holder, slot.state, slot.results.text(), slot.revision));
    }
}
