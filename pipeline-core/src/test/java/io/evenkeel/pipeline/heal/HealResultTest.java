package io.evenkeel.pipeline.heal;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class HealResultTest {

    /** A refusal at a line of the page object, as one test met it. */
    private static HealResult refused(String test, int line, double confidence) {
        HealEvent event = new HealEvent(
                new HealSubject(test, "pages/receipt-page.ts", line, "broken-locator", Optional.empty()),
                new HealLocator(
                        "getByRole('button', { name: 'Print' })",
                        Optional.empty(),
                        "text content",
                        Map.of("text content", confidence)),
                new HealDecision(confidence, HealResult.REFUSED, "It may have been removed.", Duration.ofMillis(20)),
                Optional.empty(),
                Optional.empty());
        return new HealResult(event, List.of(), List.of(test), List.of("why " + test));
    }

    @Nested
    class GivenOneBrokenPlaceOfManyTests {

        @Test
        void whenItIsRefused_thenItIsToldOnceWithAllTests() {
            List<HealResult> told =
                    HealResult.byCause(List.of(refused("a", 7, 0.1), refused("b", 9, 0.1), refused("c", 7, 0.2)));

            assertThat(told).extracting(HealResult::tests).containsExactly(List.of("a", "c"), List.of("b"));
            assertThat(told.get(0).event().subject().id()).isEqualTo("a");
            assertThat(told.get(0).explanation()).containsExactly("why a");
        }
    }
}
