package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LowerBoundTest {

    private static double bound(Machines machines, double... seconds) {
        return ShardPlannerTest.seconds(LowerBound.of(ShardPlannerTest.items(seconds), machines));
    }

    @Nested
    class GivenEqualMachines {

        @Test
        void whenOneItemIsLong_thenItIsTheBound() {
            assertThat(bound(Machines.of(2), 9, 1, 1)).isEqualTo(9);
        }

        @Test
        void whenItemsAreMany_thenTheMeanIsTheBound() {
            assertThat(bound(Machines.of(2), 2, 2, 2, 2, 1, 1)).isEqualTo(5);
        }

        @Test
        void whenThereIsOneItemMoreThanMachines_thenTwoShareAMachine() {
            assertThat(bound(Machines.of(3), 5, 5, 5, 5)).isEqualTo(10);
        }

        @Test
        void whenItemsFillMachinesBadly_thenBinPackingSharpensTheBound() {
            // Three items of 6 need a machine each below 12; of the four of 4, then, one at most fits beside each.
            assertThat(bound(Machines.of(3), 6, 6, 6, 4, 4, 4, 4)).isGreaterThan(34 / 3.0);
        }

        @Test
        void whenMachinesHaveLanes_thenTheBoundCountsLanes() {
            assertThat(bound(Machines.of(2, 3), 5, 5, 5, 5, 5, 5, 5)).isEqualTo(10);
        }
    }

    @Nested
    class GivenDifferentSpeeds {

        @Test
        void whenOneMachineIsFast_thenTheLongestItemsCountAtTheFastestLanes() {
            assertThat(bound(new Machines(1, List.of(2.0, 1.0)), 6, 6)).isEqualTo(4);
        }
    }

    @Nested
    class GivenFamilies {

        @Test
        void whenAFamilyIsLargerThanAMachine_thenItsSetUpCountsMoreThanOnce() {
            Family app = new Family("app", Duration.ofSeconds(10));
            List<WorkItem> items = ShardPlannerTest.items(5, 5, 5, 5).stream()
                    .map(item -> item.in(app))
                    .toList();

            assertThat(LowerBound.of(items, Machines.of(2))).isEqualTo(Duration.ofSeconds(20));
        }
    }
}
