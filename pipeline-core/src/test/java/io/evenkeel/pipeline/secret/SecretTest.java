package io.evenkeel.pipeline.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SecretTest {

    private record Config(String url, Secret token) {}

    @Nested
    class GivenAToken {

        private final Secret token = Secret.of(" ek_p&ss word \n");

        @Test
        void whenItIsPrinted_thenItIsAMask() {
            assertThat(new Config("https://example.org", token).toString())
                    .contains("****")
                    .doesNotContain("ek_p");
        }

        @Test
        void whenItIsRevealed_thenItIsWithoutTheSpaceAroundIt() {
            assertThat(token.reveal()).isEqualTo("ek_p&ss word");
        }

        @Test
        void whenATextHoldsIt_thenItIsMaskedPlainAndEncoded() {
            assertThat(token.maskIn("a ek_p&ss word b ek_p%26ss+word c")).isEqualTo("a **** b **** c");
        }

        @Test
        void whenItIsCompared_thenTheValueCounts() {
            assertThat(token).isEqualTo(Secret.of("ek_p&ss word")).isNotEqualTo(Secret.of("other"));
        }
    }

    @Nested
    class GivenNoToken {

        @Test
        void whenATextIsMasked_thenItStaysAsItIs() {
            assertThat(Secret.of("  ").maskIn("any text")).isEqualTo("any text");
            assertThat(Secret.of("  ").isEmpty()).isTrue();
        }
    }
}
