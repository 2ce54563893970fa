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

    private static final char NONE = '.';

    private final Journal journal;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<String, Integer> positions = new HashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final BitSet open = new BitSet();
    private final Map<Long, Holder> holders = new HashMap<>();

    /** Position that was granted or given back at each revision, the first at index 0; -1 where that is not known any more. */
    private final List<Integer> log = new ArrayList<>();

    private long queuedNanos;
    private int heldCount;

    private static final class Slot {
        private final QueueItem item;
        private final char[] results;
        private long holder;
        private ItemState state = ItemState.OPEN;
        private int revision;

        Slot(QueueItem item) {
            this.item = item;
            this.results = String.valueOf(NONE).repeat(item.tests().size()).toCharArray();
        }

        boolean complete() {
            for (char result : results) {
                if (result == NONE) {
                    return false;
                }
            }
            return true;
        }

        List<String> rest() {
            List<String> rest = new ArrayList<>();
            for (int i = 0; i < results.length; i++) {
                if (results[i] == NONE) {
                    rest.add(item.tests().get(i));
                }
            }
            return rest;
        }
    }

    /** What an agent holds and has not done. */
    private static final class Holder {
        private final Set<Integer> held = new HashSet<>();
        private long nanos;
    }

    QueueItems(Journal journal) {
        this.journal = journal;
    }

    static QueueItems restore(List<StoredItem> stored, int revision, Journal journal) {
        QueueItems items = new QueueItems(Journal.NONE);
        for (int i = 0; i < revision; i++) {
            items.log.add(-1);
        }
        QueueItems restored = new QueueItems(journal);
        restored.log.addAll(items.log);
        for (StoredItem one : stored) {
            Slot slot = new Slot(one.item());
            one.results().getChars(0, slot.results.length, slot.results, 0);
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
                restored.hold(position, slot);
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
        int position = place(new Slot(item));
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
        Holder holder = holders.get(token);
        return holder == null ? Duration.ZERO : Duration.ofNanos(holder.nanos);
    }

    int heldCount() {
        return heldCount;
    }

    int heldBy(long token) {
        Holder holder = holders.get(token);
        return holder == null ? 0 : holder.held.size();
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
                granted.add(new Granted(position, slot.rest()));
            }
        }
        return granted;
    }

    /** Returns what an agent holds and has not done. */
    List<Granted> held(long token) {
        Holder holder = holders.get(token);
        return holder == null
                ? List.of()
                : holder.held.stream()
                        .sorted()
                        .map(position ->
                                new Granted(position, slots.get(position).rest()))
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
        hold(position, slot);
        changed(position, slot);
        return new Granted(position, slot.rest());
    }

    private void hold(int position, Slot slot) {
        Holder holder = holders.computeIfAbsent(slot.holder, key -> new Holder());
        if (holder.held.add(position)) {
            heldCount++;
        }
        holder.nanos += slot.item.estimate().toNanos();
    }

    private void release(int position, Slot slot) {
        Holder holder = holders.get(slot.holder);
        if (holder != null && holder.held.remove(position)) {
            heldCount--;
            holder.nanos -= slot.item.estimate().toNanos();
        }
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
        int at = slot.item.tests().indexOf(ended.test());
        if (slot.results[at] == ended.result().letter()) {
            return true;
        }
        slot.results[at] = ended.result().letter();
        if (slot.state == ItemState.HELD && slot.complete()) {
            release(position, slot);
            slot.state = ItemState.DONE;
        }
        save(position);
        return true;
    }

    /** Opens what the agent has not done; returns how many items. What it did and could not tell any more is done. */
    int giveBack(long token) {
        Holder holder = holders.remove(token);
        if (holder == null) {
            return 0;
        }
        heldCount -= holder.held.size();
        int opened = 0;
        for (int position : holder.held.stream().sorted().toList()) {
            Slot slot = slots.get(position);
            for (int i = 0; i < slot.results.length; i++) {
                if (slot.results[i] == NONE
                        && journal.hasArrived(slot.item.tests().get(i))) {
                    slot.results[i] = Ended.Result.PASSED.letter();
                }
            }
            if (slot.complete()) {
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
            java.util.Arrays.fill(slot.results, NONE);
        }
        slot.state = ItemState.OPEN;
        open.set(position);
        queuedNanos += slot.item.estimate().toNanos();
        changed(position, slot);
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
            boolean failed = new String(slot.results).indexOf('f') >= 0;
            if (slot.state == ItemState.DONE && !failed && rest) {
                passed += slot.results.length;
                continue;
            }
            if (!rest) {
                java.util.Arrays.fill(slot.results, NONE);
            }
            if (slot.state == ItemState.DONE) {
                for (int i = 0; i < slot.results.length; i++) {
                    if (slot.results[i] == NONE || slot.results[i] == 'f' || slot.item.handover() == Handover.WHOLE) {
                        slot.results[i] = NONE;
                    } else {
                        passed++;
                    }
                }
                slot.state = ItemState.OPEN;
                open.set(position);
                queuedNanos += slot.item.estimate().toNanos();
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
        int held =
                holders.values().stream().mapToInt(holder -> holder.held.size()).sum();
        int free = open.cardinality();
        return new QueueView.Items(free, held, slots.size() - held - free, queued());
    }

    QueueView.Tests tests() {
        int waiting = 0;
        int passed = 0;
        int failed = 0;
        for (Slot slot : slots) {
            for (char result : slot.results) {
                if (result == 'p') {
                    passed++;
                } else if (result == 'f') {
                    failed++;
                } else {
                    waiting++;
                }
            }
        }
        return new QueueView.Tests(waiting, passed, failed);
    }

    private void changed(int position, Slot slot) {
        log.add(position);
        slot.revision = log.size();
        save(position);
    }

    private void save(int position) {
        Slot slot = slots.get(position);
        journal.item(
                new StoredItem(position, slot.item, slot.holder, slot.state, new String(slot.results), slot.revision));
    }
}
