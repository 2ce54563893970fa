package io.evenkeel.pipeline.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.estimate.Estimate.Source;
import java.time.Duration;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RetryCostTest {

    private static final KnownTest TEST = new KnownTest("t", "desktop", "a.spec.ts", List.of("t"));
    private static final Offset<Double> EXACT = Offset.offset(1e-9);

    private static Timings run(Timings before, AttemptStatus status) {
        return before.after(List.of(new ObservedTest(TEST, 0, status, Duration.ofSeconds(4))), FixedCost.NONE);
    }

    @Test
    void whenATestFailsHalfOfTheTime_thenItsRetriesCostAsMuchAsTheyAreLikely() {
        Estimate estimate = new Estimate(Duration.ofSeconds(4), Source.HISTORY, 0.5);

        assertThat(estimate.withRetries(0)).isEqualTo(Duration.ofSeconds(4));
        assertThat(estimate.withRetries(1)).isEqualTo(Duration.ofSeconds(6));
        assertThat(estimate.withRetries(2)).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void whenRunsPassAndFail_thenTheShareFollowsTheNewest() {
        Timings red = run(run(Timings.none("s"), AttemptStatus.PASSED), AttemptStatus.FAILED);
        Timings green = run(red, AttemptStatus.PASSED);

        assertThat(red.sorted().get(0).failing()).isEqualTo(0.2, EXACT);
        assertThat(green.sorted().get(0).failing()).isEqualTo(0.16, EXACT);
    }

    @Test
    void whenATestWasSkippedOrInterrupted_thenItsShareStays() {
        Timings red = run(run(Timings.none("s"), AttemptStatus.PASSED), AttemptStatus.FAILED);

        assertThat(run(red, AttemptStatus.SKIPPED).sorted().get(0).failing()).isEqualTo(0.2, EXACT);
        assertThat(run(red, AttemptStatus.INTERRUPTED).sorted().get(0).failing())
                .isEqualTo(0.2, EXACT);
        assertThat(red.sorted().get(0).recent()).hasSize(1);
    }

    @Test
    void whenTheShareIsNoShare_thenItIsNoKnowledge() {
        assertThat(new TestTiming(TEST, List.of(), Double.NaN).failing()).isZero();
        assertThat(new TestTiming(TEST, List.of(), -1).failing()).isZero();
        assertThat(new TestTiming(TEST, List.of(), 7).failing()).isEqualTo(1);
    }
}
