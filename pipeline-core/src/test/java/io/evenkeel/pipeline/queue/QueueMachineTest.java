package io.evenkeel.pipeline.queue;

import static io.evenkeel.pipeline.queue.Replies.going;
import static io.evenkeel.pipeline.queue.Replies.isStale;
import static io.evenkeel.pipeline.queue.Replies.tests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.queue.Ask.Ahead;
import io.evenkeel.pipeline.queue.Ended.Result;
import io.evenkeel.pipeline.queue.Member.Again;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Span;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ClassCanBeStatic") // JUnit needs inner classes
class QueueMachineTest {

    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");

    private static final Duration PULL = Duration.ofMillis(20);

    private final JournalBook book = new JournalBook();
    private Instant now = START;
    private int starts;

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
        int since = Math.max(1, book.numbers().revision());
        return going(machine.claim(token, new Ask(List.of(), -1, Ahead.NEXT, since, PULL), now));
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
}
