package io.evenkeel.flaky.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationSketchTest {

    @Nested
    class GivenDurationsFromASecondToAMinute {

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5})
        void whenAskedForQuantiles_thenEachIsWithinTwoPercentOfTheExactOne(long seed) {
            Random random = new Random(seed);
            long[] millis = new long[400];
            DurationSketch sketch = new DurationSketch();
            for (int i = 0; i < millis.length; i++) {
                millis[i] = Math.round(1000 * Math.exp(random.nextDouble() * Math.log(60)));
                sketch.addMillis(millis[i]);
            }
            Arrays.sort(millis);

            for (double share : new double[] {0, 0.25, 0.5, 0.9, 0.95, 0.99, 1}) {
                double exact = millis[(int) Math.floor(share * (millis.length - 1))];
                double answered = sketch.quantile(share).orElseThrow().toNanos() / 1e6;
                assertThat(answered).isCloseTo(exact, within(exact * 0.0201));
            }
        }

        @Test
        void whenTwoHalvesAreMerged_thenTheResultIsThatOfTheWhole() {
            DurationSketch whole = new DurationSketch();
            DurationSketch odd = new DurationSketch();
            DurationSketch even = new DurationSketch();
            for (int i = 1; i <= 300; i++) {
                whole.addMillis(i * 7L);
                (i % 2 == 0 ? even : odd).addMillis(i * 7L);
            }

            odd.merge(even);

            assertThat(odd).isEqualTo(whole);
        }

        @Test
        void whenItIsMergedWithItself_thenTheQuantilesStay() {
            DurationSketch sketch = new DurationSketch();
            for (int i = 1; i <= 100; i++) {
                sketch.addMillis(i * 10L);
            }
            Duration before = sketch.p95().orElseThrow();

            sketch.merge(sketch);

            assertThat(sketch.p95()).contains(before);
            assertThat(sketch.samples()).isEqualTo(200);
        }
    }

    @Nested
    class GivenATestThatBecameFaster {

        @Test
        void whenTheNewDurationsPrevail_thenTheOldOnesFade() {
            DurationSketch sketch = new DurationSketch();
            for (int i = 0; i < 1000; i++) {
                sketch.addMillis(10_000);
            }
            for (int i = 0; i < 600; i++) {
                sketch.addMillis(1_000);
            }

            assertThat(sketch.p50().orElseThrow()).isBetween(Duration.ofMillis(980), Duration.ofMillis(1_020));
            assertThat(sketch.samples()).isLessThanOrEqualTo(512);
        }
    }

    @Nested
    class GivenStoredBytes {

        @Test
        void whenTheReplayIsInterruptedByStoring_thenTheBytesAreTheSame() {
            Random random = new Random(7);
            DurationSketch straight = new DurationSketch();
            DurationSketch stored = new DurationSketch();
            for (int i = 0; i < 3000; i++) {
                long millis = (long) Math.exp(random.nextGaussian() + 8);
                straight.addMillis(millis);
                stored.addMillis(millis);
                stored = DurationSketch.fromBytes(stored.toBytes());
            }

            assertThat(stored.toBytes()).isEqualTo(straight.toBytes());
        }

        @Test
        void whenDurationsSpanEverything_thenTheSizeStaysBoundedAndTheTopExact() {
            Random random = new Random(11);
            DurationSketch sketch = new DurationSketch();
            for (int i = 0; i < 20_000; i++) {
                sketch.addMillis((long) Math.exp(random.nextDouble() * 18));
            }

            assertThat(sketch.toBytes().length).isLessThanOrEqualTo(DurationSketch.MAX_BYTES);
            assertThat(sketch.p99().orElseThrow().toMillis()).isBetween(35_000_000L, 66_000_000L);
        }

        @Test
        void whenTheyAreDamaged_thenTheErrorSaysSo() {
            byte[] bytes = new byte[] {1, 5, 1, 1};

            assertThatThrownBy(() -> DurationSketch.fromBytes(bytes)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> DurationSketch.fromBytes(new byte[0])).hasMessageContaining("damaged");
            assertThatThrownBy(() -> DurationSketch.fromBytes(new byte[] {9, 0}))
                    .hasMessageContaining("version");
        }

        @Test
        void whenTheyAreRandom_thenOnlyOurErrorIsThrown() {
            Random random = new Random(3);
            for (int i = 0; i < 5_000; i++) {
                byte[] bytes = new byte[random.nextInt(40)];
                random.nextBytes(bytes);
                try {
                    DurationSketch.fromBytes(bytes).quantile(0.5);
                } catch (IllegalArgumentException expected) {
                    assertThat(expected).hasMessageContaining("must");
                }
            }
        }
    }

    @Nested
    class GivenNothing {

        @Test
        void whenAsked_thenThereIsNoAnswer() {
            assertThat(new DurationSketch().p50()).isEmpty();
            assertThat(new DurationSketch().isEmpty()).isTrue();
        }

        @Test
        void whenTheShareIsNoShare_thenItIsRefused() {
            assertThatThrownBy(() -> new DurationSketch().quantile(95)).hasMessageContaining("[0, 1]");
        }

        @Test
        void whenDurationsAreAbsurd_thenTheyAreClamped() {
            DurationSketch sketch = new DurationSketch();
            sketch.add(Duration.ofMillis(-5));
            sketch.add(Duration.ZERO);
            sketch.add(Duration.ofSeconds(Long.MAX_VALUE));

            assertThat(sketch.quantile(0).orElseThrow()).isBetween(Duration.ofNanos(900_000), Duration.ofMillis(1));
            assertThat(sketch.quantile(1).orElseThrow()).isBetween(Duration.ofHours(23), Duration.ofHours(25));
        }
    }
}
