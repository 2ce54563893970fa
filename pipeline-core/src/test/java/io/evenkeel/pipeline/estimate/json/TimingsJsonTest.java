package io.evenkeel.pipeline.estimate.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.estimate.FixedCost;
import io.evenkeel.pipeline.estimate.KnownTest;
import io.evenkeel.pipeline.estimate.TestTiming;
import io.evenkeel.pipeline.estimate.Timings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TimingsJsonTest {

    private static final String REFERENCE =
            "{\"v\":1,\"suite\":\"playwright.config.ts\",\"fixedPerUnitMs\":120,\"fixedPerMachineMs\":2400,"
                    + "\"tests\":{\"id-1\":{\"project\":\"desktop\",\"file\":\"cart.spec.ts\",\"titles\":[\"cart\",\"adds\"],"
                    + "\"recentMs\":[812,790,801]}}}";

    private static final Timings TIMINGS = new Timings(
            "playwright.config.ts",
            new FixedCost(Duration.ofMillis(120), Duration.ofMillis(2400)),
            Map.of(
                    "id-1",
                    new TestTiming(
                            new KnownTest("id-1", "desktop", "cart.spec.ts", List.of("cart", "adds")),
                            List.of(Duration.ofMillis(812), Duration.ofMillis(790), Duration.ofMillis(801)))));

    @Nested
    class GivenTimings {

        @TempDir
        Path folder;

        @Test
        void whenWritten_thenTheFileIsThatOfTheReferencePage() throws IOException {
            Path file = folder.resolve("new/timings.json");
            TimingsJson.write(file, TIMINGS);

            assertThat(Files.readString(file)).isEqualTo(REFERENCE);
        }

        @Test
        void whenRead_thenTheyAreTheSame() throws IOException {
            Path file = Files.writeString(folder.resolve("timings.json"), REFERENCE);

            assertThat(TimingsJson.read(file)).isEqualTo(TIMINGS);
        }
    }

    @Nested
    class GivenADamagedFile {

        @TempDir
        Path folder;

        private Timings read(String content) throws IOException {
            return TimingsJson.read(Files.writeString(folder.resolve("timings.json"), content));
        }

        @Test
        void whenItIsNoJson_thenTheMessageSaysWhatToDo() {
            assertThatThrownBy(() -> read("{\"v\":1,"))
                    .isInstanceOf(TimingsFileException.class)
                    .hasMessageContaining("delete the file");
        }

        @Test
        void whenItIsOfAnotherVersion_thenItIsRefused() {
            assertThatThrownBy(() -> read("{\"v\":9,\"tests\":{}}")).hasMessageContaining("\"v\":1");
        }

        @Test
        void whenItIsMissing_thenItIsRefused() {
            assertThatThrownBy(() -> TimingsJson.read(folder.resolve("none.json")))
                    .isInstanceOf(TimingsFileException.class);
        }

        @Test
        void whenNumbersAreStrange_thenTheyDoNoHarm() throws IOException {
            Timings timings = read("{\"v\":1,\"suite\":\"s\",\"fixedPerUnitMs\":-5,\"fixedPerMachineMs\":\"x\","
                    + "\"tests\":{\"a\":{\"recentMs\":[1e300,-7,\"n\",null,20]}}}");

            assertThat(timings.fixed()).isEqualTo(FixedCost.NONE);
            assertThat(timings.sorted().get(0).recent()).hasSize(3).endsWith(Duration.ofMillis(20));
        }
    }
}
