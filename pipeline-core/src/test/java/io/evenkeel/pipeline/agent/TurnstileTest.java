package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.LocalQueue;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.Terms;
import io.evenkeel.pipeline.queue.WorkQueue;
import io.evenkeel.pipeline.queue.WorkQueue.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ClassCanBeStatic") // JUnit needs inner classes
class TurnstileTest {

    private static final List<QueueItem> ITEMS = List.of(item("a"), item("b"), item("c"), item("d"));

    private final List<String> lines = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T12:00:00Z");
    private boolean away;
    private boolean deaf;
    private final LocalQueue real = new LocalQueue(ITEMS, Terms.STANDARD, () -> now);

    /** The queue of this process, behind a line that can be cut. */
    private final WorkQueue queue = new WorkQueue() {
        @Override
        public Optional<Admission> join(Member who, Waiting waiting) {
            return away ? Optional.empty() : real.join(who, waiting);
        }

        @Override
        public Reply claim(long token, Ask ask) {
            if (away) {
                return new Reply.Away("cut");
            }
            Reply reply = real.claim(token, ask);
            return deaf ? new Reply.Away("the answer was lost") : reply;
        }

        @Override
        public Reply heartbeat(long token, List<Ended> ended, int since) {
            return away ? new Reply.Away("cut") : real.heartbeat(token, ended, since);
        }

        @Override
        public boolean leave(long token, List<Ended> safe, List<Ended> ended) {
            return !away && real.leave(token, safe, ended);
        }
    };

    private static QueueItem item(String id) {
        return new QueueItem(id, List.of(id), Duration.ofMinutes(1), Handover.REST);
    }

    private QueueSeat seat(int shard, String... own) {
        Member who = new Member(shard, "m" + shard, "s" + shard, 1, Member.Again.REST);
        return new QueueSeat(queue, who, ITEMS, List.of(own));
    }

    private Turnstile turnstile(int shard, String... own) {
        QueueSeat seat = seat(shard, own);
        Admission admission = queue.join(seat.who(), Waiting.SOMEBODY).orElseThrow();
        return Turnstile.inside(seat, admission, List.of("setup"), lines::add);
    }

    @Nested
    class GivenTwoAgents {

        private final Turnstile one = turnstile(1);
        private final Turnstile two = turnstile(2);

        @Test
        void whenBothMeetTheSameTests_thenEachRunsOnce() {
            assertThat(one.claim(List.of("a"))).containsExactly("a");
            assertThat(two.claim(List.of("a"))).isEmpty();
            assertThat(two.claim(List.of("b"))).containsExactly("b");
            assertThat(one.claim(List.of("b"))).isEmpty();
        }

        @Test
        void whenATestIsOfASetUpProject_thenItRunsEverywhere() {
            assertThat(one.claim(List.of("setup"))).containsExactly("setup");
            assertThat(two.claim(List.of("setup"))).containsExactly("setup");
        }

        @Test
        void whenTheOtherDies_thenItsTestsAreLeftToRunById() {
            one.claim(List.of("a"));
            two.claim(List.of("a"));
            two.claim(List.of("b"));
            now = now.plusSeconds(20);
            two.beat();
            now = now.plusSeconds(20);

            for (int i = 0; i < ITEMS.size(); i++) {
                two.next(Duration.ZERO);
            }

            assertThat(two.unmet()).containsExactly("a", "c", "d");
        }

        @Test
        void whenItsOwnLeaseEndsAndNobodyTookItsWork_thenItGoesOn() {
            one.claim(List.of("a"));
            now = now.plusSeconds(40);

            one.beat();
            one.beat();

            assertThat(one.granted()).containsExactly("a");
            assertThat(two.claim(List.of("b"))).containsExactly("b");
            assertThat(two.claim(List.of("a"))).isEmpty();
        }

        @Test
        void whenItsWorkWentToAnother_thenItIsSaidThatItRunsTwice() {
            one.claim(List.of("a"));
            now = now.plusSeconds(20);
            two.beat();
            now = now.plusSeconds(20);
            two.next(Duration.ZERO);

            one.beat();

            assertThat(one.granted()).isEmpty();
            assertThat(lines).anyMatch(line -> line.contains("run twice"));
        }

        @Test
        void whenItIsClosed_thenNothingPassesAndTheRestIsFree() {
            one.claim(List.of("a"));
            one.close(List.of());

            assertThat(one.claim(List.of("b"))).isEmpty();
            assertThat(two.claim(List.of("a"))).containsExactly("a");
        }
    }

    @Nested
    class GivenAQueueThatDoesNotAnswer {

        @Test
        void whenATestIsOfTheOwnShare_thenItRunsAndIsClaimedLater() {
            Turnstile one = turnstile(1, "a", "c");
            Turnstile two = turnstile(2, "b", "d");
            away = true;

            assertThat(one.claim(List.of("a"))).containsExactly("a");
            assertThat(one.claim(List.of("b"))).isEmpty();
            one.ended(List.of(new Ended("a", Ended.Result.PASSED)));
            away = false;
            one.beat();
            one.beat();

            assertThat(two.claim(List.of("a"))).isEmpty();
            assertThat(real.view().tests().passed()).isEqualTo(1);
            assertThat(real.view().numbers().late()).isZero();
        }

        @Test
        void whenTheAnswerThatGrantedATestWasLost_thenItIsLeftToRunById() {
            Turnstile one = turnstile(1, "b", "c", "d");
            deaf = true;
            assertThat(one.claim(List.of("a"))).isEmpty();
            deaf = false;

            one.beat(); // an answer to something else says nothing of what is held
            assertThat(one.claim(List.of("b"))).containsExactly("b");
            one.next(Duration.ZERO);

            assertThat(one.unmet()).contains("a");
        }

