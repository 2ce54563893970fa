package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QueueTest {

    @Nested
    class GivenLongAndShortItems {

        @Test
        void whenOrdered_thenLongOnesComeLongestFirstAndShortOnesAsListed() {
            double[] seconds = new double[202];
            java.util.Arrays.fill(seconds, 0.1);
            seconds[0] = 0.05;
            seconds[100] = 30;
            seconds[150] = 40;

            List<WorkItem> order = QueueOrder.of(ShardPlannerTest.items(seconds), Machines.of(2));

            assertThat(order.stream().map(WorkItem::id).limit(4))
                    .containsExactly("test-150", "test-100", "test-0", "test-1");
            assertThat(order).containsExactlyInAnyOrderElementsOf(ShardPlannerTest.items(seconds));
        }

        @Test
        void whenThereIsNothing_thenTheOrderIsEmpty() {
            assertThat(QueueOrder.of(List.of(), Machines.of(2))).isEmpty();
        }
    }

    @Nested
    class GivenAPullOfTwoSeconds {

        private static final Duration PULL = Duration.ofSeconds(2);

        @Test
        void whenAllAreIdle_thenTheBatchIsAShareOfTheEvenRest() {
            Duration target =
                    Grant.target(Duration.ofSeconds(400), List.of(Duration.ZERO, Duration.ZERO, Duration.ZERO), PULL);

            assertThat(target).isEqualTo(Duration.ofSeconds(70));
        }

        @Test
        void whenAnotherMachineIsBusyForLong_thenItGetsNothingOfTheRest() {
            Duration target = Grant.target(Duration.ofSeconds(100), List.of(Duration.ofHours(1)), PULL);

            assertThat(target).isEqualTo(Duration.ofSeconds(70));
        }

        @Test
        void whenLittleIsLeft_thenTheBatchIsWorthItsPull() {
            assertThat(Grant.target(Duration.ofSeconds(1), List.of(Duration.ZERO), PULL))
                    .isEqualTo(Duration.ofSeconds(4));
        }

        @Test
        void whenVeryMuchIsLeft_thenTheBatchIsNoLargerThanUseful() {
            assertThat(Grant.target(Duration.ofHours(100), List.of(), PULL)).isEqualTo(Duration.ofSeconds(400));
        }
    }

    @Nested
    class GivenAPullForFree {

        @Test
        void whenAsked_thenOneItemIsEnough() {
            assertThat(Grant.target(Duration.ofHours(1), List.of(Duration.ZERO), Duration.ZERO))
                    .isEqualTo(Duration.ZERO);
        }
    }
}
