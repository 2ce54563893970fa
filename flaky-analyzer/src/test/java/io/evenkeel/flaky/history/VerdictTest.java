package io.evenkeel.flaky.history;

import static io.evenkeel.flaky.history.AttemptStatus.FAILED;
import static io.evenkeel.flaky.history.AttemptStatus.INTERRUPTED;
import static io.evenkeel.flaky.history.AttemptStatus.PASSED;
import static io.evenkeel.flaky.history.AttemptStatus.SKIPPED;
import static io.evenkeel.flaky.history.AttemptStatus.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VerdictTest {

    @Nested
    class GivenATestExpectedToPass {

        @Test
        void whenItPasses_thenItPassed() {
            assertThat(Verdict.of(List.of(PASSED), PASSED)).isEqualTo(new Verdict.Passed());
        }

        @Test
        void whenARetryPasses_thenItIsFlaky() {
            assertThat(Verdict.of(List.of(TIMED_OUT, FAILED, PASSED), PASSED)).isEqualTo(new Verdict.Flaky(2));
        }

        @Test
        void whenEveryAttemptFails_thenItFailed() {
            assertThat(Verdict.of(List.of(FAILED, FAILED), PASSED)).isEqualTo(new Verdict.Failed(2));
        }

        @Test
        void whenItIsSkippedAtRunTime_thenItIsSkipped() {
            assertThat(Verdict.of(List.of(SKIPPED), PASSED)).isEqualTo(new Verdict.Skipped());
        }

        @Test
        void whenAnInterruptedAttemptIsRetried_thenTheRetryDecides() {
            assertThat(Verdict.of(List.of(INTERRUPTED, PASSED), PASSED)).isEqualTo(new Verdict.Passed());
        }

        @Test
        void whenItWasOnlyInterrupted_thenItFailed() {
            assertThat(Verdict.of(List.of(INTERRUPTED), PASSED)).isEqualTo(new Verdict.Failed(1));
        }

        @Test
        void whenItNeverStarted_thenItIsSkipped() {
            assertThat(Verdict.of(List.of(), PASSED)).isEqualTo(new Verdict.Skipped());
        }
    }

    @Nested
    class GivenATestExpectedToFail {

        @Test
        void whenItFails_thenItPassed() {
            assertThat(Verdict.of(List.of(FAILED), FAILED)).isEqualTo(new Verdict.Passed());
        }

        @Test
        void whenItPasses_thenItFailed() {
            assertThat(Verdict.of(List.of(PASSED), FAILED)).isEqualTo(new Verdict.Failed(1));
        }
    }
}
