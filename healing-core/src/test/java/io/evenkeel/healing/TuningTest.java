package io.evenkeel.healing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.healing.Tuning.Decided;
import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Share;
import io.evenkeel.healing.match.Strategy;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TuningTest {

    private static final String TEXT = Strategy.TEXT.words();

    private static Ranking ranking(double first, double second, double none, Strategy strategy) {
        return new Ranking(
                List.of(candidate(0, first, strategy), candidate(1, second, strategy)),
                none,
                first,
                Calibration.IDENTITY.tier(first));
    }

    private static Candidate candidate(int index, double probability, Strategy strategy) {
        Fingerprint element = new Fingerprint(
                new Nature("a", "link"),
                new Wording("", "", ""),
                Map.of(),
                new Placement(List.of(), List.of(), "", 0, 0),
                Box.UNKNOWN);
        return new Candidate(index, element, probability, List.of(new Share("x", strategy, 1, 2)));
    }

    @Nested
    class GivenNoDecision {

        @Test
        void whenItIsApplied_thenTheModelIsAsShipped() {
            Ranking shipped = ranking(0.9, 0.05, 0.05, Strategy.TEXT);

            assertThat(Tuning.of(Map.of())).isEqualTo(Tuning.NONE);
            assertThat(Tuning.NONE.apply(shipped, Calibration.IDENTITY)).isEqualTo(shipped);
        }
    }

    @Nested
    class GivenRejections {

        @Test
        void whenOneWasRejected_thenNoneGetsTheDifferenceOfTheLogOdds() {
            Tuning tuning = Tuning.of(Map.of(TEXT, new Decided(0, 1)));

            assertThat(tuning.all()).isCloseTo(Math.log(2), within(1e-12));
            Ranking tuned = tuning.apply(ranking(0.9, 0, 0.1, Strategy.TEXT), Calibration.IDENTITY);
            assertThat(tuned.candidates().get(0).probability()).isCloseTo(0.9 / 1.1, within(1e-12));
            assertThat(tuned.none()).isCloseTo(0.2 / 1.1, within(1e-12));
            assertThat(tuned.confidence()).isCloseTo(0.9 / 1.1, within(1e-12));
        }

        @Test
        void whenManyWereRejected_thenTheWeightIsBounded() {
            Tuning tuning = Tuning.of(Map.of(TEXT, new Decided(0, 10_000)));

            assertThat(tuning.all()).isEqualTo(Tuning.MOST);
            assertThat(tuning.strategies()).containsEntry(TEXT, Tuning.MOST);
        }

        @Test
        void whenOneStrategyWasRejected_thenItIsMoreCarefulThanTheOthers() {
            Tuning tuning = Tuning.of(Map.of(TEXT, new Decided(0, 3), Strategy.TEST_ID.words(), new Decided(60, 0)));

            double text = tuning.apply(ranking(0.8, 0, 0.2, Strategy.TEXT), Calibration.IDENTITY)
                    .confidence();
            double testId = tuning.apply(ranking(0.8, 0, 0.2, Strategy.TEST_ID), Calibration.IDENTITY)
                    .confidence();
            assertThat(text).isLessThan(testId);
            assertThat(testId).isEqualTo(0.8);
        }
    }

    @Nested
    class GivenAnyDecisions {

        @RepeatedTest(50)
        void whenTheyAreApplied_thenNothingIsSurerThanAsShipped(RepetitionInfo info) {
            RandomGenerator random = new java.util.Random(info.getCurrentRepetition());
            Tuning tuning = Tuning.of(Map.of(
                    TEXT,
                    new Decided(random.nextInt(40), random.nextInt(10)),
                    "AI",
                    new Decided(random.nextInt(40), random.nextInt(10))));
            double first = random.nextDouble();
            double second = random.nextDouble() * (1 - first);
            Ranking shipped = ranking(first, second, 1 - first - second, Strategy.TEXT);

            Ranking tuned = tuning.apply(shipped, Calibration.IDENTITY);

            assertThat(tuned.confidence()).isLessThanOrEqualTo(shipped.confidence());
            assertThat(tuned.none()).isGreaterThanOrEqualTo(shipped.none());
            double sum = tuned.none()
                    + tuned.candidates().stream()
                            .mapToDouble(Candidate::probability)
                            .sum();
            assertThat(sum).isCloseTo(1, within(1e-9));
        }
    }

    @Nested
    class GivenWeightsOutOfBounds {

        @Test
        void whenItIsMade_thenItIsRefused() {
            assertThatThrownBy(() -> new Tuning(-0.1, Map.of())).hasMessageContaining("0 to 2");
            assertThatThrownBy(() -> new Tuning(0, Map.of("AI", 2.5))).hasMessageContaining("AI");
        }
    }
}
