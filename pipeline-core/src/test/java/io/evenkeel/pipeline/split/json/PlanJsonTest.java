package io.evenkeel.pipeline.split.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.split.ShardPlanner;
import io.evenkeel.pipeline.split.WorkItem;
import io.evenkeel.pipeline.split.json.PlanFile.EstimatedFrom;
import io.evenkeel.pipeline.split.json.PlanFile.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanJsonTest {

    private static final Header HEADER =
            new Header("build-7", "playwright.config.ts", "1.65.1", 2, EstimatedFrom.TIMINGS);

    private static PlanFile plan(int tests, int machines) {
        List<WorkItem> items = IntStream.range(0, tests)
                .mapToObj(at -> WorkItem.of("id-" + at, Duration.ofMillis(100L * (at + 1))))
                .toList();
        return PlanFile.of(HEADER, ShardPlanner.plan(items, machines));
    }

    @Nested
    class GivenAPlan {

        @TempDir
        Path folder;

        @Test
        void whenWritten_thenItReadsTheSame() {
            PlanJson.write(folder, plan(7, 3));

            assertThat(PlanJson.read(folder.resolve("plan.json"))).isEqualTo(plan(7, 3));
        }

        @Test
        void whenWritten_thenEachShardHasItsTestsInOrder() {
            PlanFile plan = plan(7, 3);
            PlanJson.write(folder, plan);

            assertThat(PlanJson.readShard(folder, 2))
                    .isEqualTo(plan.shards().get(1).tests());
        }

        @Test
        void whenWritten_thenTheFileHasTheFieldsOfTheReferencePage() throws IOException {
            PlanJson.write(folder, plan(2, 2));

            assertThat(Files.readString(folder.resolve("plan.json")))
                    .isEqualTo(
                            "{\"v\":1,\"run\":\"build-7\",\"suite\":\"playwright.config.ts\",\"playwright\":\"1.65.1\","
                                    + "\"digest\":\"" + plan(2, 2).digest() + "\",\"workers\":2,\"discovered\":2,"
                                    + "\"makespanMs\":200,\"lowerBoundMs\":200,\"ratio\":1.0,\"estimatedFrom\":\"timings\","
                                    + "\"shards\":[{\"index\":1,\"loadMs\":200,\"tests\":[\"id-1\"]},"
                                    + "{\"index\":2,\"loadMs\":100,\"tests\":[\"id-0\"]}]}");
        }

        @Test
        void whenTheNextPlanIsSmaller_thenNoOldShardStays() {
            PlanJson.write(folder, plan(7, 5));
            PlanJson.write(folder, plan(7, 2));

            assertThat(folder.toFile().list()).containsExactlyInAnyOrder("plan.json", "shard-1.txt", "shard-2.txt");
        }

        @Test
        void whenAShardIsEmpty_thenItsFileIsEmpty() {
            PlanJson.write(folder, plan(1, 2));

            assertThat(PlanJson.readShard(folder, 2)).isEmpty();
        }
    }

    @Nested
    class GivenADamagedFile {

        @TempDir
        Path folder;

        private void assertRefused(String content, String reason) throws IOException {
            Path file = Files.writeString(folder.resolve("plan.json"), content);

            assertThatThrownBy(() -> PlanJson.read(file))
                    .isInstanceOf(PlanFileException.class)
                    .hasMessageContaining(reason);
        }

        @Test
        void whenItIsCutOff_thenItIsRefused() throws IOException {
            assertRefused("{\"v\":1,\"shards\":[{\"ind", "cannot be read");
        }

        @Test
        void whenItIsOfAnotherVersion_thenItIsRefused() throws IOException {
            assertRefused("{\"v\":2,\"shards\":[]}", "\"v\":1");
        }

        @Test
        void whenATestIsThereTwice_thenItIsRefused() throws IOException {
            assertRefused(
                    "{\"v\":1,\"shards\":[{\"index\":1,\"tests\":[\"a\"]},{\"index\":2,\"tests\":[\"a\"]}]}",
                    "(a) is there twice");
        }

        @Test
        void whenATestWasTakenOut_thenTheDigestShowsIt() throws IOException {
            PlanJson.write(folder, plan(3, 2));
            String content = Files.readString(folder.resolve("plan.json"));

            assertRefused(content.replace("\"id-2\"", "\"id-9\""), "digest");
        }

        @Test
        void whenItIsMissing_thenTheMessageSaysWhatToDo() {
            assertThatThrownBy(() -> PlanJson.read(folder.resolve("none.json"))).hasMessageContaining("artifact");
        }
    }
}
