package io.evenkeel.pipeline.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.secret.Secret;
import java.util.Map;

/**
 * {@code POST /v1/messages} of Anthropic. The index is the argument of a tool the model must use, which is how that API restricts an
 * answer to a schema.
 */
final class AnthropicChat implements ChatProtocol {

    private static final String VERSION = "2023-06-01";
    private static final String TOOL = "answer";
    private static final int MOST_TOKENS = 256;

    @Override
    public String name() {
        return "server of Anthropic's API";
    }

    @Override
    public String path() {
        return "v1/messages";
    }

    @Override
    public Map<String, String> headers(Secret key) {
        return Map.of("x-api-key", key.reveal(), "anthropic-version", VERSION);
    }

    @Override
    public ObjectNode body(Talk talk) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", talk.model());
        body.put("max_tokens", MOST_TOKENS);
        body.put("system", talk.task());
        body.putArray("messages").add(ChatProtocol.message("user", talk.prompt()));
        body.putArray("tools")
                .addObject()
                .put("name", TOOL)
                .put("description", "Says which element is meant.")
                .set("input_schema", ChatProtocol.schema());
        body.putObject("tool_choice").put("type", "tool").put("name", TOOL);
        return body;
    }

    @Override
    public String content(String answer) throws JsonProcessingException {
        for (JsonNode block : MAPPER.readTree(answer).path("content")) {
            if (block.path("type").asText().equals("tool_use")
                    && block.path("name").asText().equals(TOOL)) {
                return block.path("input").toString();
            }
        }
        return "";
    }
}
