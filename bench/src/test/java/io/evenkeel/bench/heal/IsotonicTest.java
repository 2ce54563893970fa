package io.evenkeel.bench.heal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.healing.match.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IsotonicTest {

    @Test
    void whenTheModelIsTooSure_thenTheCalibrationSaysHowOftenItWasRight() {
        SplittableRandom random = new SplittableRandom(3);
        List<Isotonic.Answer> answers = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            double truth = random.nextDouble();
            answers.add(new Isotonic.Answer(Math.sqrt(truth), random.nextDouble() < truth, true));
        }

        Calibration calibration = Isotonic.fit(answers, 100);

        for (double truth : new double[] {0.2, 0.5, 0.8}) {
            assertThat(calibration.apply(Math.sqrt(truth))).isCloseTo(truth, within(0.08));
        }
    }

    @Test
    void whenThereAreFewAnswers_thenNoneIsCertain() {
        List<Isotonic.Answer> answers =
                List.of(new Isotonic.Answer(0.9, true, true), new Isotonic.Answer(0.95, true, true));

        assertThat(Isotonic.fit(answers, 20).apply(1)).isLessThan(1);
    }
}
