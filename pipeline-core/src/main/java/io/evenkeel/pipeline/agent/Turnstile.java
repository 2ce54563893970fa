package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ask.Ahead;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.Journal.QueueState;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.WorkQueue.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Decides for each test that comes to the gate whether it runs here.
 *
 * <p>What its {@link Holdings} say is decided at once; the rest is asked. When nobody answers, a test of the agent's own share
 * runs, and every other one waits for the end of the run. An agent that could not join before the tests stands outside in the same way, until it is
 * let in: then it claims what it has run. Thread-safe: all state behind one lock, requests outside of it.
 */
final class Turnstile {

    /** What a pull costs that is hidden behind a running test; measured in docs/explanation/splitting.md. */
    static final Duration GATE_PULL = Duration.ofMillis(20);

    /** What a process of Playwright costs before its first test. */
    static final Duration PROCESS_PULL = Duration.ofSeconds(2);

    private final QueueSeat seat;
    private final Set<String> own;
    private final Consumer<String> people;

    /** Behind the lock, as all that follows. */
    private final Holdings holdings;

    /** 0 while this agent has never been let in. */
    private long token;

    private int revision;
    private boolean closed;
    private boolean cancelled;
    private boolean away;

    /** An answer was lost, and it may have granted something: only a pull that knows nothing hears again what this agent holds. */
    private boolean unsure;

    private Turnstile(QueueSeat seat, Collection<String> always, Consumer<String> people) {
        this.seat = seat;
        this.own = Set.copyOf(seat.own());
        this.people = people;
        this.holdings = new Holdings(always, seat.items());
        this.away = true;
    }

    /**
     * Returns the turnstile of an agent that stands outside: it runs its own share until it is let in.
     *
     * @param always tests of set-up and teardown projects
     */
    static Turnstile outside(QueueSeat seat, Collection<String> always, Consumer<String> people) {
        return new Turnstile(seat, always, people);
    }

    /** Returns the turnstile of an agent that takes part; it begins with what the admission granted. */
    static Turnstile inside(QueueSeat seat, Admission admission, Collection<String> always, Consumer<String> people) {
        Turnstile turnstile = new Turnstile(seat, always, people);
        turnstile.letIn(admission);
        turnstile.away = false;
        return turnstile;
    }

    private synchronized void letIn(Admission admission) {
        token = admission.token();
        revision = 0;
        holdings.forgetOthers();
        if (!admission.order().isEmpty()) {
            holdings.place(seat.in(admission.order()).items());
        }
        holdings.take(admission.granted());
    }

    /** Returns whether this agent has been let in; its lease may be over. */
    synchronized boolean isInside() {
        return token != 0;
    }

    /** Returns those of the tests that run here; they stand before the gate now. */
    Set<String> claim(List<String> tests) {
        List<String> open = new ArrayList<>();
        Ask ask;
        long as;
        synchronized (this) {
            for (String test : tests) {
                holdings.comeToGate(test);
                if (!isOver() && !holdings.isDecided(test)) {
                    open.add(test);
                }
            }
            if (open.isEmpty()) {
                return decide(tests);
            }
            ask = new Ask(open, holdings.reached(), Ahead.PREFETCH, revision, GATE_PULL);
            as = token;
        }
        boolean answered =
                as == 0 ? join(open, Waiting.SOMEBODY) : hear(seat.queue().claim(as, ask), open, Waiting.SOMEBODY);
        synchronized (this) {
            if (!answered) {
                for (String test : open) {
                    if (!holdings.isDecided(test) && isOwn(test)) {
                        holdings.keepUnasked(List.of(test));
                    }
                }
            }
            return decide(tests);
        }
    }

    /** An agent without a number has no share: it runs what it does not know to be another's. */
    private boolean isOwn(String test) {
        return own.contains(test) || own.isEmpty() && seat.who().shard() == 0;
    }

    /** What is turned away may be granted later, when its agent has died: it has to be run by its id then. */
    private Set<String> decide(List<String> tests) {
        Set<String> granted = new LinkedHashSet<>();
        for (String test : tests) {
            if (holdings.isEverywhere(test) || !isOver() && holdings.isHeld(test)) {
                granted.add(test);
            } else {
                holdings.turnAway(test);
            }
        }
        return granted;
    }

