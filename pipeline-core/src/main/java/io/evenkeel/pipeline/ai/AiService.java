package io.evenkeel.pipeline.ai;

import java.net.URI;

/** What a server with a language model speaks. */
public enum AiService {
    /** An Ollama server, as a rule one's own. */
    OLLAMA("http://127.0.0.1:11434/"),
    /** The messages API of Anthropic. */
    ANTHROPIC("https://api.anthropic.com/"),
    /** The chat completions of OpenAI, which many other servers speak too. */
    OPENAI("https://api.openai.com/v1/");

    private final URI url;

    AiService(String url) {
        this.url = URI.create(url);
    }

    /** Returns the address of a server that is not named. */
    public URI url() {
        return url;
    }

    ChatProtocol protocol() {
        return switch (this) {
            case OLLAMA -> new OllamaChat();
            case ANTHROPIC -> new AnthropicChat();
            case OPENAI -> new OpenAiChat();
        };
    }
}
