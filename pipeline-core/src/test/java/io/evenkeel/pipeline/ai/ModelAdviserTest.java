package io.evenkeel.pipeline.ai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.evenkeel.healing.Adviser.Advice;
import io.evenkeel.healing.Adviser.Described;
import io.evenkeel.healing.Adviser.Question;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a server that speaks the protocol of Ollama's {@code POST /api/chat}. */
class ModelAdviserTest {

    private static final Question QUESTION = new Question(
            "getByRole('button', { name: 'Pay' })",
            "click",
            seen("button \"Pay\""),
            List.of(seen("button \"Pay now\""), seen("link \"Terms\"")),
            Tier.NONE);

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<JsonNode> asked = new ArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @TempDir
    private Path cache;

    private HttpServer server;
    private Behaviour behaviour = exchange -> say(exchange, 200, answer("{\"index\": 0}"));

    /** What the server does with a question. */
    private interface Behaviour {
        void answer(HttpExchange exchange) throws IOException;
    }

    private static Described seen(String all) {
        return new Described(all, "");
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/chat", exchange -> {
            asked.add(mapper.readTree(exchange.getRequestBody()));
            behaviour.answer(exchange);
        });
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private String answer(String content) {
        return part(content, true);
    }

    private String part(String content, boolean done) {
        var json = mapper.createObjectNode();
        json.put("model", "small").put("created_at", "2026-01-05T10:00:00Z");
        json.putObject("message").put("role", "assistant").put("content", content);
        return json.put("done", done).toString();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private ModelAdviser adviser(int calls, Duration limit) {
        return new ModelAdviser(
                new AiSettings(new AiServer(AiService.OLLAMA, url(), Secret.none()), "small", calls, limit), cache);
    }

    private Advice ask(Question question) {
        return adviser(20, Duration.ofSeconds(30)).ask(question);
    }

    private static String silence(Advice advice) {
        assertThat(advice).isInstanceOf(Advice.Silent.class);
        return ((Advice.Silent) advice).reason();
    }

    @Nested
    class GivenAModelThatAnswers {

        @Test
        void whenItNamesACandidate_thenThatIsTheAdvice() {
            assertThat(ask(QUESTION)).isEqualTo(new Advice.Chosen(0));

            JsonNode request = asked.get(0);
            assertThat(request.path("model").asText()).isEqualTo("small");
            assertThat(request.path("stream").asBoolean(true)).isFalse();
            assertThat(request.path("format").path("properties").has("index")).isTrue();
            assertThat(request.path("messages").path(1).path("content").asText())
                    .contains("0: button \"Pay now\"", "1: link \"Terms\"", "It used to find: button");
        }

        @Test
        void whenItSaysNone_thenNoneIsTheAdvice() {
            behaviour = exchange -> say(exchange, 200, answer("{\"index\":-1}"));

            assertThat(ask(QUESTION)).isEqualTo(new Advice.None());
        }

        @Test
        void whenTheServerStreamsItsAnswer_thenThePartsArePutTogether() {
            behaviour = exchange -> say(
                    exchange,
                    200,
                    part("{\"ind", false) + "\n" + part("ex\": 1}", false) + "\n" + part("", true) + "\n");

            assertThat(ask(QUESTION)).isEqualTo(new Advice.Chosen(1));
        }

        @Test
        void whenTheSameIsAskedAgain_thenTheKeptAnswerIsTaken() {
            ask(QUESTION);

            assertThat(adviser(0, Duration.ofSeconds(1)).ask(QUESTION)).isEqualTo(new Advice.Chosen(0));
            assertThat(asked).hasSize(1);
        }

        @Test
        void whenTextsHoldSecrets_thenTheyAreNotSent() {
            ask(new Question(
                    "getByText('sk-live-4eC39HqLyjWDarjtT1zdp7dc')",
                    "click",
                    seen(""),
                    List.of(seen("link \"ann@example.com\""), seen("cell \"4111 1111 1111 1111\"")),
                    Tier.NONE));

            assertThat(asked.get(0).toString())
                    .doesNotContain("4eC39", "ann@", "4111")
                    .contains("getByText");
        }
    }

    @Nested
    class GivenAModelThatCannotBeTrusted {

        @Test
        void whenTheIndexIsOutOfRange_thenThereIsNoAdvice() {
            behaviour = exchange -> say(exchange, 200, answer("{\"index\": 7}"));

            assertThat(silence(ask(QUESTION))).contains("7", "none of the numbers");
        }

        @Test
        void whenItTalksNonsense_thenThereIsNoAdvice() {
            for (String nonsense : List.of("The first one!", "{\"index\":\"0\"}", "{}", "", "{\"index\":1e99}")) {
                behaviour = exchange -> say(exchange, 200, answer(nonsense));

                assertThat(silence(ask(QUESTION))).as(nonsense).contains("something else than a number");
            }
        }

        @Test
        void whenItIsNoOllamaServer_thenThereIsNoAdvice() {
            behaviour = exchange -> say(exchange, 200, "<html>");

            assertThat(silence(ask(QUESTION))).contains("no Ollama server");
        }

        @Test
        void whenTheModelIsMissing_thenTheServersReasonIsPassedOn() {
            behaviour = exchange -> say(exchange, 200, "{\"error\":\"model 'small' not found\"}");

            assertThat(silence(ask(QUESTION))).contains("model 'small' not found");
        }
    }

    @Nested
    class GivenATroubledServer {

        @Test
        void whenItIsDown_thenThereIsNoAdvice() {
            ModelAdviser adviser = adviser(20, Duration.ofSeconds(30));
            server.stop(0);

            assertThat(silence(adviser.ask(QUESTION))).contains("gives no answer");
        }

        @Test
        void whenItIsSlow_thenItIsGivenUp() {
            behaviour = exchange -> {
                try {
                    end.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            };

            assertThat(silence(adviser(20, Duration.ofMillis(200)).ask(QUESTION)))
                    .contains("gives no answer");
        }

        @Test
        void whenItFailsThreeTimes_thenItIsNotAskedAgain() {
            behaviour = exchange -> say(exchange, 500, "");
            ModelAdviser adviser = adviser(20, Duration.ofSeconds(30));

            for (int i = 0; i < 5; i++) {
                adviser.ask(QUESTION);
            }

            assertThat(asked).hasSize(3);
            assertThat(silence(adviser.ask(QUESTION))).contains("not asked any more");
        }
    }

    @Nested
    class GivenABudget {

        @Test
        void whenItIsUsedUp_thenNothingIsAsked() {
            ModelAdviser adviser = adviser(1, Duration.ofSeconds(30));
            adviser.ask(QUESTION);

            Advice second = adviser.ask(
                    new Question("getByText('x')", "click", seen(""), List.of(seen("link \"y\"")), Tier.NONE));

            assertThat(silence(second)).contains("used up");
            assertThat(asked).hasSize(1);
        }
    }
}
