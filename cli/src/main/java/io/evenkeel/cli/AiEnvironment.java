package io.evenkeel.cli;

import io.evenkeel.pipeline.ai.AiServer;
import io.evenkeel.pipeline.ai.AiService;
import io.evenkeel.pipeline.ai.AiSettings;
import io.evenkeel.pipeline.ai.EmbeddingsJar;
import io.evenkeel.pipeline.secret.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The language model and the embeddings of the environment; there are none unless somebody names them. Immutable.
 *
 * @param settings the environment
 */
record AiEnvironment(Settings settings) {

    private static final String EMBEDDINGS = "EVENKEEL_AI_EMBEDDINGS";

    /**
     * Returns how the model is asked; empty when none is named.
     *
     * @throws UsageException when what is set makes no sense; a key is never in its message
     */
    Optional<AiSettings> read() {
        return settings.value("EVENKEEL_AI_MODEL").map(this::of);
    }

    /**
     * Returns the jar that compares what texts mean; empty when none is named.
     *
     * @throws UsageException when the file is not that jar, or of another release
     */
    Optional<EmbeddingsJar> embeddings() {
        return settings.value(EMBEDDINGS).map(file -> {
            try {
                return EmbeddingsJar.of(Path.of(file), Version.number());
            } catch (IllegalArgumentException e) {
                throw new UsageException(EMBEDDINGS + " (" + file + "): " + e.getMessage());
            }
        });
    }

    private AiSettings of(String model) {
        AiService service = service(settings.value("EVENKEEL_AI_SERVICE").orElse(AiService.OLLAMA.name()));
        Secret key = Secret.of(settings.value("EVENKEEL_AI_KEY").orElse(""));
        Optional<String> url = settings.value("EVENKEEL_AI_URL");
        boolean account = service == AiService.ANTHROPIC || (service == AiService.OPENAI && url.isEmpty());
        if (account && key.isEmpty()) {
            throw new UsageException("EVENKEEL_AI_SERVICE (" + words(service)
                    + ") needs a key of your account there in EVENKEEL_AI_KEY, a masked variable of your CI.");
        }
        try {
            return new AiSettings(
                    new AiServer(service, url.map(AiEnvironment::folder).orElse(service.url()), key),
                    model,
                    number("EVENKEEL_AI_CALLS", 20),
                    Duration.ofSeconds(number("EVENKEEL_AI_SECONDS", 20)));
        } catch (IllegalArgumentException e) {
            throw new UsageException("The AI is not set up rightly: " + e.getMessage());
        }
    }

    private static AiService service(String name) {
        return Arrays.stream(AiService.values())
                .filter(service -> words(service).equals(name.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new UsageException("EVENKEEL_AI_SERVICE (" + name + ") must be "
                        + Arrays.stream(AiService.values())
                                .map(AiEnvironment::words)
                                .collect(Collectors.joining(" or "))
                        + "."));
    }

    private static String words(AiService service) {
        return service.name().toLowerCase(Locale.ROOT);
    }

    private static URI folder(String url) {
        return URI.create(url.endsWith("/") ? url : url + "/");
    }

    private int number(String variable, int otherwise) {
        String text = settings.value(variable).orElse(String.valueOf(otherwise));
        if (!text.matches("\\d{1,6}")) {
            throw new UsageException(variable + " (" + text + ") must be a whole number.");
        }
        return Integer.parseInt(text);
    }
}
