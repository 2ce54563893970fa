package io.evenkeel.flaky.duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationHistoryTest {

    @Nested
    class GivenASteadyTest {

        @Test
        void whenOneRunIsSlow_thenThePredictionHoldsStill() {
            DurationPredictor predictor = DurationPredictor.empty();
            for (int i = 0; i < 10; i++) {
                predictor = predictor.after(Duration.ofSeconds(4));
            }
            predictor = predictor.after(Duration.ofMinutes(5));

            assertThat(predictor.next().orElseThrow().toMillis()).isCloseTo(4_000, within(1L));
        }

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void whenItOnlyVaries_thenNoRegressionIsSeenInAThousandRuns(long seed) {
            Random random = new Random(seed);
            DurationHistory history = new DurationHistory();
            for (int run = 0; run < 1000; run++) {
                history.add(run, Duration.ofMillis((long) (5_000 * Math.exp(0.25 * random.nextGaussian()))));
            }

            assertThat(history.lastRegression()).isEmpty();
        }
    }

    @Nested
    class GivenATestThatBecomesSlower {

        @ParameterizedTest(name = "seed {0}")
        @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
        void whenItTakesTwiceAsLong_thenTheCommitIsNamedWithinAFewRuns(long seed) {
            Random random = new Random(seed);
            DurationHistory history = new DurationHistory();
            for (int run = 0; run < 130; run++) {
                double factor = run < 100 ? 1 : 2;
                history.add(run, Duration.ofMillis((long) (5_000 * factor * Math.exp(0.25 * random.nextGaussian()))));
            }

            DurationDrift.Regression regression = history.lastRegression().orElseThrow();
            assertThat(regression.commitOrdinal()).isBetween(96L, 106L);
            assertThat(regression.slowdown()).isCloseTo(1.0, within(0.5));
        }

        @Test
        void whenItIsOnlyHalfASecond_thenItIsNotWorthAWord() {
            DurationHistory history = new DurationHistory();
            for (int run = 0; run < 130; run++) {
                history.add(run, Duration.ofMillis(run < 100 ? 200 + run % 3 : 700 + run % 3));
            }

            assertThat(history.lastRegression()).isEmpty();
        }

        @Test
        void whenOnlyAPullRequestIsSlow_thenTheWatchDoesNotMove() {
            DurationHistory history = new DurationHistory();
            for (int run = 0; run < 100; run++) {
                history.add(run, Duration.ofMillis(3_000 + run % 5));
            }
            for (int run = 0; run < 30; run++) {
                history.addFromPullRequest(Duration.ofMillis(9_000));
            }

            assertThat(history.lastRegression()).isEmpty();
        }
    }

    @Nested
    class GivenStoredBytes {

        @Test
        void whenTheReplayIsInterruptedByStoring_thenTheBytesAreTheSame() {
            Random random = new Random(5);
            DurationHistory straight = new DurationHistory();
            DurationHistory stored = new DurationHistory();
            for (int run = 0; run < 500; run++) {
                Duration duration = Duration.ofMillis((long) Math.exp(random.nextGaussian() + (run < 250 ? 8 : 9)));
                straight.add(run, duration);
                stored.add(run, duration);
                stored = DurationHistory.fromBytes(stored.toBytes());
            }

            assertThat(stored.toBytes()).isEqualTo(straight.toBytes());
            assertThat(stored.toBytes().length).isLessThanOrEqualTo(DurationHistory.MAX_BYTES);
        }

        @Test
        void whenTheyAreCut_thenTheErrorSaysSo() {
            byte[] cut = java.util.Arrays.copyOf(new DurationHistory().toBytes(), 20);

            assertThatThrownBy(() -> DurationHistory.fromBytes(cut)).hasMessageContaining("Maybe they were cut");
        }
    }

    @Nested
    class GivenRetries {

        @Test
        void whenEveryFourthAttemptFails_thenAQuarterOfAFailureIsPlanned() {
            DurationPredictor predictor = DurationPredictor.empty().after(Duration.ofSeconds(10));

            assertThat(predictor
                            .nextWithRetries(0.25, Duration.ofSeconds(40))
                            .orElseThrow()
                            .toMillis())
                    .isCloseTo(20_000, within(1L));
            assertThatThrownBy(() -> predictor.nextWithRetries(25, Duration.ofSeconds(1)))
                    .hasMessageContaining("[0, 1]");
        }

        @Test
        void whenItNeverPassed_thenThereIsNoPrediction() {
            assertThat(DurationPredictor.empty().next()).isEmpty();
        }
    }
}
