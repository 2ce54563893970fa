package io.evenkeel.pipeline.ai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.secret.Secret;
import java.util.Map;

/** {@code POST /chat/completions} of OpenAI and of the servers that speak like it. */
final class OpenAiChat implements ChatProtocol {

    @Override
    public String name() {
        return "server of OpenAI's API";
    }

    @Override
    public String path() {
        return "chat/completions";
    }

    @Override
    public Map<String, String> headers(Secret key) {
        return ChatProtocol.bearer(key);
    }

    @Override
    public ObjectNode body(Talk talk) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", talk.model());
        body.putArray("messages")
                .add(ChatProtocol.message("system", talk.task()))
                .add(ChatProtocol.message("user", talk.prompt()));
        body.putObject("response_format")
                .put("type", "json_schema")
                .putObject("json_schema")
                .put("name", "answer")
                .put("strict", true)
                .set("schema", ChatProtocol.schema());
        return body;
    }

    @Override
    public String content(String answer) throws JsonProcessingException {
        return MAPPER.readTree(answer)
                .path("choices")
                .path(0)
                .path("message")
                .path("content")
                .asText("");
    }
}
