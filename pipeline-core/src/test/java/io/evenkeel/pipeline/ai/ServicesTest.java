package io.evenkeel.pipeline.ai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Over a server that speaks what each service speaks, and refuses what it would refuse. */
class ServicesTest {

    private static final String KEY = "sk-test-0123456789abcdef";
    private static final Question QUESTION = new Question(
            "getByText('Pay')",
            "click",
            seen("button \"Pay\""),
            List.of(seen("button \"Pay now\""), seen("link \"Terms\"")),
            Tier.NONE);

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<JsonNode> asked = new ArrayList<>();

    @TempDir
    private Path cache;

    private HttpServer server;
    private int index;
    private String wrongKey = "";

    private static Described seen(String all) {
        return new Described(all, "");
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/api/chat", this::ollama);
        server.createContext("/v1/messages", this::anthropic);
        server.createContext("/chat/completions", this::openAi);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void ollama(HttpExchange exchange) throws IOException {
        JsonNode request = read(exchange);
        String schema = request.path("format").path("type").asText();
        ObjectNode answer = mapper.createObjectNode().put("model", "small").put("done", true);
        answer.putObject("message").put("role", "assistant").put("content", content());
        say(exchange, schema.equals("object") ? 200 : 400, answer);
    }

    /** As documented: key and version are headers; a tool that must be used is used. */
    private void anthropic(HttpExchange exchange) throws IOException {
        JsonNode request = read(exchange);
        if (!header(exchange, "x-api-key").equals(KEY)) {
            refuse(exchange, "invalid x-api-key");
            return;
        }
        boolean complete = header(exchange, "anthropic-version").equals("2023-06-01")
                && request.path("max_tokens").asInt() > 0
                && request.path("messages").path(0).path("role").asText().equals("user")
                && request.path("tools")
                        .path(0)
                        .path("input_schema")
                        .path("properties")
                        .has("index");
        String tool = request.path("tool_choice").path("name").asText();
        ObjectNode answer = mapper.createObjectNode()
                .put("id", "msg_1")
                .put("type", "message")
                .put("role", "assistant")
                .put("stop_reason", "tool_use");
        answer.putArray("content")
                .addObject()
                .put("type", "tool_use")
                .put("id", "toolu_1")
                .put("name", tool)
                .putObject("input")
                .put("index", index);
        say(exchange, complete ? 200 : 400, answer);
    }

    /** As documented: strict schemas name every property as required and allow no other. */
    private void openAi(HttpExchange exchange) throws IOException {
        JsonNode request = read(exchange);
        if (!header(exchange, "Authorization").equals("Bearer " + KEY)) {
            refuse(exchange, "Incorrect API key provided: " + wrongKey);
            return;
        }
        JsonNode format = request.path("response_format");
        JsonNode schema = format.path("json_schema").path("schema");
        boolean complete = format.path("type").asText().equals("json_schema")
                && schema.path("required").path(0).asText().equals("index")
                && !schema.path("additionalProperties").asBoolean(true);
        ObjectNode answer = mapper.createObjectNode().put("id", "chatcmpl-1").put("object", "chat.completion");
        answer.putArray("choices")
                .addObject()
                .put("index", 0)
                .put("finish_reason", "stop")
                .putObject("message")
                .put("role", "assistant")
                .put("content", content());
        say(exchange, complete ? 200 : 400, answer);
    }

    private String content() {
        return "{\"index\":" + index + "}";
    }

    private JsonNode read(HttpExchange exchange) throws IOException {
        JsonNode request = mapper.readTree(exchange.getRequestBody());
        asked.add(request);
        return request;
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private void refuse(HttpExchange exchange, String message) throws IOException {
        ObjectNode answer = mapper.createObjectNode().put("type", "error");
        answer.putObject("error").put("type", "authentication_error").put("message", message);
        say(exchange, 401, answer);
    }

    private static void say(HttpExchange exchange, int status, ObjectNode answer) throws IOException {
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        try (var out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private ModelAdviser adviser(AiService service, String key) {
        AiServer there = new AiServer(service, url(), Secret.of(key));
        return new ModelAdviser(new AiSettings(there, "small", 20, Duration.ofSeconds(30)), cache);
    }

    private static String silence(Advice advice) {
        assertThat(advice).isInstanceOf(Advice.Silent.class);
        return ((Advice.Silent) advice).reason();
    }

    @Nested
    class GivenAnAccount {

        @ParameterizedTest
        @EnumSource(AiService.class)
        void whenTheModelNamesACandidate_thenThatIsTheAdvice(AiService service) {
            index = 1;

            assertThat(adviser(service, KEY).ask(QUESTION)).isEqualTo(new Advice.Chosen(1));

            String request = asked.get(0).toString();
            assertThat(request).contains("small", "0: button", "1: link").doesNotContain(KEY);
        }

        @ParameterizedTest
        @EnumSource(AiService.class)
        void whenTheModelSaysNone_thenNoneIsTheAdvice(AiService service) {
            index = -1;

            assertThat(adviser(service, KEY).ask(QUESTION)).isEqualTo(new Advice.None());
        }

        @ParameterizedTest
        @EnumSource(AiService.class)
        void whenTheModelNamesWhatIsNotThere_thenThereIsNoAdvice(AiService service) {
            index = 8;

            assertThat(silence(adviser(service, KEY).ask(QUESTION))).contains("8", "none of the numbers");
        }

        @Test
        void whenTwoServicesAreAskedTheSame_thenTheAnswersOfOneAreNotTakenForThoseOfTheOther() {
            adviser(AiService.ANTHROPIC, KEY).ask(QUESTION);
            index = 1;

            assertThat(adviser(AiService.OPENAI, KEY).ask(QUESTION)).isEqualTo(new Advice.Chosen(1));
        }
    }

    @Nested
    class GivenAWrongKey {

        @ParameterizedTest
        @EnumSource(value = AiService.class, mode = EnumSource.Mode.EXCLUDE, names = "OLLAMA")
        void whenTheServerRepeatsIt_thenItIsNotPrinted(AiService service) {
            wrongKey = "short-key";

            String reason = silence(adviser(service, wrongKey).ask(QUESTION));

            assertThat(reason)
                    .contains("status 401")
                    .containsIgnoringCase("api")
                    .doesNotContain(wrongKey);
        }
    }

    @Nested
    class GivenAnAddressWithoutEncryption {

        @Test
        void whenItIsAnotherMachine_thenNoKeyIsSentThere() {
            assertThatThrownBy(() ->
                            new AiServer(AiService.OPENAI, URI.create("http://models.example.com/v1/"), Secret.of(KEY)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("https://")
                    .hasMessageNotContaining(KEY);
        }
    }
}
