package io.evenkeel.pipeline.queue.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.pipeline.queue.Admission;
import io.evenkeel.pipeline.queue.Journal.QueueState;
import io.evenkeel.pipeline.queue.Reply.Changes;
import io.evenkeel.pipeline.queue.Reply.Going;
import io.evenkeel.pipeline.queue.Reply.Granted;
import io.evenkeel.pipeline.queue.Reply.Span;
import io.evenkeel.pipeline.queue.Reply.Standing;
import io.evenkeel.pipeline.queue.Reply.Uncounted;
import io.evenkeel.pipeline.queue.Terms;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@SuppressWarnings("ClassCanBeStatic") // JUnit needs inner classes
class AnswerJsonTest {

    private static JsonNode parsed(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }

    @Nested
    class GivenAReply {

        private final Going going = new Going(
                List.of(new Granted(4, List.of("a", "b"))),
                new Changes(17, List.of(new Span(0, 3), new Span(6, 6)), List.of(new Span(5, 5))),
                new Standing(12, 3, Duration.ofMillis(2_100), QueueState.CANCELLED),
                new Uncounted(List.of("c"), List.of("d")));

        @Test
        void whenItIsWritten_thenItIsAsDocumented() throws Exception {
            assertThat(parsed(AnswerJson.write(going).toString())).isEqualTo(parsed("""
                {"granted":[{"position":4,"tests":["a","b"]}], "revision":17, "taken":[[0,3],[6,6]], "free":[[5,5]],
                 "open":12, "heldByOthers":3, "quietMs":2100, "state":"cancelled", "refused":["c"], "missing":["d"]}
                """));
        }

        @Test
        void whenItIsReadAgain_thenNothingIsLost() throws Exception {
            assertThat(AnswerJson.going(parsed(AnswerJson.write(going).toString())))
                    .isEqualTo(going);
        }
    }

    @Nested
    class GivenAnAdmission {

        private final Admission admission = new Admission(
                9,
                new Terms(Duration.ofSeconds(40), Duration.ofSeconds(3)),
                List.of(new Granted(0, List.of("a"))),
                2,
                List.of());

        @Test
        void whenItIsWritten_thenItIsAsDocumented() throws Exception {
            assertThat(parsed(AnswerJson.write(admission).toString())).isEqualTo(parsed("""
                {"token":9, "leaseMs":40000, "heartbeatMs":3000, "passed":2, "granted":[{"position":0,"tests":["a"]}]}
                """));
        }

        @Test
        void whenItIsReadAgain_thenNothingIsLost() throws Exception {
            assertThat(AnswerJson.admission(parsed(AnswerJson.write(admission).toString())))
                    .isEqualTo(admission);
        }
    }

    @Nested
    class GivenAnAnswerOfAnotherVersion {

        @Test
        void whenAReplySaysLittle_thenTheRestIsEmptyAndTheQueueOpen() throws Exception {
            assertThat(AnswerJson.going(parsed("{\"revision\":3,\"state\":\"sleeping\"}")))
                    .isEqualTo(new Going(
                            List.of(),
                            new Changes(3, List.of(), List.of()),
                            new Standing(0, 0, Duration.ZERO, QueueState.OPEN),
                            Uncounted.NONE));
        }

        @Test
        void whenAnAdmissionSaysNothingOfTime_thenTheTermsAreTheStandardOnes() throws Exception {
            assertThat(AnswerJson.admission(parsed("{\"token\":1}")).terms()).isEqualTo(Terms.STANDARD);
        }

        @Test
        void whenALeaseIsShorterThanTwoHeartbeats_thenItIsTakenForSoLong() throws Exception {
            assertThat(AnswerJson.admission(parsed("{\"token\":1,\"leaseMs\":10,\"heartbeatMs\":5000}"))
                            .terms())
                    .isEqualTo(new Terms(Duration.ofSeconds(10), Duration.ofSeconds(5)));
        }
    }
}
