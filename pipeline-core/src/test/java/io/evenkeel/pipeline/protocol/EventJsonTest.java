package io.evenkeel.pipeline.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.pipeline.protocol.RunEvent.AgentEnd;
import io.evenkeel.pipeline.protocol.RunEvent.AttemptEnd;
import io.evenkeel.pipeline.protocol.RunEvent.Heal;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import io.evenkeel.pipeline.protocol.RunEvent.HealVerification;
import io.evenkeel.pipeline.protocol.RunEvent.TestSelected;
import io.evenkeel.pipeline.protocol.RunEvent.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class EventJsonTest {

    private static final Instant NOW = Instant.ofEpochMilli(1_790_000_000_000L);

    @Nested
    class GivenALineOfTheReporter {

        @Test
        void whenAnAttemptEnded_thenEveryPartIsRead() {
            SpoolEvent event = EventJson.read("""
                    {"v":1,"seq":7,"t":1790000000000,"ev":"attempt.end","id":"a-b","retry":1,"status":"timedOut","expected":"passed",
                     "startedAt":1789999999000,"durationMs":812,"worker":3,"parallel":1,"future":true,
                     "errors":[{"message":"boom","location":{"file":"/x/a.spec.ts","line":3,"column":9}}],
                     "attachments":[{"name":"trace","contentType":"application/zip","path":"/x/trace.zip"}],
                     "annotations":[{"type":"issue","description":"42"}]}""");

            assertThat(event.seq()).isEqualTo(7);
            assertThat(event.at()).isEqualTo(NOW);
            AttemptEnd end = (AttemptEnd) event.event();
            assertThat(end.retry()).isEqualTo(1);
            assertThat(end.outcome().status()).isEqualTo(AttemptStatus.TIMED_OUT);
            assertThat(end.outcome().duration()).isEqualTo(Duration.ofMillis(812));
            assertThat(end.outcome().lane().parallel()).isEqualTo(1);
            assertThat(end.evidence().errors().get(0).location().orElseThrow().line())
                    .isEqualTo(3);
            assertThat(end.evidence().attachments().get(0).path()).contains("/x/trace.zip");
            assertThat(event.json()).contains("\"future\":true");
        }

        @Test
        void whenATitleHoldsTheSeparatorAndANewline_thenItStaysOneTitle() {
            SpoolEvent event = EventJson.read(
                    "{\"seq\":1,\"ev\":\"test\",\"id\":\"a-b\",\"file\":\"a.spec.ts\",\"titles\":[\"terms › shows\",\"x\\ny\"],\"line\":1,\"column\":2}");

            assertThat(((TestSelected) event.event()).place().titles()).containsExactly("terms › shows", "x\ny");
        }

        @Test
        void whenTheKindIsUnknown_thenItIsKeptAsUnknown() {
            assertThat(EventJson.read("{\"seq\":1,\"ev\":\"lunch\"}").event()).isEqualTo(new Unknown("lunch"));
        }
    }

    @Nested
    class GivenABrokenLine {

        @Test
        void whenItIsNoJson_thenTheErrorSaysSo() {
            assertThatThrownBy(() -> EventJson.read("{\"seq\":1,")).hasMessageContaining("not JSON");
            assertThatThrownBy(() -> EventJson.read("")).isInstanceOf(MalformedEventException.class);
            assertThatThrownBy(() -> EventJson.read("[1]")).hasMessageContaining("not a JSON object");
        }

        @Test
        void whenAFieldIsMissing_thenTheErrorNamesIt() {
            assertThatThrownBy(() -> EventJson.read("{\"ev\":\"run.end\"}")).hasMessageContaining("seq");
            assertThatThrownBy(() -> EventJson.read("{\"seq\":1}")).hasMessageContaining("ev");
            assertThatThrownBy(() ->
                            EventJson.read("{\"seq\":1,\"ev\":\"attempt.end\",\"id\":\"a\",\"status\":\"green\"}"))
                    .hasMessageContaining("green");
        }
    }

    @Nested
    class GivenAnEventOfTheAgent {

        @Test
        void whenAHealIsWrittenAndRead_thenItIsTheSame() {
            HealEvent heal = new HealEvent(
                    new HealSubject("a-b", "pages/cart.ts", 12, "locator-not-found", Optional.of("http://shop/cart")),
                    new HealLocator(
                            "getByTestId('buy')",
                            Optional.of("getByTestId('add')"),
                            "test-id",
                            Map.of("test-id", 0.75, "text", 0.25)),
                    new HealDecision(0.97, "auto", "The only button of this name.", Duration.ofMillis(41)),
                    Optional.of(new HealVerification("failed", List.of("passed", "passed"), 3, true)),
                    Optional.of("--- a\n+++ b\n"));

            SpoolEvent read = EventJson.read(EventJson.heal(3, NOW, heal));

            assertThat(read.seq()).isEqualTo(3);
            assertThat(read.event()).isEqualTo(new Heal(heal));
        }

        @Test
        void whenAHealHappenedWhileTheTestRan_thenThatIsKept() {
            HealEvent heal = new HealEvent(
                    new HealSubject("a-b", "pages/cart.ts", 12, "broken-locator", Optional.empty()),
                    new HealLocator("getByTestId('buy')", Optional.of("getByTestId('add')"), "test-id", Map.of()),
                    new HealDecision(0.97, "suggestion", "", Duration.ofMillis(41), HealMoment.LIVE),
                    Optional.empty(),
                    Optional.empty());

            String line = EventJson.heal(3, NOW, heal);

            assertThat(line).contains("\"source\":\"live\"");
            assertThat(EventJson.read(line).event()).isEqualTo(new Heal(heal));
        }

        @Test
        void whenTheEndIsWrittenAndRead_thenItIsTheSame() {
            AgentEnd end = new AgentEnd(3, 0, List.of("a-b"));

            assertThat(EventJson.read(EventJson.agentEnd(9, NOW, end)).event()).isEqualTo(end);
        }
    }
}