    private boolean isOver() {
        return closed || cancelled;
    }

    /** Returns whether the next group should be asked for before it comes to the gate. */
    synchronized boolean wantsMore(int lanes) {
        return !isOver() && !away && holdings.countAhead(lanes) < lanes;
    }

    /** Asks for what comes next, while tests run. */
    void prefetch() {
        pull(Ahead.PREFETCH, false, GATE_PULL);
    }

    /** Asks for what comes next in the order of the queue, at least one item if there is any. */
    Optional<Going> next(Duration pull) {
        return pull(Ahead.NEXT, true, pull);
    }

    private Optional<Going> pull(Ahead ahead, boolean fromTheBeginning, Duration pull) {
        Waiting waiting = ahead == Ahead.NEXT ? Waiting.SOMEBODY : Waiting.NOBODY;
        if (!isInside() && !join(List.of(), waiting)) {
            return Optional.empty();
        }
        Ask ask;
        long as;
        synchronized (this) {
            if (isOver()) {
                return Optional.empty();
            }
            int since = ahead == Ahead.NEXT && unsure ? 0 : revision;
            ask = new Ask(List.of(), fromTheBeginning ? -1 : holdings.reached(), ahead, since, pull);
            as = token;
            unsure &= ahead != Ahead.NEXT;
        }
        Reply reply = seat.queue().claim(as, ask);
        hear(reply, List.of(), waiting);
        return reply.match(Optional::of, stale -> Optional.empty(), gone -> Optional.empty());
    }

    /** Notes tests that will not be tried again here. */
    void ended(List<Ended> tests) {
        List<String> strangers; // Playwright skips some tests without asking a worker
        synchronized (this) {
            strangers = holdings.end(tests);
        }
        if (!strangers.isEmpty()) {
            Ask ask;
            long as;
            synchronized (this) {
                ask = new Ask(strangers, holdings.reached(), Ahead.NOTHING, revision, GATE_PULL);
                as = token;
            }
            if (as != 0) {
                hear(seat.queue().claim(as, ask), strangers, Waiting.NOBODY);
            }
            synchronized (this) {
                holdings.dropUngranted(strangers);
            }
        }
    }

    /** Says that this agent lives. */
    void beat() {
        List<Ended> telling;
        List<String> claims;
        long as;
        int since;
        synchronized (this) {
            if (closed) {
                return;
            }
            telling = holdings.toTell();
            claims = holdings.unclaimed();
            as = token;
            since = revision;
        }
        if (as == 0) {
            join(List.of(), Waiting.NOBODY);
            return;
        }
        Reply reply = seat.queue().heartbeat(as, telling, since);
        boolean answered = hear(reply, List.of(), Waiting.NOBODY);
        reply.match(
                going -> {
                    told(telling, going);
                    return true;
                },
                stale -> false,
                gone -> false);
        if (answered && !claims.isEmpty()) {
            claimAfterwards(claims);
        }
    }

    private synchronized void told(List<Ended> telling, Going going) {
        holdings.told(telling, going.uncounted().missing());
        lose(going.uncounted().refused());
    }

    /** Claims what was run while nobody answered. */
    private void claimAfterwards(List<String> tests) {
        Ask ask;
        long as;
        synchronized (this) {
            ask = new Ask(tests, holdings.reached(), Ahead.NOTHING, revision, GATE_PULL);
            as = token;
        }
        Reply reply = seat.queue().claim(as, ask);
        boolean heard = reply.match(going -> true, stale -> false, gone -> false);
        if (heard) {
            Set<String> granted = new LinkedHashSet<>();
            reply.match(
                    going -> {
                        going.granted().forEach(one -> granted.addAll(one.tests()));
                        return true;
                    },
                    stale -> false,
                    gone -> false);
            hear(reply, tests, Waiting.NOBODY);
            synchronized (this) {
                holdings.claimed(tests);
                lose(tests.stream().filter(test -> !granted.contains(test)).toList());
            }
        }
    }

    private synchronized void lose(List<String> tests) {
        List<String> news = holdings.lose(tests);
        if (!news.isEmpty()) {
            people.accept(news.size()
                    + " tests went to another machine while this one could not be heard; they run twice, the first is "
                    + news.get(0) + ".");
        }
    }

