package io.evenkeel.pipeline.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.client.QueueTransport.Queues;
import io.evenkeel.pipeline.client.QueueTransport.Weather;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Ask;
import io.evenkeel.pipeline.queue.Member;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.Reply;
import io.evenkeel.pipeline.queue.WorkQueue.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an executor of {@code --mode dynamic} waits for, on a time of its own. */
@SuppressWarnings("ClassCanBeStatic") // JUnit needs inner classes
class RunQueueTest {

    private static final RunOpening OPENING =
            new RunOpening("playwright.config.ts", new RunOpening.Origin("main", "c0ffee", "", ""), 3, 2);
    private static final List<QueueItem> ITEMS = List.of(item("a"), item("b"), item("c"));
    private static final Member WHO = new Member(1, "m1", "s1", 1, Member.Again.ALL);

    /** What requests before the tests may cost while nobody has answered. */
    private static final Duration BEGINNING = Duration.ofSeconds(3);

    private static final Duration SLOW = ClientSettings.standard().slow();

    private final ManualPace pace = new ManualPace();
    private final Queues queues = new Queues(pace);
    private final QueueTransport way = new QueueTransport(queues);
    private final List<String> notices = new ArrayList<>();
    private final CoordinatorClient client = CoordinatorClient.over(way, pace, ClientSettings.standard(), notices::add);
    private final RunQueue queue = client.queue("k", OPENING);

    private static QueueItem item(String id) {
        return new QueueItem(id, List.of(id), Duration.ofMinutes(1), QueueItem.Handover.REST);
    }

    /** What an executor asks before its tests, in its order. */
    private Optional<Admission> begin() {
        client.openRun("k", OPENING);
        client.quarantine("a");
        client.timings("a");
        boolean opened = queue.open(new RunQueue.Wish("digest", "duration", 2, ITEMS))
                .value()
                .isPresent();
        return opened ? queue.join(WHO, Waiting.SOMEBODY) : Optional.empty();
    }

    private static Ask ask(String test) {
        return new Ask(List.of(test), -1, Ask.Ahead.PREFETCH, 0, Duration.ofMillis(20));
    }

    private static boolean isAway(Reply reply) {
        return reply.match(going -> false, stale -> false, away -> true);
    }

    @Nested
    class GivenASlowCoordinator {

        @ParameterizedTest(name = "{0} ms an answer")
        @ValueSource(ints = {600, 900, 1_400})
        void whenTheTimeBeforeTheTestsIsUsedUp_thenItIsWaitedForAndThatIsSaid(int millis) {
            way.answersAfter(Duration.ofMillis(millis));

            Optional<Admission> admission = begin();

            assertThat(admission).isPresent();
            assertThat(pace.passed()).isGreaterThan(BEGINNING).isLessThan(BEGINNING.plus(SLOW));
            assertThat(notices)
                    .filteredOn(line -> line.contains("answers slowly"))
                    .hasSize(1);
        }

        @Test
        void whenItHasNotEvenHeardOfTheRun_thenItIsToldOfTheRunFirst() {
            way.falls(new Weather.Silence());
            assertThat(begin()).isEmpty();

            way.answersAfter(Duration.ofSeconds(2));
            Optional<Admission> admission = queue.join(WHO, Waiting.NOBODY);

            assertThat(admission).isPresent();
            assertThat(admission.get().order()).containsExactly("a", "b", "c");
        }

        @Test
        void whenAnAnswerToAJoinWasLost_thenTheNextOneGivesTheSamePlace() {
            client.openRun("k", OPENING);
            queue.open(new RunQueue.Wish("digest", "duration", 2, ITEMS));
            way.first(new Weather.Answers(Duration.ofSeconds(5)));

            Optional<Admission> admission = queue.join(WHO, Waiting.SOMEBODY);

            assertThat(admission).isPresent();
            assertThat(queues.queue().view().agents()).hasSize(1);
        }

        @Test
        void whenAClaimTakesSeconds_thenTheWorkerWaits() {
            long token = begin().orElseThrow().token();
            way.answersAfter(Duration.ofSeconds(6));

            Reply reply = queue.claim(token, ask("a"));

            assertThat(isAway(reply)).isFalse();
        }

