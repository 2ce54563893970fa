package io.evenkeel.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.coordinator.run.RunVerdict.Facts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunVerdictTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, PASSED",
        "0, 2, 0, 0, 0, FLAKY",
        "0, 2, 1, 0, 0, HEALED",
        "0, 0, 0, 1, 0, INCOMPLETE",
        "0, 0, 0, 1, 3, INCOMPLETE",
        "0, 0, 0, 0, 1, FAILED",
        "1, 0, 0, 0, 0, FAILED",
        "1, 0, 1, 1, 0, FAILED"
    })
    void whenARunEnds_thenTheWorstNewsDecide(
            int failed, int flaky, int healed, int missing, int exitCode, RunVerdict expected) {
        assertThat(RunVerdict.of(new Facts(failed, flaky, healed, missing, exitCode)))
                .isEqualTo(expected);
    }
}
