package io.evenkeel.pipeline.queue;

import io.evenkeel.pipeline.queue.Journal.MemberState;
import io.evenkeel.pipeline.queue.Journal.Numbers;
import io.evenkeel.pipeline.queue.Journal.QueueState;
import io.evenkeel.pipeline.queue.Journal.StoredItem;
import io.evenkeel.pipeline.queue.Journal.StoredMember;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Stale;
import io.evenkeel.pipeline.queue.Reply.Standing;
import io.evenkeel.pipeline.split.Grant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Decides who runs what: leases, hand-over, fencing.
 *
 * <p>An item belongs to at most one agent. An agent that is silent for a lease loses what it has not done; its token is worth nothing from then on. Every
 * grant and every return has a revision, so that an agent learns with each answer what changed in the claimed set since its last one. A
 * clock that goes backwards is taken for one that stands still. Pure but for its own state; one thread.
 */
public final class QueueMachine {

    private final Terms terms;
    private final Journal journal;
    private final QueueItems items;
    private final Map<Long, Party> parties = new TreeMap<>();

    /** Agents whose lease holds, the longest silent first. So an answer does not look at every agent either. */
    private final Map<Long, Party> bySilence = new LinkedHashMap<>();

    private long lastToken;
    private QueueState state = QueueState.OPEN;
    private int late;
    private int handedOver;
    private Instant now = Instant.MIN;

    /** No lease ends before this: who is heard only puts the end of a lease off. So a claim does not look at every agent. */
    private Instant nextEnd = Instant.MIN;

    /** An agent with what changes all the time and is not kept: a restart of the queue renews every lease. */
    private static final class Party {
        private StoredMember stored;
        private Instant heard;
        private Instant busySince;
        private int passed;

        Party(StoredMember stored, Instant heard) {
            this.stored = stored;
            this.heard = heard;
            this.busySince = heard;
        }

        boolean active() {
            return stored.state() == MemberState.ACTIVE;
        }
    }

    private QueueMachine(Terms terms, Journal journal, QueueItems items) {
        this.terms = terms;
        this.journal = journal;
        this.items = items;
    }

    /**
     * Returns a new queue.
     *
     * @param items in the order to hand them out
     * @throws IllegalArgumentException when an item or a test is there twice
     */
    public static QueueMachine create(List<QueueItem> items, Terms terms, Journal journal) {
        QueueItems all = new QueueItems(journal);
        items.forEach(all::add);
        QueueMachine machine = new QueueMachine(terms, journal, all);
        machine.saveNumbers();
        return machine;
    }

    /** Returns a queue as it was kept; every lease that had not ended begins anew. */
    public static QueueMachine restore(Kept kept, Terms terms, Journal journal, Instant now) {
        QueueMachine machine = new QueueMachine(
                terms, journal, QueueItems.restore(kept.items(), kept.numbers().revision(), journal));
        for (StoredMember member : kept.members()) {
            Party party = new Party(member, now);
            machine.parties.put(member.token(), party);
            if (party.active()) {
                machine.bySilence.put(member.token(), party);
            }
        }
        machine.lastToken = kept.numbers().lastToken();
        machine.state = kept.numbers().state();
        machine.late = kept.numbers().late();
        machine.handedOver = kept.numbers().handedOver();
        machine.now = now;
        return machine;
    }

    /** Everything a {@link Journal} was told last. */
    public record Kept(List<StoredItem> items, List<StoredMember> members, Numbers numbers) {
        public Kept {
            items = List.copyOf(items);
            members = List.copyOf(members);
        }
    }

    /** Returns the ids of the items by position. */
    public List<String> order() {
        return items.order();
    }

