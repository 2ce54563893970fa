package io.evenkeel.pipeline.playwright;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaywrightTestIdTest {

    /** Values by coreutils: {@code printf 'cart.spec.ts' | sha1sum}, {@code printf '[project=desktop]cart.spec.ts\036cart\036adds' | sha1sum}. */
    @Test
    void whenComputed_thenItIsWhatSha1sumSays() {
        assertThat(PlaywrightTestId.of("desktop", "cart.spec.ts", "cart.spec.ts", List.of("cart", "adds")))
                .isEqualTo("1981448f0b79506fb670-873af60ee0e9e724d846");
    }

    @Test
    void whenRepeated_thenTheRepetitionIsPartOfTheSecondHalf() {
        String first = PlaywrightTestId.of("", "a.spec.ts", "a.spec.ts", List.of("t"), 0);
        String second = PlaywrightTestId.of("", "a.spec.ts", "a.spec.ts", List.of("t"), 1);

        assertThat(first).isEqualTo(PlaywrightTestId.of("", "a.spec.ts", "a.spec.ts", List.of("t")));
        assertThat(second).isNotEqualTo(first).startsWith(first.substring(0, 21));
    }
}