    /**
     * Gives everything back that has no result; nothing passes the gate any more.
     *
     * @param safe results whose spools are kept
     */
    void close(List<Ended> safe) {
        List<Ended> told;
        long as;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            told = safe.isEmpty() ? holdings.ended() : List.of();
            as = token;
        }
        if (as != 0) {
            seat.queue().leave(as, safe, told);
        }
    }

    /** Returns the tests that are this agent's and have not come to the gate, in the order of the queue. */
    synchronized List<String> unmet() {
        return holdings.unmet();
    }

    /** Notes that these are run now, without the gate. */
    synchronized void meet(List<String> tests) {
        holdings.meet(tests);
    }

    /** Takes what is left of its own share, because nobody answers who could grant it; returns whether there is any. */
    synchronized boolean takeOwn() {
        List<String> rest = seat.own().stream()
                .filter(test -> !isOver() && !holdings.isDecided(test) && !holdings.hasMet(test))
                .toList();
        holdings.keepUnasked(rest);
        return !rest.isEmpty();
    }

    /** Returns every test that was granted here and has not gone to another machine. */
    synchronized List<String> granted() {
        return holdings.held();
    }

    /** Returns how a test ended here, as the gate has heard it. */
    synchronized Optional<Ended> endOf(String test) {
        return holdings.endOf(test);
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }

    /** Takes in an answer; returns false when there was none. */
    private boolean hear(Reply reply, List<String> asked, Waiting waiting) {
        return reply.match(
                going -> {
                    apply(going);
                    return true;
                },
                stale -> join(asked, waiting),
                gone -> {
                    synchronized (this) {
                        revision = 0; // whether it was heard is not known: the next answer tells everything
                        unsure = true;
                        boolean ending = Thread.currentThread().isInterrupted();
                        if (!away && !closed && !ending) {
                            away = true;
                            people.accept("The queue does not answer (" + gone.reason()
                                    + "); this machine goes on with "
                                    + (seat.who().shard() == 0 && own.isEmpty()
                                            ? "every test it meets"
                                            : "its own share of the plan")
                                    + ".");
                        }
                    }
                    return false;
                });
    }

    private synchronized void apply(Going going) {
        away = false;
        cancelled |= going.standing().state() == QueueState.CANCELLED;
        if (going.changes().revision() >= revision) {
            revision = going.changes().revision();
            holdings.learn(going.changes());
        }
        holdings.take(going.granted());
    }

    /** Takes its place; returns what this agent has run or is running, and nothing when it has ended meanwhile. */
    private synchronized Optional<List<String>> enter(Admission admission) {
        if (closed) {
            return Optional.empty();
        }
        if (token == 0) {
            people.accept("The queue answers; this machine takes part now.");
        }
        List<String> kept = holdings.held();
        letIn(admission);
        return Optional.of(kept);
    }

    /**
     * Joins, and claims what this agent has run or is running. When its lease was over it joins without the number, which would bring back what is done.
     *
     * @return whether it takes part now
     */
    private boolean join(List<String> asked, Waiting waiting) {
        Member who = seat.who();
        Optional<Admission> admission = seat.queue()
                .join(
                        isInside() ? new Member(0, who.executor(), who.spool(), who.lanes(), Member.Again.REST) : who,
                        waiting);
        if (admission.isEmpty()) {
            return false;
        }
        Optional<List<String>> held = enter(admission.get());
        if (held.isEmpty()) {
            seat.queue().leave(admission.get().token(), List.of(), List.of());
            return false;
        }
        List<String> kept = held.get();
        List<String> wanted = new ArrayList<>(kept);
        wanted.addAll(asked);
        Reply reply = seat.queue().claim(admission.get().token(), new Ask(wanted, -1, Ahead.NOTHING, 0, GATE_PULL));
        return reply.match(
                going -> {
                    Set<String> back = new LinkedHashSet<>();
                    going.granted().forEach(one -> back.addAll(one.tests()));
                    apply(going);
                    synchronized (this) {
                        holdings.claimed(kept);
                        lose(kept.stream()
                                .filter(test -> !back.contains(test) && !holdings.isTold(test))
                                .toList());
                    }
                    return true;
                },
                stale -> false,
                gone -> false);
    }
}
