package io.evenkeel.pipeline.plan.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.plan.StoredPlan;
import io.evenkeel.pipeline.plan.StoredPlan.Quality;
import io.evenkeel.pipeline.plan.StoredPlan.Share;
import io.evenkeel.pipeline.plan.StoredPlan.SuiteDigest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlanJsonTest {

    @Nested
    class GivenAPlan {

        @Test
        void whenItIsWrittenAndRead_thenItIsTheSame() {
            StoredPlan plan = new StoredPlan(
                    "gitlab-7",
                    new SuiteDigest("e2e/playwright.config.ts", "1.65.1", "abc", 2, 3),
                    new Quality(Duration.ofMillis(1500), Duration.ofMillis(1400), "timings"),
                    List.of(
                            new Share(1, Duration.ofMillis(1500), List.of("a", "b")),
                            new Share(2, Duration.ofMillis(1200), List.of("c"))));

            String text = PlanJson.write(plan);

            assertThat(PlanJson.read(text)).isEqualTo(plan);
            assertThat(text).contains("\"ratio\" : 1.071429");
        }
    }

    @Nested
    class GivenABrokenFile {

        @Test
        void whenItIsCut_thenTheRemedyIsToPlanAgain() {
            assertThatThrownBy(() -> PlanJson.read("{\"v\":1,\"shards\":[{"))
                    .hasMessageContaining("no JSON")
                    .hasMessageContaining("evenkeel plan");
            assertThatThrownBy(() -> PlanJson.read("[]")).hasMessageContaining("evenkeel plan");
        }

        @Test
        void whenATestIsInTwoShards_thenItIsRefused() {
            assertThatThrownBy(() -> PlanJson.read(
                            "{\"v\":1,\"shards\":[{\"index\":1,\"tests\":[\"a\"]},{\"index\":2,\"tests\":[\"a\"]}]}"))
                    .hasMessageContaining("names test a twice");
        }
    }
}
