package io.evenkeel.pipeline.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.util.Map;

/** How one vendor's server is asked for an object with an index, and how its answer is read. Stateless. */
interface ChatProtocol {

    ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What is said to the model.
     *
     * @param task what it is for, the same each time
     * @param prompt the question
     */
    record Talk(String model, String task, String prompt) {}

    /** Returns how people call the server. */
    String name();

    /** Returns the path of a question, relative to the server's address. */
    String path();

    /** Returns the headers of a question besides its content type. */
    Map<String, String> headers(Secret key);

    /** Returns the question. */
    ObjectNode body(Talk talk);

    /**
     * Returns what the model said, a JSON object if it does as it is told.
     *
     * @param answer a body with status 200, without an error in it
     * @throws JsonProcessingException if it is none of this server
     * @throws IOException if the server gives a reason instead of an answer
     */
    String content(String answer) throws IOException;

    /** Returns what the model must answer, as a JSON schema. */
    static ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.putObject("properties").putObject("index").put("type", "integer");
        schema.putArray("required").add("index");
        return schema.put("additionalProperties", false);
    }

    /** Returns the header that carries a key; none without one. */
    static Map<String, String> bearer(Secret key) {
        return key.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + key.reveal());
    }

    /** Returns a message of a conversation. */
    static ObjectNode message(String role, String content) {
        return JsonNodeFactory.instance.objectNode().put("role", role).put("content", content);
    }

    /** Returns the reason a server gives instead of an answer; empty when it gives none. All three write it alike. */
    static String error(String answer) {
        try {
            JsonNode error = MAPPER.readTree(answer).path("error");
            return error.path("message").asText(error.asText(""));
        } catch (JsonProcessingException e) {
            return "";
        }
    }
}