        @Test
        void whenItHasNoShare_thenEveryTestRuns() {
            Turnstile one = turnstile(0);
            away = true;

            assertThat(one.claim(List.of("a", "b"))).containsExactly("a", "b");
            assertThat(lines).anyMatch(line -> line.contains("does not answer"));
        }
    }

    @Nested
    class GivenAnAgentThatCouldNotJoinBeforeTheTests {

        private Turnstile outside(String... own) {
            return Turnstile.outside(seat(1, own), List.of("setup"), lines::add);
        }

        /** The queue answers again when its test a has begun. */
        private Turnstile outsideWithItsFirstTestUnderWay() {
            away = true;
            Turnstile one = outside("a", "c");
            one.claim(List.of("a"));
            away = false;
            return one;
        }

        @Test
        void whenNobodyAnswers_thenItRunsItsOwnShareOnly() {
            away = true;
            Turnstile one = outside("a", "c");

            assertThat(one.claim(List.of("setup"))).containsExactly("setup");
            assertThat(one.claim(List.of("a"))).containsExactly("a");
            assertThat(one.claim(List.of("b"))).isEmpty();
            assertThat(one.next(Duration.ZERO)).isEmpty();
            assertThat(one.granted()).containsExactly("a");
        }

        @Test
        void whenItHasNoTestsOfItsOwn_thenItRunsNone() {
            away = true;
            Turnstile one = outside();

            assertThat(one.claim(List.of("a"))).isEmpty();
        }

        @Test
        void whenTheQueueAnswersAtTheGate_thenItRunsWhatTheOthersLeave() {
            Turnstile two = turnstile(2);
            two.claim(List.of("a"));
            Turnstile one = outside("a", "c");

            assertThat(one.claim(List.of("a"))).isEmpty();
            assertThat(one.claim(List.of("b"))).containsExactly("b");
            assertThat(one.isInside()).isTrue();
            assertThat(lines).noneMatch(line -> line.contains("twice"));
        }

        @Test
        void whenTheQueueAnswersWhileATestRuns_thenTheOthersDoNotRunIt() {
            Turnstile two = turnstile(2);
            Turnstile one = outsideWithItsFirstTestUnderWay();

            one.beat();

            assertThat(two.claim(List.of("a"))).isEmpty();
            one.ended(List.of(new Ended("a", Ended.Result.PASSED)));
            one.beat();
            assertThat(real.view().tests().passed()).isEqualTo(1);
            assertThat(real.view().numbers().late()).isZero();
        }

        @Test
        void whenAnotherRanATestOfItsShareMeanwhile_thenItIsSaidThatItRunsTwice() {
            Turnstile two = turnstile(2);
            Turnstile one = outsideWithItsFirstTestUnderWay();
            two.claim(List.of("a"));

            one.beat();

            assertThat(lines).anyMatch(line -> line.contains("run twice") && line.contains("first is a"));
            assertThat(one.claim(List.of("b"))).containsExactly("b");
        }

        @Test
        void whenTheQueueWasOpenedInAnotherOrder_thenWhatOthersHaveIsKnownByIt() {
            List<QueueItem> reversed = new ArrayList<>(ITEMS);
            java.util.Collections.reverse(reversed);
            List<String> order = reversed.stream().map(QueueItem::id).toList();
            LocalQueue other = new LocalQueue(reversed, Terms.STANDARD, () -> now);
            QueueSeat seat = new QueueSeat(inOrder(other, order), seat(1).who(), ITEMS, List.of("a", "c"));
            Turnstile one = Turnstile.outside(seat, List.of(), lines::add);
            long two = other.join(seat(2).who(), Waiting.SOMEBODY).orElseThrow().token();
            other.claim(two, new Ask(List.of("d"), -1, Ask.Ahead.NOTHING, 0, Duration.ZERO));

            one.beat();

            assertThat(one.claim(List.of("d"))).isEmpty();
            assertThat(one.claim(List.of("a", "b", "c"))).containsExactly("a", "b", "c");
        }

        @Test
        void whenItEndsBeforeTheQueueAnswers_thenItLeavesNothingBehind() {
            away = true;
            Turnstile one = outside("a", "c");
            one.claim(List.of("a"));
            one.close(List.of(new Ended("a", Ended.Result.PASSED)));
            away = false;

            one.beat();

            assertThat(real.view().items().held()).isZero();
        }

        @Test
        void whenTheGateNeverOpened_thenItsOwnShareIsLeftToRunById() {
            away = true;
            Turnstile one = outside("a", "c");

            assertThat(one.takeOwn()).isTrue();
            assertThat(one.unmet()).containsExactly("a", "c");
            one.meet(one.unmet());
            assertThat(one.takeOwn()).isFalse();
        }

        private WorkQueue inOrder(LocalQueue queue, List<String> order) {
            return new WorkQueue() {
                @Override
                public Optional<Admission> join(Member who, Waiting waiting) {
                    return queue.join(who, waiting).map(admission -> admission.in(order));
                }

                @Override
                public Reply claim(long token, Ask ask) {
                    return queue.claim(token, ask);
                }

                @Override
                public Reply heartbeat(long token, List<Ended> ended, int since) {
                    return queue.heartbeat(token, ended, since);
                }

                @Override
                public boolean leave(long token, List<Ended> safe, List<Ended> ended) {
                    return queue.leave(token, safe, ended);
                }
            };
        }
    }
}
