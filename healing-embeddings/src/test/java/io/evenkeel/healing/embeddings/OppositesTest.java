package io.evenkeel.healing.embeddings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OppositesTest {

    private final Opposites shipped = Opposites.shipped();

    @Nested
    class GivenTheShippedList {

        @ParameterizedTest
        @CsvSource({
            "Next, Previous",
            "Next step, Previous step",
            "Sign in, Sign up",
            "Sign in, Sign out",
            "Log in, Register",
            "Login, Log out",
            "Add item, Remove item",
            "Delete, Restore",
            "Enable alerts, Disable alerts",
            "Sound on, Sound off",
            "Open, Close",
            "Accept all, Decline all",
            "Yes, No",
            "Minimum price, Max. price",
            "Show more, Show less",
            "Allow, Don't allow",
            "btn-next, btnPrev",
            "Subscribe, Unsubscribe",
            "Billing address, Shipping address"
        })
        void whenTextsExcludeEachOther_thenTheyAreOpposites(String a, String b) {
            assertThat(shipped.between(a, b)).isTrue();
            assertThat(shipped.between(b, a)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({
            "Next, Continue",
            "Sign in, Log in",
            "Delete, Remove",
            "Add to cart, Put in basket",
            "Submit, Send",
            "Add or remove, Remove",
            "Page 2, Second page",
            "Notes, Remarks",
            "'', Help",
            "Onboarding, Offers"
        })
        void whenTheyDoNot_thenTheyAreNone(String a, String b) {
            assertThat(shipped.between(a, b)).isFalse();
            assertThat(shipped.between(b, a)).isFalse();
        }
    }

    @Nested
    class GivenTextsWithNumbers {

        @Test
        void whenBothHaveOthers_thenTheyDiffer() {
            assertThat(Opposites.numbersDiffer("Page 2", "Page 3")).isTrue();
            assertThat(Opposites.numbersDiffer("Page 2", "2. page")).isFalse();
            assertThat(Opposites.numbersDiffer("Page 2", "Next page")).isFalse();
        }
    }

    @Nested
    class GivenAListOfOnesOwn {

        @Test
        void whenItHasCommentsAndPhrases_thenSidesAreToldApart() {
            Opposites own = Opposites.of("# hot and cold\nquite hot, warm | cold | \nnot: hardly\n");

            assertThat(own.between("It is quite hot", "cold")).isTrue();
            assertThat(own.between("hot", "cold")).isFalse();
            assertThat(own.between("warm", "hardly warm")).isTrue();
        }
    }
}
