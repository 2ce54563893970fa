package io.evenkeel.pipeline.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.evenkeel.healing.synthesis.Locator;
import io.evenkeel.pipeline.heal.LiveRepair.Asked;
import io.evenkeel.pipeline.heal.LiveRepair.Decision;
import io.evenkeel.pipeline.protocol.RunEvent.HealDecision;
import io.evenkeel.pipeline.protocol.RunEvent.HealEvent;
import io.evenkeel.pipeline.protocol.RunEvent.HealLocator;
import io.evenkeel.pipeline.protocol.RunEvent.HealMoment;
import io.evenkeel.pipeline.protocol.RunEvent.HealSubject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class LiveHealingTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = "[[\"html\",{},0,[0,0,1,1]],\"Shop\",0]";

    private final List<String> said = new ArrayList<>();
    private final List<Asked> asked = new ArrayList<>();
    private LiveHealing healing;

    @BeforeEach
    void start() throws IOException {
        healing = LiveHealing.start(this::decide, 2, said::add);
    }

    @AfterEach
    void stop() {
        healing.close();
    }

    private Decision decide(Asked question) {
        asked.add(question);
        String old = question.call().locator();
        if (old.contains("gone")) {
            return new Decision.Left("It may have been removed.");
        }
        return new Decision.Repaired(
                Locator.parse("getByText('New')").orElseThrow(),
                new HealEvent(
                        new HealSubject(question.test(), "a.spec.ts", 3, "broken-locator", Optional.empty()),
                        new HealLocator(old, Optional.of("getByText('New')"), "text", Map.of()),
                        new HealDecision(0.95, "suggestion", "", Duration.ZERO, HealMoment.LIVE),
                        Optional.empty(),
                        Optional.empty()));
    }

    private HttpResponse<String> post(String route, String body) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(healing.address() + route))
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode ask(String test, String locator) throws IOException, InterruptedException {
        return JSON.readTree(post("/ask", question(test, locator, PAGE)).body());
    }

    private static String question(String test, String locator, String page) {
        return JSON.createObjectNode()
                .put("test", test)
                .put("locator", locator)
                .put("action", "click")
                .put("url", "http://shop/")
                .put("testIdAttribute", "data-testid")
                .put("page", page)
                .set(
                        "place",
                        JSON.createObjectNode()
                                .put("file", "/p/a.spec.ts")
                                .put("line", 3)
                                .put("column", 9))
                .toString();
    }

    private void done(JsonNode answer, String result) throws IOException, InterruptedException {
        post(
                "/done",
                JSON.createObjectNode()
                        .put("id", answer.path("id").asInt())
                        .put("result", result)
                        .toString());
    }

    @Nested
    class GivenAnOffer {

        @Test
        void whenTheActionPassed_thenItIsRecordedOnceForEachTest() throws Exception {
            done(ask("t1", "locator('#old')"), "passed");
            done(ask("t1", "locator('#old')"), "passed");
            done(ask("t2", "locator('#old')"), "passed");

            assertThat(healing.healed()).extracting(heal -> heal.subject().id()).containsExactly("t1", "t2");
            assertThat(said)
                    .singleElement()
                    .asString()
                    .contains("locator('#old') → getByText('New')")
                    .contains("95 %");
            assertThat(asked.get(0).call().place()).hasToString("/p/a.spec.ts:3:9");
            assertThat(asked.get(0).page().elements()).hasSize(1);
        }

        @Test
        void whenTheActionFailed_thenNothingIsRecorded() throws Exception {
            JsonNode answer = ask("t1", "locator('#old')");
            done(answer, "failed");
            done(answer, "passed");

            assertThat(answer.path("locator")).isNotEmpty();
            assertThat(healing.healed()).isEmpty();
        }
    }

    @Test
    void whenNothingIsSure_thenThereIsAReasonAndNoLocator() throws Exception {
        JsonNode answer = ask("t1", "locator('#gone')");

        assertThat(answer.has("locator")).isFalse();
        assertThat(answer.path("reason").asText()).contains("removed");
    }

    @Test
    void whenMoreLocatorsBreakThanARedesignHas_thenTheOthersAreLeft() throws Exception {
        assertThat(ask("t1", "locator('#a')").has("locator")).isTrue();
        assertThat(ask("t1", "locator('#b')").has("locator")).isTrue();

        assertThat(ask("t1", "locator('#c')").has("locator")).isFalse();
        assertThat(ask("t2", "locator('#a')").has("locator")).isTrue();
        assertThat(said)
                .containsExactly(
                        "More than 2 locators are broken at once: this is a redesign, and no others are healed live.");
    }

    @Nested
    class GivenSomethingElseThanAQuestion {

        @Test
        void whenThePageIsNoPage_thenThereIsAReason() throws Exception {
            HttpResponse<String> answer = post("/ask", question("t1", "locator('#old')", "{\"a\":"));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("reason").doesNotContain("\"locator\"");
        }

        @Test
        void whenTheSecretIsMissing_thenNobodyAnswers() throws Exception {
            URI open = URI.create("http://127.0.0.1:" + healing.address().getPort() + "/ask");

            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(open)
                                    .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(asked).isEmpty();
        }
    }
}
