package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StrategyTest {

    private static final List<WorkItem> LISTING = List.of(item("a", 9), item("b", 1), item("c", 5), item("d", 3));

    private static WorkItem item(String id, int seconds) {
        return WorkItem.of(id, Duration.ofSeconds(seconds));
    }

    private static List<String> ids(List<WorkItem> items) {
        return items.stream().map(WorkItem::id).toList();
    }

    @Test
    void whenTestsAreDealtByTurns_thenDurationsDoNotMatter() {
        ShardPlan plan = RoundRobin.plan(LISTING, Machines.of(3));

        assertThat(plan.shards().stream().map(shard -> ids(shard.items())))
                .containsExactly(List.of("a", "d"), List.of("b"), List.of("c"));
        assertThat(plan.makespan()).isEqualTo(Duration.ofSeconds(12));
        assertThat(plan.lowerBound()).isEqualTo(Duration.ofSeconds(9));
    }

    @Test
    void whenThereAreMoreMachinesThanItems_thenSomeAreEmpty() {
        assertThat(RoundRobin.plan(LISTING, Machines.of(6)).shards().get(5).items())
                .isEmpty();
        assertThat(RoundRobin.plan(List.of(), Machines.of(2)).makespan()).isZero();
    }

    @Test
    void whenSomeFailedLately_thenTheWorstStandsFirstAndTheRestKeepsItsOrder() {
        Map<String, Double> failing = Map.of("d", 0.2, "c", 0.5, "b", 0.01);

        List<WorkItem> order = FailureFirst.order(LISTING, test -> failing.getOrDefault(test, 0.0));

        assertThat(ids(order)).containsExactly("c", "d", "a", "b");
    }

    @Test
    void whenAPlanIsOrdered_thenWhoRunsWhatStays() {
        ShardPlan plan = ShardPlanner.plan(LISTING, 2);

        ShardPlan ordered = FailureFirst.order(plan, test -> test.equals("b") ? 1 : 0);

        for (int shard = 0; shard < 2; shard++) {
            assertThat(ids(ordered.shards().get(shard).items()))
                    .containsExactlyInAnyOrderElementsOf(
                            ids(plan.shards().get(shard).items()));
        }
        assertThat(ordered.shards().stream()
                        .filter(shard -> ids(shard.items()).get(0).equals("b")))
                .hasSize(1);
        assertThat(ordered.makespan()).isEqualTo(plan.makespan());
    }

    @Test
    void whenTheNameIsUnknown_thenTheMessageNamesThoseThereAre() {
        assertThat(Strategy.of("failure-first")).isEqualTo(Strategy.FAILURE_FIRST);
        assertThatThrownBy(() -> Strategy.of("fastest"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("duration, failure-first, round-robin");
    }
}
