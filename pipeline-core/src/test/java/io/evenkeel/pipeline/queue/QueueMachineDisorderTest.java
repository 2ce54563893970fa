package io.evenkeel.pipeline.queue;

import static io.evenkeel.pipeline.queue.Replies.isStale;
import static io.evenkeel.pipeline.queue.Replies.tests;
import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.queue.Ask.Ahead;
import io.evenkeel.pipeline.queue.Member.Again;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The queue among agents that do as they like, against rules that hold whatever happens. */
class QueueMachineDisorderTest {

    private static final Duration PULL = Duration.ofMillis(20);

    private final JournalBook book = new JournalBook();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private int starts;

    private long join(QueueMachine machine, int shard) {
        String spool = "s" + shard + ".r" + ++starts;
        return machine.join(new Member(shard, "runner-" + shard, spool, 1, Again.REST), now)
                .token();
    }

    /**
     * Agents that claim, die, leave, come back and answer late, in any order, while the queue is read back from its journal now and then: every test ends with
     * one result of the agent that held it, no test is ever held by two, and none is lost.
     */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void whenAnythingHappens_thenNothingIsLostAndNothingIsHeldTwice(long seed) {
        Random random = new Random(seed);
        List<QueueItem> items = IntStream.range(0, 60)
                .mapToObj(i -> new QueueItem(
                        "i" + i,
                        IntStream.range(0, 1 + random.nextInt(3))
                                .mapToObj(t -> "i" + i + "t" + t)
                                .toList(),
                        Duration.ofMillis(random.nextInt(5_000)),
                        random.nextInt(4) == 0 ? Handover.WHOLE : Handover.REST))
                .toList();
        QueueMachine machine = QueueMachine.create(items, Terms.STANDARD, book);
        Map<Long, Set<String>> holding = new HashMap<>();
        Set<Long> alive = new TreeSet<>();
        for (int step = 0; step < 5_000 && machine.view(now).tests().waiting() > 0; step++) {
            now = now.plusMillis(random.nextInt(1_500));
            if (alive.size() < 4) {
                alive.add(join(machine, 1 + random.nextInt(5)));
            }
            long token = new ArrayList<>(alive).get(random.nextInt(alive.size()));
            int what = random.nextInt(20);
            if (what == 0) {
                alive.remove(token);
                holding.remove(token);
            } else if (what == 1) {
                machine.leave(token, List.of(), now);
                alive.remove(token);
                holding.remove(token);
            } else if (what == 2) {
                machine = QueueMachine.restore(book.kept(), Terms.STANDARD, book, now);
            } else if (what < 12) {
                QueueItem item = items.get(random.nextInt(items.size()));
                Ask ask = random.nextBoolean()
                        ? new Ask(item.tests(), -1, Ahead.PREFETCH, 0, PULL)
                        : new Ask(List.of(), random.nextInt(30) - 1, Ahead.NEXT, 0, PULL);
                Reply reply = machine.claim(token, ask, now);
                assertThat(standing(reply)).isEqualTo(standing(reply, machine, token));
                reply.match(
                        going -> holding.computeIfAbsent(token, key -> new TreeSet<>())
                                .addAll(tests(going.granted())),
                        stale -> alive.remove(token) && holding.remove(token) != null,
                        away -> false);
            } else {
                List<Ended> ended = holding.getOrDefault(token, Set.of()).stream()
                        .limit(1 + random.nextInt(4))
                        .map(test -> new Ended(test, Ended.Result.PASSED))
                        .toList();
                boolean stale = isStale(machine.heartbeat(token, ended, 0, now));
                ended.forEach(
                        one -> holding.getOrDefault(token, new TreeSet<>()).remove(one.test()));
                if (stale) {
                    alive.remove(token);
                    holding.remove(token);
                }
            }
            Set<String> seen = new TreeSet<>();
            for (Journal.StoredItem item : book.items()) {
                boolean held = item.state() == Journal.ItemState.HELD;
                boolean active = book.members().stream()
                        .anyMatch(member ->
                                member.token() == item.holder() && member.state() == Journal.MemberState.ACTIVE);
                assertThat(!held || active).as("held by somebody who may act").isTrue();
                item.item().tests().forEach(test -> assertThat(seen.add(test)).isTrue());
            }
        }

        assertThat(machine.view(now).tests().passed())
                .isEqualTo(items.stream().mapToInt(item -> item.tests().size()).sum());
    }

    private static List<Object> standing(Reply reply) {
        return reply.match(
                going -> List.of(
                        going.standing().heldByOthers(), going.standing().quiet()),
                stale -> List.of(),
                away -> List.of());
    }

    /** The same by looking at every item and agent. */
    private List<Object> standing(Reply reply, QueueMachine machine, long token) {
        Set<Long> others = new TreeSet<>();
        int held = 0;
        for (Journal.StoredItem item : book.items()) {
            if (item.state() == Journal.ItemState.HELD && item.holder() != token) {
                others.add(item.holder());
                held++;
            }
        }
        Duration quiet = machine.view(now).agents().stream()
                .filter(agent -> others.contains(agent.who().token()))
                .map(QueueView.AgentView::silent)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        int count = held;
        return reply.match(going -> List.of(count, quiet), stale -> List.of(), away -> List.of());
    }
}
