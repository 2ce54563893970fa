package io.evenkeel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.evenkeel.pipeline.ai.AiService;
import io.evenkeel.pipeline.ai.AiSettings;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AiEnvironmentTest {

    private static Optional<AiSettings> read(Map<String, String> environment) {
        return new AiEnvironment(new Settings(environment)).read();
    }

    @Nested
    class GivenNoModel {

        @Test
        void whenOnlyAKeyIsThere_thenNobodyIsAsked() {
            assertThat(read(Map.of("EVENKEEL_AI_KEY", "secret", "EVENKEEL_AI_SERVICE", "anthropic")))
                    .isEmpty();
        }
    }

    @Nested
    class GivenAModel {

        @Test
        void whenNothingElseIsSaid_thenItIsOnTheOllamaServerOfThisMachine() {
            AiSettings settings = read(Map.of("EVENKEEL_AI_MODEL", "small")).orElseThrow();

            assertThat(settings.server().service()).isEqualTo(AiService.OLLAMA);
            assertThat(settings.server().url()).hasToString("http://127.0.0.1:11434/");
        }

        @Test
        void whenAServerOfOnesOwnSpeaksLikeOpenAi_thenItNeedsNoKey() {
            AiSettings settings = read(Map.of(
                            "EVENKEEL_AI_MODEL",
                            "small",
                            "EVENKEEL_AI_SERVICE",
                            "OpenAI",
                            "EVENKEEL_AI_URL",
                            "http://models.lan:8000/v1"))
                    .orElseThrow();

            assertThat(settings.server().service()).isEqualTo(AiService.OPENAI);
            assertThat(settings.server().url()).hasToString("http://models.lan:8000/v1/");
        }

        @Test
        void whenAnAccountIsNeeded_thenTheVariableOfTheKeyIsNamed() {
            for (String service : new String[] {"anthropic", "openai"}) {
                assertThatThrownBy(() -> read(Map.of("EVENKEEL_AI_MODEL", "m", "EVENKEEL_AI_SERVICE", service)))
                        .isInstanceOf(UsageException.class)
                        .hasMessageContaining("EVENKEEL_AI_KEY");
            }
        }

        @Test
        void whenTheServiceIsUnknown_thenTheKnownOnesAreNamed() {
            assertThatThrownBy(() -> read(Map.of("EVENKEEL_AI_MODEL", "m", "EVENKEEL_AI_SERVICE", "oracle")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("ollama or anthropic or openai");
        }

        @Test
        void whenTheKeyWouldGoOverPlainHttp_thenItIsRefusedAndNotPrinted() {
            assertThatThrownBy(() -> read(Map.of(
                            "EVENKEEL_AI_MODEL",
                            "m",
                            "EVENKEEL_AI_SERVICE",
                            "openai",
                            "EVENKEEL_AI_URL",
                            "http://models.lan/",
                            "EVENKEEL_AI_KEY",
                            "sk-secret")))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("https://")
                    .hasMessageNotContaining("sk-secret");
        }
    }

    @Nested
    class GivenEmbeddings {

        @Test
        void whenNoneAreNamed_thenThereAreNone() {
            assertThat(new AiEnvironment(new Settings(Map.of("EVENKEEL_AI_MODEL", "small"))).embeddings())
                    .isEmpty();
        }

        @Test
        void whenTheFileIsMissing_thenTheVariableAndTheRemedyAreNamed() {
            AiEnvironment environment =
                    new AiEnvironment(new Settings(Map.of("EVENKEEL_AI_EMBEDDINGS", "/no/such/embeddings.jar")));

            assertThatThrownBy(environment::embeddings)
                    .isInstanceOf(UsageException.class)
                    .hasMessage("EVENKEEL_AI_EMBEDDINGS (/no/such/embeddings.jar): there is no such file."
                            + " Download evenkeel-embeddings.jar of the release.");
        }
    }
}
