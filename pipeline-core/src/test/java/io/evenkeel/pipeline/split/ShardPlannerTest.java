package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardPlannerTest {

    private static final double A_MICROSECOND = 1e-6;

    static List<WorkItem> items(double... seconds) {
        return IntStream.range(0, seconds.length)
                .mapToObj(at -> WorkItem.of("test-" + at, Duration.ofMillis(Math.round(seconds[at] * 1000))))
                .toList();
    }

    static List<WorkItem> random(int count, double sigma, long seed) {
        java.util.Random random = new java.util.Random(seed);
        List<WorkItem> items = new ArrayList<>();
        for (int at = 0; at < count; at++) {
            long millis = Math.round(5_000 * Math.exp(sigma * random.nextGaussian()));
            items.add(WorkItem.of("test-" + at, Duration.ofMillis(millis)));
        }
        return items;
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    private static void assertEachOnce(ShardPlan plan, List<WorkItem> items) {
        // Sorted by hand: AssertJ compares in any order in quadratic time.
        assertThat(plan.shards().stream()
                        .flatMap(shard -> shard.items().stream())
                        .sorted(Comparator.comparing(WorkItem::id))
                        .toList())
                .isEqualTo(items.stream()
                        .sorted(Comparator.comparing(WorkItem::id))
                        .toList());
    }

    @Nested
    class GivenEveryCaseOfSixItems {

        /** All multisets of six durations from 1 to 4 s. */
        static Stream<List<WorkItem>> cases() {
            List<List<WorkItem>> all = new ArrayList<>();
            for (int code = 0; code < 4096; code++) {
                double[] seconds = new double[6];
                for (int at = 0, rest = code; at < 6; at++, rest /= 4) {
                    seconds[at] = 1 + rest % 4;
                }
                boolean sorted = IntStream.range(1, 6).allMatch(at -> seconds[at - 1] >= seconds[at]);
                if (sorted) {
                    all.add(items(seconds));
                }
            }
            return all.stream();
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 4})
        void whenPlanned_thenNoPlanIsShorter(int machines) {
            assertThat(cases()).isNotEmpty().allSatisfy(items -> {
                double best = BruteForce.best(items, Machines.of(machines));

                ShardPlan plan = ShardPlanner.plan(items, machines);

                assertThat(seconds(plan.makespan())).isCloseTo(best, within(A_MICROSECOND));
                assertThat(seconds(plan.lowerBound())).isLessThanOrEqualTo(best + A_MICROSECOND);
            });
        }

        @Test
        void whenAMachineIsTwiceAsFast_thenNoPlanIsShorter() {
            Machines machines = new Machines(1, List.of(1.0, 2.0, 1.0));
            assertThat(cases()).allSatisfy(items -> {
                double best = BruteForce.best(items, machines);

                ShardPlan plan = ShardPlanner.plan(items, machines);

                assertThat(seconds(plan.makespan())).isCloseTo(best, within(A_MICROSECOND));
                assertThat(seconds(plan.lowerBound())).isLessThanOrEqualTo(best + A_MICROSECOND);
            });
        }

        @Test
        void whenTwoFamiliesShareTwoMachines_thenNoPlanIsShorter() {
            assertThat(cases()).allSatisfy(plain -> {
                List<WorkItem> items = new ArrayList<>();
                for (int at = 0; at < plain.size(); at++) {
                    String name = at % 3 == 0 ? "a" : "b";
                    items.add(plain.get(at).in(new Family(name, Duration.ofSeconds(3))));
                }
                double best = BruteForce.best(items, Machines.of(2));

                ShardPlan plan = ShardPlanner.plan(items, 2);

                assertThat(seconds(plan.makespan())).isCloseTo(best, within(A_MICROSECOND));
                assertThat(seconds(plan.lowerBound())).isLessThanOrEqualTo(best + A_MICROSECOND);
            });
        }
    }

    @Nested
    class GivenRandomSuites {

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void whenPlanned_thenItIsWithinAThousandthOfTheBound(long seed) {
            List<WorkItem> items = random(300, 1.2, seed);
            for (int machines : new int[] {4, 8, 16, 32}) {
                ShardPlan plan = ShardPlanner.plan(items, machines);

                assertThat(plan.ratio()).isBetween(1.0, 1.001);
                assertEachOnce(plan, items);
            }
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3})
        void whenMachinesHaveLanes_thenTheLoadIsTheScheduleOverTheLanes(long seed) {
            List<WorkItem> items = random(200, 1, seed);

            ShardPlan plan = ShardPlanner.plan(items, Machines.of(4, 3));

            assertThat(plan.shards())
                    .allSatisfy(shard -> assertThat(seconds(shard.load()))
                            .isCloseTo(BruteForce.run(shard.items(), 3), within(1e-3)));
            assertThat(plan.lowerBound()).isEqualTo(LowerBound.of(items, Machines.of(12)));
            assertThat(plan.ratio()).isBetween(1.0, 1.002);
            assertEachOnce(plan, items);
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3})
        void whenSpeedsDiffer_thenAllMachinesEndTogether(long seed) {
            List<WorkItem> items = random(300, 0.8, seed);
            Machines machines = new Machines(1, List.of(0.5, 1.0, 1.0, 1.7));

            ShardPlan plan = ShardPlanner.plan(items, machines);

            assertThat(plan.ratio()).isBetween(1.0, 1.002);
            assertEachOnce(plan, items);
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3})
        void whenTheInputIsShuffled_thenThePlanIsTheSame(long seed) {
            List<WorkItem> items = random(150, 1, seed);
            List<WorkItem> shuffled = new ArrayList<>(items);
            Collections.shuffle(shuffled, new java.util.Random(seed));

            assertThat(ShardPlanner.plan(shuffled, 7)).isEqualTo(ShardPlanner.plan(items, 7));
        }
    }

    @Nested
    class GivenFamilies {

        private static List<WorkItem> inFamilies(long seed) {
            SplittableRandom random = new SplittableRandom(seed);
            return random(400, 1, seed).stream()
                    .map(item -> item.in(new Family(
                            "family-" + (random.nextDouble() < 0.55 ? 0 : 1 + random.nextInt(7)),
                            Duration.ofSeconds(60))))
                    .toList();
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3})
        void whenPlanned_thenItIsShorterThanGreedyAndCutFamilies(long seed) {
            List<WorkItem> items = inFamilies(seed);
            Problem problem = new Problem(items, Machines.of(16));
            Packing greedy = LongestFirst.pack(problem);
            double peers =
                    CutFamilies.improve(greedy, LowerBound.micros(problem)).makespan();

            ShardPlan plan = ShardPlanner.plan(items, 16);

            assertThat(seconds(plan.makespan()) * 1e6).isLessThan(0.95 * peers);
            assertThat(plan.ratio()).isBetween(1.0, 1.05);
            assertEachOnce(plan, items);
        }

        @Test
        void whenPlannedTwice_thenThePlanIsTheSame() {
            assertThat(ShardPlanner.plan(inFamilies(4), 8)).isEqualTo(ShardPlanner.plan(inFamilies(4), 8));
        }

        @Test
        void whenAShardHoldsTwoFamilies_thenEachStandsTogether() {
            ShardPlan plan = ShardPlanner.plan(inFamilies(5), 2);

            assertThat(plan.shards()).allSatisfy(shard -> {
                List<String> changes = new ArrayList<>();
                for (WorkItem item : shard.items()) {
                    if (changes.isEmpty()
                            || !changes.get(changes.size() - 1)
                                    .equals(item.family().name())) {
                        changes.add(item.family().name());
                    }
                }
                assertThat(changes).doesNotHaveDuplicates();
            });
        }

        @Test
        void whenTheSetUpOfAFamilyDiffers_thenItIsRefused() {
            List<WorkItem> items = List.of(
                    WorkItem.of("a", Duration.ofSeconds(1)).in(new Family("app", Duration.ofSeconds(1))),
                    WorkItem.of("b", Duration.ofSeconds(1)).in(new Family("app", Duration.ofSeconds(2))));

            assertThatThrownBy(() -> ShardPlanner.plan(items, 2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("family (app)");
        }
    }

    @Nested
    class GivenGroups {

        @Test
        void whenAShardHoldsTwoProjects_thenEachStandsTogether() {
            List<WorkItem> items = IntStream.range(0, 40)
                    .mapToObj(at -> new WorkItem(
                            "test-" + at,
                            List.of("test-" + at),
                            Duration.ofSeconds(1 + at % 5),
                            Family.none(),
                            at % 2 == 0 ? "desktop" : "mobile"))
                    .toList();

            ShardPlan plan = ShardPlanner.plan(items, 2);

            assertThat(plan.shards())
                    .allSatisfy(shard -> assertThat(IntStream.range(
                                            1, shard.items().size())
                                    .filter(at -> !shard.items()
                                            .get(at)
                                            .group()
                                            .equals(shard.items().get(at - 1).group()))
                                    .count())
                            .isLessThanOrEqualTo(1));
        }
    }

    @Nested
    class GivenManyTests {

        @Test
        void whenPlannedTwice_thenThePlansAreIdenticalAndNearTheBound() {
            List<WorkItem> items = random(100_000, 1.5, 1);

            ShardPlan plan = ShardPlanner.plan(items, 200);

            assertThat(plan.ratio()).isBetween(1.0, 1.0001);
            assertThat(ShardPlanner.plan(items, 200)).isEqualTo(plan);
            assertEachOnce(plan, items);
        }
    }

    @Nested
    class GivenUnusualInput {

        @Test
        void whenThereAreNoTests_thenShardsAreEmptyAndTheRatioIsOne() {
            ShardPlan plan = ShardPlanner.plan(List.of(), 3);

            assertThat(plan.shards())
                    .hasSize(3)
                    .allSatisfy(shard -> assertThat(shard.items()).isEmpty());
            assertThat(plan.ratio()).isEqualTo(1);
        }

        @Test
        void whenThereAreMoreMachinesThanTests_thenTheOthersAreEmpty() {
            ShardPlan plan = ShardPlanner.plan(items(1, 2), 5);

            assertThat(plan.shards()).hasSize(5);
            assertThat(plan.shards().stream().filter(shard -> shard.items().isEmpty()))
                    .hasSize(3);
            assertThat(plan.makespan()).isEqualTo(Duration.ofSeconds(2));
        }

        @Test
        void whenAllEstimatesAreZero_thenEveryTestIsPlanned() {
            ShardPlan plan = ShardPlanner.plan(items(0, 0, 0), 2);

            assertEachOnce(plan, items(0, 0, 0));
            assertThat(plan.ratio()).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(ints = {0, -1, Integer.MIN_VALUE, 10_001})
        void whenTheNumberOfMachinesIsImpossible_thenItIsRefused(int machines) {
            assertThatThrownBy(() -> ShardPlanner.plan(items(1), machines))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("(" + machines + ") of machines");
        }

        @Test
        void whenATestIsThereTwice_thenItIsRefused() {
            List<WorkItem> items = List.of(
                    new WorkItem("a", List.of("1", "2"), Duration.ZERO, Family.none(), ""),
                    new WorkItem("b", List.of("2"), Duration.ZERO, Family.none(), ""));

            assertThatThrownBy(() -> ShardPlanner.plan(items, 2)).hasMessageContaining("test (2) of work item (b)");
        }

        @Test
        void whenAnItemIsThereTwice_thenItIsRefused() {
            List<WorkItem> items = List.of(WorkItem.of("a", Duration.ZERO), WorkItem.of("a", Duration.ZERO));

            assertThatThrownBy(() -> ShardPlanner.plan(items, 2)).hasMessageContaining("id (a)");
        }

        @ParameterizedTest
        @MethodSource("impossible")
        void whenAnEstimateIsImpossible_thenItIsRefused(Duration estimate) {
            assertThatThrownBy(() -> WorkItem.of("a", estimate)).hasMessageContaining("estimate (" + estimate + ")");
        }

        static Stream<Duration> impossible() {
            return Stream.of(Duration.ofMillis(-1), Duration.ofDays(8), Duration.ofSeconds(Long.MAX_VALUE));
        }
    }
}
