package io.evenkeel.bench.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.bench.split.QueueSimulation.Costs;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class QueueSimulationTest {

    private static double run(double[] truth, Fleet fleet, QueueRule rule, Costs costs) {
        List<Integer> order = IntStream.range(0, truth.length).boxed().toList();
        return QueueSimulation.run(truth, truth, order, fleet, rule, costs);
    }

    private static double[] tens(int count) {
        double[] truth = new double[count];
        Arrays.fill(truth, 10);
        return truth;
    }

    @Nested
    class GivenEqualMachines {

        @Test
        void whenPullsAreFree_thenTheQueueIsListScheduling() {
            assertThat(run(new double[] {5, 4, 3, 3, 3}, Fleet.equal(2), QueueRule.single(), new Costs(0, 0)))
                    .isEqualTo(10);
        }

        @Test
        void whenAPullCosts_thenEachUnitPaysIt() {
            assertThat(run(tens(6), Fleet.equal(2), QueueRule.single(), new Costs(2, 0)))
                    .isEqualTo(36);
        }

        @Test
        void whenBatchesAreGuided_thenTheFirstIsHalfOfAnEvenShare() {
            // 80 ms on 2 machines: batches of 20, 20, 10, 10, ... each with a pull of 1.
            assertThat(run(tens(8), Fleet.equal(2), QueueRule.guided(), new Costs(1, 0)))
                    .isEqualTo(43);
        }
    }

    @Nested
    class GivenADyingMachine {

        @Test
        void whenItsLeaseEnds_thenOnlyWhatHadNotEndedRunsAgain() {
            Fleet fleet = Fleet.dying(2, 0, 15);

            // Machine 0 ends one unit at 10 and loses the next at 15; machine 1 has 3 more to run until 30 and waits
            // until 35.
            assertThat(run(tens(5), fleet, QueueRule.single(), new Costs(0, 20)))
                    .isEqualTo(45);
        }

        @Test
        void whenTheOthersAreStillBusy_thenTheLeaseCostsNothing() {
            Fleet fleet = Fleet.dying(2, 0, 15);

            assertThat(run(tens(12), fleet, QueueRule.single(), new Costs(0, 20)))
                    .isEqualTo(110);
        }
    }

    @Nested
    class GivenNoisyMachines {

        @Test
        void whenTheSeedIsTheSame_thenTheFleetIs() {
            assertThat(Fleet.noisy(4, 7).speed()).isEqualTo(Fleet.noisy(4, 7).speed());
            assertThat(Fleet.noisy(4, 7).speed()).isNotEqualTo(Fleet.noisy(4, 8).speed());
        }

        @Test
        void whenOneStartsLate_thenTheFluidBoundCountsItFromThere() {
            Fleet fleet = new Fleet(
                    new double[] {0, 10}, new double[] {1, 2}, new double[] {Double.MAX_VALUE, Double.MAX_VALUE});

            assertThat(fleet.fluidBound(40)).isCloseTo(20, within(1e-9));
            assertThat(fleet.fluidBound(5)).isCloseTo(5, within(1e-9));
        }

        @Test
        void whenAnyQueueRuns_thenItDoesNotBeatTheFluidBound() {
            double[] truth = tens(100);
            for (int seed = 0; seed < 10; seed++) {
                Fleet fleet = Fleet.noisy(4, seed);

                assertThat(run(truth, fleet, QueueRule.evenkeel(), new Costs(1, 0)))
                        .isGreaterThanOrEqualTo(fleet.fluidBound(1000));
            }
        }
    }
}
