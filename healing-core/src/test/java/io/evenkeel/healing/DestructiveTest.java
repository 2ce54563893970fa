package io.evenkeel.healing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DestructiveTest {

    @Nested
    class GivenTheShippedNames {

        @ParameterizedTest
        @ValueSource(
                strings = {"Delete account", "getByRole('button', { name: 'Pay now' })", "Place order", "remove-line"})
        void whenATextHoldsOneAsAWord_thenItIsDestructive(String text) {
            assertThat(Destructive.SHIPPED.in(List.of("", text))).isTrue();
        }

        @ParameterizedTest
        @ValueSource(strings = {"Payment methods", "Undeleted items", "Presets", "Ordering"})
        void whenItIsPartOfAWordOnly_thenItIsNot(String text) {
            assertThat(Destructive.SHIPPED.in(List.of(text))).isFalse();
        }
    }

    @Nested
    class GivenNamesOfAProject {

        @Test
        void whenTheyAreAdded_thenTheShippedOnesStay() {
            Destructive names = Destructive.SHIPPED.with(List.of(" löschen ", ""));

            assertThat(names.in(List.of("Konto LÖSCHEN"))).isTrue();
            assertThat(names.in(List.of("Delete"))).isTrue();
            assertThat(names.in(List.of("Konto"))).isFalse();
        }
    }
}
