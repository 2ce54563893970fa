package io.evenkeel.pipeline.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.queue.Ask.Ahead;
import io.evenkeel.pipeline.queue.Ended.Result;
import io.evenkeel.pipeline.queue.Member.Again;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("ClassCanBeStatic") // JUnit needs inner classes
class QueueMachineTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private static final Duration PULL = Duration.ofMillis(20);

    private final Book book = new Book();
    private Instant now = START;
    private int starts;

    /** What a journal has been told, as a database would keep it. */
    private static final class Book implements Journal {
        private final Map<Integer, StoredItem> items = new TreeMap<>();
        private final Map<Long, StoredMember> members = new TreeMap<>();
        private Numbers numbers = new Numbers(0, 0, QueueState.OPEN, 0, 0);

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
            numbers = changed;
        }

        QueueMachine.Kept kept() {
            return new QueueMachine.Kept(List.copyOf(items.values()), List.copyOf(members.values()), numbers);
        }
    }

    private static QueueItem item(String id, int seconds, String... tests) {
        return new QueueItem(
                id, tests.length == 0 ? List.of(id) : List.of(tests), Duration.ofSeconds(seconds), Handover.REST);
    }

    private QueueMachine machine(QueueItem... items) {
        return QueueMachine.create(List.of(items), Terms.STANDARD, book);
    }

    private long join(QueueMachine machine, int shard) {
        String spool = "s" + shard + ".r" + ++starts;
        return machine.join(new Member(shard, "runner-" + shard, spool, 1, Again.REST), now)
                .token();
    }

    private Going claim(QueueMachine machine, long token, String... tests) {
        return going(machine.claim(token, new Ask(List.of(tests), -1, Ahead.NOTHING, 0, PULL), now));
    }

    private Going next(QueueMachine machine, long token) {
        int since = Math.max(1, book.numbers.revision());
        return going(machine.claim(token, new Ask(List.of(), -1, Ahead.NEXT, since, PULL), now));
    }

    private static Going going(Reply reply) {
        return reply.match(
                going -> going,
                stale -> {
                    throw new AssertionError(stale.reason());
                },
                away -> {
                    throw new AssertionError(away.reason());
                });
    }

    private static boolean isStale(Reply reply) {
        return reply.match(going -> false, stale -> true, away -> false);
    }

    private static List<String> tests(List<Granted> granted) {
        return granted.stream().flatMap(one -> one.tests().stream()).toList();
    }

    private static Ended passed(String test) {
        return new Ended(test, Result.PASSED);
    }

    @Nested
    class GivenTwoAgents {

        private final QueueMachine machine = machine(item("a", 60), item("b", 50), item("c", 40));
        private final long one = join(machine, 1);
        private final long two = join(machine, 2);

        @Test
        void whenBothAskForOneItem_thenOneGetsItAndTheOtherHearsOfIt() {
            assertThat(tests(claim(machine, one, "a").granted())).containsExactly("a");

            Going denied = claim(machine, two, "a");

            assertThat(denied.granted()).isEmpty();
            assertThat(denied.changes().taken()).containsExactly(new Span(0, 0));
        }

        @Test
        void whenTheAnswerWasLost_thenTheSameIsGrantedAgain() {
            claim(machine, one, "a");

            assertThat(tests(claim(machine, one, "a").granted())).containsExactly("a");
        }

        @Test
        void whenThePullOfAnAgentWasNotHeardOf_thenItLearnsWhatItHolds() {
            next(machine, one);

            Going again = going(machine.claim(one, new Ask(List.of(), -1, Ahead.NEXT, 0, PULL), now));

            assertThat(tests(again.granted())).containsExactlyInAnyOrder("a", "b");
        }

        @Test
        void whenTheyPull_thenTheOrderIsThatOfTheQueue() {
            assertThat(tests(next(machine, one).granted())).containsExactly("a");
            assertThat(tests(next(machine, two).granted())).containsExactly("b");
            assertThat(tests(next(machine, one).granted())).containsExactly("c");
            assertThat(next(machine, two).granted()).isEmpty();
        }

        @Test
        void whenOnlyLongItemsAreLeft_thenNoneIsGrantedInAdvance() {
            Going ahead = going(machine.claim(one, new Ask(List.of("a"), 0, Ahead.PREFETCH, 0, PULL), now));

            assertThat(tests(ahead.granted())).containsExactly("a");
        }

        @Test
        void whenNothingHasChangedSince_thenNothingIsTold() {
            int revision = claim(machine, one, "a").changes().revision();

            Going quiet = going(machine.claim(two, new Ask(List.of(), -1, Ahead.NOTHING, revision, PULL), now));

            assertThat(quiet.changes().taken()).isEmpty();
            assertThat(quiet.changes().free()).isEmpty();
        }

        @Test
        void whenATestIsMetThatNobodyListed_thenOneAgentRunsIt() {
            assertThat(tests(claim(machine, one, "new").granted())).containsExactly("new");
            assertThat(claim(machine, two, "new").granted()).isEmpty();
        }

        @Test
        void whenOneHasNothingLeft_thenItHearsHowManyOthersHold() {
            claim(machine, one, "a");
            now = now.plusSeconds(3);

            assertThat(claim(machine, two).standing().heldByOthers()).isEqualTo(1);
            assertThat(claim(machine, two).standing().quiet()).isEqualTo(Duration.ofSeconds(3));
            assertThat(claim(machine, two).standing().open()).isEqualTo(2);
        }
    }

    @Nested
    class GivenASilentAgent {

        private final QueueMachine machine = machine(item("file", 60, "t1", "t2", "t3"), item("b", 1));
        private final long one = join(machine, 1);
        private final long two = join(machine, 2);

        @Test
        void whenItsLeaseEnds_thenTheTestsWithoutResultGoToAnother() {
            claim(machine, one, "t1");
            machine.heartbeat(one, List.of(passed("t1")), 0, now);
            now = now.plusSeconds(29);
            assertThat(claim(machine, two, "t2").granted()).isEmpty();

            now = now.plusSeconds(1);

            Going handed = claim(machine, two, "t2");
            assertThat(tests(handed.granted())).containsExactly("t2", "t3");
            assertThat(machine.view(now).numbers().handedOver()).isEqualTo(1);
        }

        @Test
        void whenItAnswersAfterTheHandOver_thenItsTokenIsWorthNothing() {
            claim(machine, one, "t1");
            now = now.plusSeconds(20);
            claim(machine, two);
            now = now.plusSeconds(10);
            claim(machine, two, "t1");

            assertThat(isStale(machine.heartbeat(one, List.of(passed("t1")), 0, now)))
                    .isTrue();
            assertThat(isStale(machine.claim(one, new Ask(List.of("b"), -1, Ahead.NEXT, 0, PULL), now)))
                    .isTrue();

            QueueView view = machine.view(now);
            assertThat(view.tests().passed()).isZero();
            assertThat(view.numbers().late()).isEqualTo(1);
        }

        @Test
        void whenItTellsOfATestThatIsAnothers_thenItIsRefusedAndCounted() {
            claim(machine, one, "t1");

            Going refused = going(machine.heartbeat(two, List.of(passed("t1")), 0, now));

            assertThat(refused.uncounted().refused()).containsExactly("t1");
            assertThat(machine.view(now).numbers().late()).isEqualTo(1);
        }

        @Test
        void whenTheClockGoesBackwards_thenNoLeaseEnds() {
            claim(machine, one, "t1");
            now = now.minusSeconds(3_600);

            assertThat(claim(machine, two, "t1").granted()).isEmpty();
            now = now.plusSeconds(3_600 + 29);
            assertThat(claim(machine, two, "t1").granted()).isEmpty();
        }

        @Test
        void whenItJoinsAgain_thenItGetsAHigherToken() {
            now = now.plusSeconds(30);

            assertThat(join(machine, 1)).isGreaterThan(two);
        }
    }

    @Nested
    class GivenASerialBlock {

        private final QueueMachine machine = QueueMachine.create(
                List.of(new QueueItem("block", List.of("s1", "s2"), Duration.ofSeconds(9), Handover.WHOLE)),
                Terms.STANDARD,
                book);

        @Test
        void whenItsAgentDiesInTheMiddle_thenAllOfItIsRunAgain() {
            long one = join(machine, 1);
            long two = join(machine, 2);
            claim(machine, one, "s1");
            machine.heartbeat(one, List.of(passed("s1")), 0, now);
            now = now.plusSeconds(20);
            claim(machine, two);
            now = now.plusSeconds(20);

            assertThat(tests(claim(machine, two, "s2").granted())).containsExactly("s1", "s2");
        }
    }

    @Nested
    class GivenAnAgentThatLeaves {

        private final QueueMachine machine = machine(item("a", 3), item("b", 2), item("c", 1));
        private final long one = join(machine, 1);
        private final long two = join(machine, 2);

        @Test
        void whenItHadWorkLeft_thenItIsFreeAtOnce() {
            claim(machine, one, "a", "b");

            machine.leave(one, List.of(passed("a")), now);

            Going going = claim(machine, two, "a", "b");
            assertThat(tests(going.granted())).containsExactly("b");
        }

        @Test
        void whenItRanWhatNobodyHasWhileTheQueueWasAway_thenItIsDone() {
            machine.leave(one, List.of(passed("c")), now);

            assertThat(tests(claim(machine, two, "a", "b", "c").granted())).containsExactly("a", "b");
            assertThat(machine.view(now).tests().passed()).isEqualTo(1);
            assertThat(machine.view(now).numbers().late()).isZero();
        }

        @Test
        void whenItLeavesTwice_thenNothingChanges() {
            claim(machine, one, "a");
            machine.leave(one, List.of(passed("a")), now);
            machine.leave(one, List.of(), now);

            assertThat(machine.view(now).tests().passed()).isEqualTo(1);
        }

        @Test
        void whenItsShardComesBack_thenItGetsItsOwnListMinusWhatPassed() {
            claim(machine, one, "a", "b");
            claim(machine, two, "c");
            machine.leave(one, List.of(passed("a"), new Ended("b", Result.FAILED)), now);

            Admission again = machine.join(new Member(1, "runner-1", "s1", 1, Again.REST), now);

            assertThat(tests(again.granted())).containsExactly("b");
            assertThat(again.passed()).isEqualTo(1);
            assertThat(claim(machine, two, "b").granted()).isEmpty();
        }

        @Test
        void whenItsShardComesBackWithoutItsFiles_thenItGetsAllOfItsListAgain() {
            claim(machine, one, "a", "b");
            machine.leave(one, List.of(passed("a"), new Ended("b", Result.FAILED)), now);

            Admission again = machine.join(new Member(1, "runner-1", "s1", 1, Again.ALL), now);

            assertThat(tests(again.granted())).containsExactly("a", "b");
            assertThat(again.passed()).isZero();
        }

        @Test
        void whenAnotherAgentHasItsIndex_thenBothWorkAndNothingRunsTwice() {
            claim(machine, one, "a");

            Admission twin = machine.join(new Member(1, "runner-9", "s9", 1, Again.REST), now);

            assertThat(twin.granted()).isEmpty();
            assertThat(claim(machine, twin.token(), "a").granted()).isEmpty();
            assertThat(tests(claim(machine, twin.token(), "b").granted())).containsExactly("b");
            assertThat(tests(claim(machine, one, "a").granted())).containsExactly("a");
        }

        @Test
        void whenTheAnswerToItsJoinWasLostAndItAsksAgain_thenItHasTheSamePlaceAndList() {
            claim(machine, one, "a");
            machine.leave(one, List.of(), now);
            Member who = new Member(1, "runner-1", "s1-again", 1, Again.REST);
            Admission lost = machine.join(who, now);

            Admission again = machine.join(who, now);

            assertThat(again.token()).isEqualTo(lost.token());
            assertThat(tests(again.granted())).containsExactly("a");
        }

        @Test
        void whenItsJobIsStartedAgainBeforeTheLeaseEnds_thenTheNewOneTakesOver() {
            claim(machine, one, "a");
            now = now.plusSeconds(12);

            Admission again = machine.join(new Member(1, "runner-1", "s1-again", 1, Again.REST), now);

            assertThat(tests(again.granted())).containsExactly("a");
            assertThat(isStale(machine.heartbeat(one, List.of(), 0, now))).isTrue();
        }
    }

    @Nested
    class GivenACancelledQueue {

        @Test
        void whenSomebodyAsks_thenNothingIsGrantedAndItIsSaid() {
            QueueMachine machine = machine(item("a", 3));
            long one = join(machine, 1);
            machine.cancel(now);

            Going going = next(machine, one);

            assertThat(going.granted()).isEmpty();
            assertThat(going.standing().state()).isEqualTo(Journal.QueueState.CANCELLED);
        }
    }

    @Nested
    class GivenBadInput {

        @Test
        void whenThereAreNoItems_thenThereIsNothingToDo() {
            QueueMachine machine = machine();

            assertThat(next(machine, join(machine, 1)).standing().open()).isZero();
        }

        @Test
        void whenATestIsThereTwice_thenItIsRefused() {
            assertThatThrownBy(() -> machine(item("a", 1, "t"), item("b", 1, "t")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(t)");
            assertThatThrownBy(() -> machine(item("a", 1), item("a", 1, "u")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(a)");
        }

        @Test
        void whenAnEstimateIsAbsurd_thenItIsRefused() {
            assertThatThrownBy(() -> item("a", -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> item("a", Integer.MAX_VALUE)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void whenTheTokenIsInvented_thenNothingIsGranted() {
            QueueMachine machine = machine(item("a", 1));

            assertThat(isStale(machine.claim(77, new Ask(List.of("a"), -1, Ahead.NEXT, 0, PULL), now)))
                    .isTrue();
        }
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
                        .map(QueueMachineTest::passed)
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
            for (Journal.StoredItem item : book.items.values()) {
                boolean held = item.state() == Journal.ItemState.HELD;
                boolean active = book.members.values().stream()
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
        for (Journal.StoredItem item : book.items.values()) {
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
