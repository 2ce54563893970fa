package io.evenkeel.pipeline.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlaywrightShardTest {

    private static WorkItem file(String name, int tests) {
        List<String> ids =
                IntStream.range(0, tests).mapToObj(at -> name + ":" + at).toList();
        return new WorkItem(name, ids, Duration.ofSeconds(tests), Family.none(), "");
    }

    private static List<List<String>> names(List<WorkItem> listing, int shards) {
        return PlaywrightShard.split(listing, shards).stream()
                .map(shard -> shard.stream().map(WorkItem::id).toList())
                .toList();
    }

    @Nested
    class GivenSingleTests {

        @Test
        void whenTheNumberDoesNotDivide_thenTheFirstShardsHoldOneMore() {
            List<WorkItem> listing =
                    IntStream.range(0, 10).mapToObj(at -> file("t" + at, 1)).toList();

            assertThat(names(listing, 4))
                    .containsExactly(
                            List.of("t0", "t1", "t2"),
                            List.of("t3", "t4", "t5"),
                            List.of("t6", "t7"),
                            List.of("t8", "t9"));
        }

        @Test
        void whenThereAreMoreShardsThanTests_thenTheLastAreEmpty() {
            assertThat(names(List.of(file("a", 1), file("b", 1)), 3))
                    .containsExactly(List.of("a"), List.of("b"), List.of());
        }

        @Test
        void whenThereAreNoTests_thenAllShardsAreEmpty() {
            assertThat(names(List.of(), 2)).containsExactly(List.of(), List.of());
        }
    }

    @Nested
    class GivenFiles {

        @Test
        void whenAFileCrossesASlice_thenItBelongsToTheSliceOfItsFirstTest() {
            assertThat(names(List.of(file("a", 5), file("b", 1), file("c", 4)), 2))
                    .containsExactly(List.of("a"), List.of("b", "c"));
            assertThat(names(List.of(file("a", 4), file("b", 5), file("c", 1)), 2))
                    .containsExactly(List.of("a", "b"), List.of("c"));
        }

        @Test
        void whenAFileIsLarge_thenTheNextShardIsEmpty() {
            assertThat(names(List.of(file("a", 9), file("b", 1)), 3))
                    .containsExactly(List.of("a"), List.of(), List.of("b"));
        }
    }

    @Nested
    class GivenNoShards {

        @Test
        void whenSplit_thenItIsRefused() {
            assertThatThrownBy(() -> PlaywrightShard.split(List.of(file("a", 1)), 0))
                    .hasMessageContaining("(0) of machines");
        }
    }
}
