package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.split.PlanAdvice.Candidate;
import io.evenkeel.pipeline.split.PlanAdvice.Machine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanAdviceTest {

    private static final Machine PLAIN = new Machine(1, Duration.ZERO);

    /** A unit of 10 s and 90 units of 1 s: ten machines are enough for the 10 s. */
    private static List<WorkItem> suite() {
        double[] seconds = new double[91];
        Arrays.fill(seconds, 1);
        seconds[7] = 10;
        return ShardPlannerTest.items(seconds);
    }

    @Nested
    class GivenALongUnit {

        @Test
        void whenAdvised_thenItIsNamedAndMoreShardsAreWasted() {
            PlanAdvice advice = PlanAdvice.of(suite(), PLAIN, 32);

            assertThat(advice.longest().map(WorkItem::id)).contains("test-7");
            assertThat(advice.largestUseful()).isEqualTo(10);
            assertThat(advice.candidates())
                    .extracting(Candidate::shards)
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            assertThat(advice.sentences().get(1)).contains("test-7 (10.0 s)");
        }

        @Test
        void whenTheTargetIsShorter_thenNoNumberOfShardsReachesIt() {
            assertThat(PlanAdvice.forTarget(suite(), PLAIN, Duration.ofSeconds(9)))
                    .isEmpty();
        }
    }

    @Nested
    class GivenATarget {

        @Test
        void whenItCanBeMet_thenTheFewestShardsAreChosen() {
            Optional<Candidate> candidate = PlanAdvice.forTarget(suite(), PLAIN, Duration.ofSeconds(25));

            assertThat(candidate).contains(new Candidate(4, Duration.ofSeconds(25), Duration.ofSeconds(100)));
        }

        @Test
        void whenMachinesHaveAFixedTime_thenItCountsForEachShard() {
            Machine machine = new Machine(1, Duration.ofSeconds(5));

            Optional<Candidate> candidate = PlanAdvice.forTarget(suite(), machine, Duration.ofSeconds(25));

            assertThat(candidate).contains(new Candidate(5, Duration.ofSeconds(25), Duration.ofSeconds(125)));
        }
    }

    @Nested
    class GivenNothingToRun {

        @Test
        void whenAdvised_thenOneShardIsEnough() {
            PlanAdvice advice = PlanAdvice.of(List.of(), PLAIN, 8);

            assertThat(advice.largestUseful()).isEqualTo(1);
            assertThat(advice.longest()).isEmpty();
            assertThat(PlanAdvice.forTarget(List.of(), PLAIN, Duration.ofSeconds(1)))
                    .contains(new Candidate(1, Duration.ZERO, Duration.ZERO));
        }
    }
}