        @Test
        void whenEveryClaimTakesSeconds_thenTheRunIsNotHeldUpForEver() {
            long token = begin().orElseThrow().token();
            way.answersAfter(Duration.ofSeconds(6));
            Duration begin = pace.passed();

            for (int i = 0; i < 100; i++) {
                queue.claim(token, ask("a"));
            }

            Duration leastOfEach = Duration.ofMillis(500).multipliedBy(100);
            assertThat(pace.passed().minus(begin))
                    .isLessThanOrEqualTo(BEGINNING.plus(SLOW).plus(leastOfEach));
        }
    }

    @Nested
    class GivenACoordinatorThatIsAway {

        @Test
        void whenNobodyListens_thenTheAgentBeginsWithinTheTimeBeforeTheTests() {
            way.falls(new Weather.Absence());

            assertThat(begin()).isEmpty();
            for (int i = 0; i < 100; i++) {
                assertThat(queue.join(WHO, Waiting.SOMEBODY)).isEmpty();
            }

            assertThat(pace.passed()).isLessThanOrEqualTo(BEGINNING);
            assertThat(notices).noneMatch(line -> line.contains("answers slowly"));
        }

        @Test
        void whenTheConnectionIsTakenAndNothingEverComes_thenThatIsNoSlowness() {
            way.falls(new Weather.Silence());

            assertThat(begin()).isEmpty();
            for (int i = 0; i < 100; i++) {
                assertThat(queue.join(WHO, Waiting.SOMEBODY)).isEmpty();
            }

            assertThat(pace.passed()).isLessThanOrEqualTo(BEGINNING);
        }

        @Test
        void whenItWasSlowAndIsGoneThen_thenItIsNotWaitedForAnyMore() {
            way.answersAfter(Duration.ofMillis(900));
            client.openRun("k", OPENING);
            way.falls(new Weather.Absence());

            assertThat(queue.open(new RunQueue.Wish("digest", "duration", 2, ITEMS))
                            .value())
                    .isEmpty();
            assertThat(pace.passed()).isLessThanOrEqualTo(BEGINNING);
        }

        @Test
        void whenItAnsweredAndHangsThen_thenItCostsTheReserveOnce() {
            long token = begin().orElseThrow().token();
            way.falls(new Weather.Silence());

            for (int i = 0; i < 20; i++) {
                assertThat(isAway(queue.claim(token, ask("a")))).isTrue();
            }

            Duration leastOfEach = Duration.ofMillis(500).multipliedBy(20);
            assertThat(pace.passed()).isLessThanOrEqualTo(BEGINNING.plus(SLOW).plus(leastOfEach));
        }

        @Test
        void whenItDiesInTheMiddle_thenTheWorkersDoNotWait() {
            long token = begin().orElseThrow().token();
            way.falls(new Weather.Absence());

            for (int i = 0; i < 20; i++) {
                assertThat(isAway(queue.claim(token, ask("a")))).isTrue();
            }

            assertThat(pace.passed()).isLessThanOrEqualTo(Duration.ofSeconds(5));
        }

        @Test
        void whenItIsBack_thenTheQueueIsOpenedAndJoinedInOneGo() {
            way.falls(new Weather.Absence());
            assertThat(begin()).isEmpty();
            way.answersAfter(Duration.ZERO);
            pace.pause(Duration.ofSeconds(10));

            assertThat(queue.join(WHO, Waiting.NOBODY)).isPresent();
        }
    }

    @Test
    void whenAQueueThatAnswersLateIsOfAnotherSuite_thenItIsSaidOnce() {
        way.falls(new Weather.Absence());
        assertThat(begin()).isEmpty();
        way.falls(new Weather.OtherSuite());
        pace.pause(Duration.ofSeconds(10));

        assertThat(queue.join(WHO, Waiting.NOBODY)).isEmpty();
        assertThat(queue.join(WHO, Waiting.NOBODY)).isEmpty();

        assertThat(notices).filteredOn(line -> line.contains("another suite")).hasSize(1);
    }
}
