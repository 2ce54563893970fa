package io.evenkeel.bench.heal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Tier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SuggestionFloorTest {

    private static List<Isotonic.Answer> absent(int count, double from, double to) {
        List<Isotonic.Answer> answers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            answers.add(new Isotonic.Answer(from + (to - from) * i / count, false, false));
        }
        return answers;
    }

    @Nested
    class GivenAbsentElements {

        @Test
        void whenHardlyAnyIsFound_thenTheFloorStaysLow() {
            List<Isotonic.Answer> answers = absent(500, 0, 0.5);

            assertThat(SuggestionFloor.of(Calibration.IDENTITY, answers)).isEqualTo(Tier.SUGGESTION_FLOOR);
        }

        @Test
        void whenManyAreFound_thenTheFloorRisesUntilFewAre() {
            List<Isotonic.Answer> answers = absent(1_000, 0, 0.8); // 10 in a thousand for each step of 0.008

            double floor = SuggestionFloor.of(Calibration.IDENTITY, answers);

            long found = answers.stream().filter(a -> a.raw() >= floor).count();
            assertThat(found).isLessThan(40).isGreaterThan(15);
        }

        @Test
        void whenAllAreFound_thenOnlyWhatIsSureIsSuggested() {
            assertThat(SuggestionFloor.of(Calibration.IDENTITY, absent(100, 0.95, 1)))
                    .isEqualTo(Tier.AUTO_FLOOR);
        }

        @Test
        void whenPresentOnesAreFound_thenTheyDoNotCount() {
            List<Isotonic.Answer> answers = absent(500, 0, 0.5);
            answers.addAll(List.of(new Isotonic.Answer(0.9, true, true), new Isotonic.Answer(0.8, false, true)));

            assertThat(SuggestionFloor.of(Calibration.IDENTITY, answers)).isEqualTo(Tier.SUGGESTION_FLOOR);
        }
    }

    @Nested
    class GivenAShare {

        /** 5 of 100 at z = 1.2816, computed by hand from Wilson's formula. */
        @Test
        void whenBounded_thenTheUpperEndIsWilsons() {
            assertThat(SuggestionFloor.upper(5, 100)).isCloseTo(0.0859, within(0.0001));
        }
    }
}
