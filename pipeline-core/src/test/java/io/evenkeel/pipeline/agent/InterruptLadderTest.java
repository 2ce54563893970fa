package io.evenkeel.pipeline.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.playwright.CommandProcess.Signal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class InterruptLadderTest {

    private final InterruptLadder ladder = new InterruptLadder();
    private final Instant start = Instant.parse("2026-11-21T12:00:00Z");

    @Test
    void whenNobodyAsks_thenNothingIsSent() {
        assertThat(ladder.due(0, start)).isEmpty();
        assertThat(ladder.due(0, start.plusSeconds(3_600))).isEmpty();
    }

    @Test
    void whenAskedOnce_thenTheStepsFollowByTime() {
        assertThat(ladder.due(1, start)).contains(Signal.INT);
        assertThat(ladder.due(1, start.plusMillis(200))).isEmpty();

        Instant second = start.plus(InterruptLadder.FIRST_WAIT);
        assertThat(ladder.due(1, second.minusMillis(1))).isEmpty();
        assertThat(ladder.due(1, second)).contains(Signal.INT);

        Instant third = second.plus(InterruptLadder.SECOND_WAIT);
        assertThat(ladder.due(1, third.minusMillis(1))).isEmpty();
        assertThat(ladder.due(1, third)).contains(Signal.KILL);
        assertThat(ladder.due(9, third.plusSeconds(99))).isEmpty();
    }

    @Test
    void whenAskedAgain_thenTheNextStepComesAtOnce() {
        assertThat(ladder.due(1, start)).contains(Signal.INT);
        assertThat(ladder.due(2, start.plusMillis(200))).contains(Signal.INT);
        assertThat(ladder.due(2, start.plusMillis(400))).isEmpty();
        assertThat(ladder.due(3, start.plusMillis(600))).contains(Signal.KILL);
    }
}