    /**
     * Admits an agent. A shard whose earlier agents have all gone, or have been silent for two heartbeats, gets back what they had and did not pass;
     * while one of them is alive, both work side by side. An agent that asks again, because the answer was lost, has its place already.
     */
    public Admission join(Member who, Instant at) {
        tick(at);
        Optional<Party> known = parties.values().stream()
                .filter(party -> party.active() && isSameStart(party.stored.who(), who))
                .findFirst();
        if (known.isPresent()) {
            Party party = known.get();
            hear(party);
            long token = party.stored.token();
            return new Admission(token, terms, items.held(token), party.passed, List.of());
        }
        List<Granted> back = new ArrayList<>();
        int passed = 0;
        StoredMember member = new StoredMember(++lastToken, who, MemberState.ACTIVE, now.toEpochMilli());
        List<Party> earlier = who.shard() == 0
                ? List.of()
                : parties.values().stream()
                        .filter(party -> party.stored.who().shard() == who.shard())
                        .toList();
        Duration silence = terms.heartbeat().multipliedBy(2);
        boolean gone = earlier.stream()
                .noneMatch(party -> party.active() && party.heard.plus(silence).isAfter(now));
        Party party = new Party(member, now);
        parties.put(member.token(), party);
        hear(party);
        Instant end = now.plus(terms.lease());
        nextEnd = end.isBefore(nextEnd) ? end : nextEnd;
        if (gone && state == QueueState.OPEN) {
            for (Party old : earlier) {
                if (old.active()) {
                    end(old, MemberState.EXPIRED);
                }
                QueueItems.TakenBack taken = items.takeBack(old.stored.token(), member.token(), who.again());
                passed += taken.passed();
                back.addAll(taken.granted());
            }
        }
        party.passed = passed;
        journal.member(member);
        saveNumbers();
        return new Admission(member.token(), terms, back, passed, List.of());
    }

    /** Each start of an agent has a spool of its own. */
    private static boolean isSameStart(Member one, Member other) {
        return !one.spool().isEmpty()
                && one.spool().equals(other.spool())
                && one.executor().equals(other.executor());
    }

    /** Grants what is asked for and free, and some more; see {@link Ask}. Tests the queue has never heard of are added to it. */
    public Reply claim(long token, Ask ask, Instant at) {
        tick(at);
        Party party = parties.get(token);
        if (party == null || !party.active()) {
            return stale(party);
        }
        hear(party);
        List<Granted> granted = new ArrayList<>();
        if (state == QueueState.OPEN) {
            granted.addAll(items.take(token, ask.tests()));
            if (ask.ahead() != Ask.Ahead.NOTHING) {
                boolean forgetful = ask.since() == 0
                        && ask.ahead() == Ask.Ahead.NEXT
                        && ask.tests().isEmpty();
                List<Granted> known = forgetful ? items.held(token) : List.of();
                granted.addAll(ahead(party, ask, granted.isEmpty()));
                granted.addAll(known); // the answer that told of them may have been lost
            }
            if (!granted.isEmpty()) {
                party.busySince = now;
                saveNumbers();
            }
        }
        return going(token, granted, ask.since(), Reply.Uncounted.NONE);
    }

    private List<Granted> ahead(Party party, Ask ask, boolean nothingYet) {
        boolean atLeastOne = nothingYet && ask.ahead() == Ask.Ahead.NEXT;
        if (!items.anyOpen(ask.after())) {
            return List.of();
        }
        int lanes = party.stored.who().lanes();
        List<Duration> underWay = new ArrayList<>();
        for (Party other : parties.values()) {
            if (other != party && other.active()) {
                Duration left = items.left(other.stored.token())
                        .dividedBy(other.stored.who().lanes())
                        .minus(Duration.between(other.busySince, now));
                underWay.add(left.isNegative() ? Duration.ZERO : left);
            }
        }
        Duration target = Grant.target(items.queued().dividedBy(lanes), underWay, ask.pull());
        return items.takeAhead(party.stored.token(), ask.after(), target.multipliedBy(lanes), atLeastOne ? 1 : 0);
    }

