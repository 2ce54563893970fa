package io.evenkeel.pipeline.ai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.evenkeel.pipeline.secret.Secret;
import java.io.IOException;
import java.util.Map;

/** {@code POST /api/chat} of Ollama, one answer or a stream of parts. */
final class OllamaChat implements ChatProtocol {

    @Override
    public String name() {
        return "Ollama server";
    }

    @Override
    public String path() {
        return "api/chat";
    }

    /** A server behind a proxy may want a key. */
    @Override
    public Map<String, String> headers(Secret key) {
        return ChatProtocol.bearer(key);
    }

    @Override
    public ObjectNode body(Talk talk) {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", talk.model());
        body.put("stream", false);
        body.putObject("options").put("temperature", 0);
        body.set("format", ChatProtocol.schema());
        body.putArray("messages")
                .add(ChatProtocol.message("system", talk.task()))
                .add(ChatProtocol.message("user", talk.prompt()));
        return body;
    }

    @Override
    public String content(String answer) throws IOException {
        StringBuilder content = new StringBuilder();
        for (String line : answer.lines().toList()) {
            if (!line.isBlank()) {
                JsonNode part = MAPPER.readTree(line);
                if (part.hasNonNull("error")) { // it may go wrong in the middle of a stream
                    throw new IOException(ChatProtocol.error(line));
                }
                content.append(part.path("message").path("content").asText(""));
            }
        }
        return content.toString();
    }
}
