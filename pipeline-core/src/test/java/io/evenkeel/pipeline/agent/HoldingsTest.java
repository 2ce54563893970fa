package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.queue.Ended;
import io.evenkeel.pipeline.queue.QueueItem;
import io.evenkeel.pipeline.queue.QueueItem.Handover;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HoldingsTest {

    private static final List<QueueItem> ITEMS = List.of(item("a"), item("b1", "b2"), item("c"), item("d"));

    private final Holdings holdings = new Holdings(List.of("setup"), ITEMS);

    private static QueueItem item(String... tests) {
        return new QueueItem(tests[0], List.of(tests), Duration.ofMinutes(1), Handover.REST);
    }

    private static Ended passed(String test) {
        return new Ended(test, Ended.Result.PASSED);
    }

    @Nested
    class GivenNothingIsGranted {

        @Test
        void whenATestIsOfASetUpProject_thenItIsDecided() {
            assertThat(holdings.isDecided("setup")).isTrue();
            assertThat(holdings.isDecided("a")).isFalse();
        }

        @Test
        void whenAnotherAgentHasAnItem_thenAllItsTestsAreDecidedUntilItGivesItBack() {
            holdings.learn(new Changes(1, List.of(new Span(1, 2)), List.of()));
            assertThat(List.of("a", "b1", "b2", "c", "d"))
                    .filteredOn(holdings::isDecided)
                    .containsExactly("b1", "b2", "c");

            holdings.learn(new Changes(2, List.of(), List.of(new Span(1, 1))));

            assertThat(holdings.isDecided("b2")).isFalse();
            assertThat(holdings.isDecided("c")).isTrue();
        }

        @Test
        void whenTheQueueHasAnotherOrder_thenPositionsAreThoseOfTheQueue() {
            holdings.place(List.of(ITEMS.get(3), ITEMS.get(0), ITEMS.get(1), ITEMS.get(2)));

            holdings.learn(new Changes(1, List.of(new Span(0, 0)), List.of()));

            assertThat(holdings.isDecided("d")).isTrue();
            assertThat(holdings.isDecided("a")).isFalse();
        }

        @Test
        void whenATestEnds_thenItsResultIsToldOnceItIsGranted() {
            assertThat(holdings.end(List.of(passed("a"), passed("setup")))).containsExactly("a");
            assertThat(holdings.toTell()).isEmpty();

            holdings.take(List.of(new Granted(0, List.of("a"))));

            assertThat(holdings.toTell()).containsExactly(passed("a"));
        }

        @Test
        void whenATestThatEndedIsNotGrantedEither_thenItsResultIsNeverTold() {
            holdings.end(List.of(passed("a")));

            holdings.dropUngranted(List.of("a"));
            holdings.take(List.of(new Granted(0, List.of("a"))));

            assertThat(holdings.toTell()).isEmpty();
            assertThat(holdings.endOf("a")).contains(passed("a"));
        }
    }

    @Nested
    class GivenGrantedTests {

        GivenGrantedTests() {
            holdings.take(List.of(new Granted(2, List.of("c")), new Granted(0, List.of("a"))));
        }

        @Test
        void whenTheyHaveNotComeToTheGate_thenTheyAreUnmetInTheOrderOfTheQueue() {
            assertThat(holdings.unmet()).containsExactly("a", "c");
            assertThat(holdings.countAhead(1)).isEqualTo(1);
            assertThat(holdings.countAhead(5)).isEqualTo(2);
        }

        @Test
        void whenOneComesToTheGate_thenTheOtherIsUnmetAndTheGateHasReachedItsPosition() {
            assertThat(holdings.reached()).isEqualTo(-1);

            holdings.comeToGate("c");
            holdings.comeToGate("a");

            assertThat(holdings.reached()).isEqualTo(2);
            assertThat(holdings.unmet()).isEmpty();
        }

        @Test
        void whenOneIsLostAndGrantedAgain_thenItIsHeldAgain() {
            assertThat(holdings.lose(List.of("a"))).containsExactly("a");
            assertThat(holdings.lose(List.of("a"))).isEmpty();
            assertThat(holdings.held()).containsExactly("c");

            holdings.take(List.of(new Granted(0, List.of("a"))));

            assertThat(holdings.isHeld("a")).isTrue();
        }

        @Test
        void whenTheQueueMissesAResult_thenItIsToldAgain() {
            holdings.end(List.of(passed("a"), passed("c")));

            holdings.told(holdings.toTell(), List.of("c"));

            assertThat(holdings.isTold("a")).isTrue();
            assertThat(holdings.toTell()).containsExactly(passed("c"));
        }

        @Test
        void whenOneIsLostAfterItEnded_thenItsResultIsNotTold() {
            holdings.end(List.of(passed("a")));

            holdings.lose(List.of("a"));

            assertThat(holdings.toTell()).isEmpty();
        }
    }

    @Nested
    class GivenATestThatWasRunUnasked {

        GivenATestThatWasRunUnasked() {
            holdings.keepUnasked(List.of("d"));
            holdings.end(List.of(passed("d")));
        }

        @Test
        void whenItIsNotClaimed_thenItIsHeldAndItsResultIsKeptBack() {
            assertThat(holdings.held()).containsExactly("d");
            assertThat(holdings.unclaimed()).containsExactly("d");
            assertThat(holdings.toTell()).isEmpty();
        }

        @Test
        void whenItIsClaimed_thenItsResultIsTold() {
            holdings.claimed(List.of("d"));

            assertThat(holdings.unclaimed()).isEmpty();
            assertThat(holdings.toTell()).containsExactly(passed("d"));
        }
    }
}