    /** Renews the lease and notes results; those of tests that belong to another agent are refused. */
    public Reply heartbeat(long token, List<Ended> ended, int since, Instant at) {
        tick(at);
        Party party = parties.get(token);
        if (party == null || !party.active()) {
            late += ended.size();
            if (!ended.isEmpty()) {
                saveNumbers();
            }
            return stale(party);
        }
        hear(party);
        List<String> refused = note(token, ended);
        if (!ended.isEmpty()) {
            party.busySince = now;
        }
        return going(token, List.of(), since, new Reply.Uncounted(refused, List.of()));
    }

    /** Ends the lease; what has no result is open again. */
    public void leave(long token, List<Ended> ended, Instant at) {
        tick(at);
        Party party = parties.get(token);
        if (party != null && party.active()) {
            hear(party);
            note(token, ended);
            end(party, MemberState.LEFT);
            saveNumbers();
        }
    }

    /** Hands out nothing from now on. */
    public void cancel(Instant at) {
        tick(at);
        state = QueueState.CANCELLED;
        saveNumbers();
    }

    /** Returns the queue in numbers. */
    public QueueView view(Instant at) {
        tick(at);
        Map<Long, QueueItems.Holding> holdings = items.holdings();
        List<QueueView.AgentView> agents = parties.values().stream()
                .map(party -> {
                    QueueItems.Holding holding =
                            holdings.getOrDefault(party.stored.token(), QueueItems.Holding.NOTHING);
                    return new QueueView.AgentView(
                            party.stored, holding.items(), holding.estimated(), Duration.between(party.heard, now));
                })
                .toList();
        return new QueueView(items.counts(), items.tests(), numbers(), agents);
    }

    private List<String> note(long token, List<Ended> ended) {
        List<String> refused = new ArrayList<>();
        for (Ended one : ended) {
            if (!items.ended(token, one)) {
                refused.add(one.test());
            }
        }
        if (!refused.isEmpty()) {
            late += refused.size();
            saveNumbers();
        }
        return refused;
    }

    private void tick(Instant at) {
        if (at.isAfter(now)) {
            now = at;
        }
        if (now.isBefore(nextEnd)) {
            return;
        }
        nextEnd = Instant.MAX;
        for (Party party : parties.values()) {
            if (party.active()) {
                Instant end = party.heard.plus(terms.lease());
                if (!end.isAfter(now)) {
                    end(party, MemberState.EXPIRED);
                    saveNumbers();
                } else if (end.isBefore(nextEnd)) {
                    nextEnd = end;
                }
            }
        }
    }

    private void hear(Party party) {
        party.heard = now;
        bySilence.remove(party.stored.token());
        bySilence.put(party.stored.token(), party);
    }

    private void end(Party party, MemberState how) {
        StoredMember old = party.stored;
        bySilence.remove(old.token());
        party.stored = new StoredMember(old.token(), old.who(), how, old.joinedMs());
        journal.member(party.stored);
        handedOver += items.giveBack(old.token());
    }

    private static Stale stale(@org.jspecify.annotations.Nullable Party party) {
        return new Stale(
                party == null
                        ? "this queue has never given the token"
                        : party.stored.state() == MemberState.LEFT
                                ? "the agent has left"
                                : "the agent was silent for longer than its lease, or its CI job was started again");
    }

    private Going going(long token, List<Granted> granted, int since, Reply.Uncounted uncounted) {
        Changes changes = items.changes(token, since);
        int held = items.heldCount() - items.heldBy(token);
        Duration quiet = held == 0 ? Duration.ZERO : quiet(token);
        return new Going(granted, changes, new Standing(items.openCount(), held, quiet, state), uncounted);
    }

    /** Returns the longest silence of another agent that holds items. */
    private Duration quiet(long token) {
        for (Map.Entry<Long, Party> one : bySilence.entrySet()) {
            if (one.getKey() != token && items.heldBy(one.getKey()) > 0) {
                return Duration.between(one.getValue().heard, now);
            }
        }
        return Duration.ZERO;
    }

    private Numbers numbers() {
        return new Numbers(lastToken, items.revision(), state, late, handedOver);
    }

    private void saveNumbers() {
        journal.numbers(numbers());
    }
}
