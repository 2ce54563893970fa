package io.evenkeel.healing.embeddings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.evenkeel.healing.Adviser;
import io.evenkeel.healing.Adviser.Advice;
import io.evenkeel.healing.Adviser.Described;
import io.evenkeel.healing.Adviser.Question;
import io.evenkeel.healing.match.Tier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the real model. */
class EmbeddingAdviserTest {

    private static final Meanings MEANINGS = new Meanings(MiniLm.load());

    private final Adviser adviser = new EmbeddingAdviser(MEANINGS, Opposites.shipped());

    private Advice ask(Tier alone, String meant, String... texts) {
        return adviser.ask(new Question(
                "locator('#x')",
                "click",
                new Described("", meant),
                Arrays.stream(texts)
                        .map(text -> new Described("button \"" + text + "\"", text))
                        .toList(),
                alone));
    }

    @Nested
    class GivenTheModel {

        /** What they are is a property of the model; that they stay is ours to hold. */
        @ParameterizedTest
        @CsvSource({
            "Sign in, Log in, 0.84",
            "Delete, Remove, 0.77",
            "Add to cart, Add to basket, 0.64",
            "Sign in, Sign up, 0.79",
            "Next, Previous, 0.62",
            "Next, Continue, 0.46",
            "Submit, Send, 0.52",
            "Login, Anmelden, 0.14"
        })
        void whenTextsAreCompared_thenTheyAreAsAlikeAsMeasured(String a, String b, double cosine) {
            assertThat(MEANINGS.likeness(a, b)).isEqualTo(cosine, within(0.02));
            assertThat(MEANINGS.likeness(b, a)).isEqualTo(MEANINGS.likeness(a, b));
        }

        @Test
        void whenAnIdentifierIsCompared_thenItsWordsCount() {
            assertThat(MEANINGS.likeness("signIn_button", "sign in-button")).isEqualTo(1, within(0.01));
        }
    }

    @Nested
    class GivenARankerThatDecidesNothing {

        @ParameterizedTest
        @CsvSource({"Sign in, Help, Log in", "Photo, Orders, Picture", "Staff, Customers' orders, Employees"})
        void whenOneTextMeansTheSame_thenItIsChosen(String meant, String other, String same) {
            assertThat(ask(Tier.NONE, meant, other, same)).isEqualTo(new Advice.Chosen(1));
            assertThat(ask(Tier.NONE, meant, same, other)).isEqualTo(new Advice.Chosen(0));
        }

        @Test
        void whenTheNearestTextSaysTheOpposite_thenItIsNotChosen() {
            assertThat(ask(Tier.NONE, "Sign in", "Help", "Sign up", "Log in")).isEqualTo(new Advice.Chosen(2));
            assertThat(ask(Tier.NONE, "Next", "Help", "Previous")).isInstanceOf(Advice.Silent.class);
        }

        @Test
        void whenTheRankersFirstSaysTheOpposite_thenItIsNoneOfThem() {
            assertThat(ask(Tier.NONE, "Next", "Previous", "Help")).isEqualTo(new Advice.None());
        }

        @Test
        void whenTwoTextsAreEquallyNear_thenItIsSilent() {
            assertThat(ask(Tier.NONE, "Sign in", "Log in", "Log in")).isInstanceOf(Advice.Silent.class);
            assertThat(ask(Tier.NONE, "Photo", "Picture", "Image")).isInstanceOf(Advice.Silent.class);
        }

        @Test
        void whenNothingIsNear_thenItIsSilentAndSaysHowNear() {
            Advice advice = ask(Tier.NONE, "Sign in", "Terms", "Imprint", "");

            assertThat(advice).isInstanceOf(Advice.Silent.class);
            assertThat(((Advice.Silent) advice).reason()).contains("cannot tell", "0.60");
        }

        @Test
        void whenOnlyTheNumberDiffers_thenItIsSilent() {
            assertThat(ask(Tier.NONE, "Report of 2024", "Report of 2025")).isInstanceOf(Advice.Silent.class);
        }

        @Test
        void whenNothingIsKnownOrThere_thenItIsSilent() {
            assertThat(ask(Tier.NONE, "", "Log in")).isEqualTo(new Advice.Silent(""));
            assertThat(ask(Tier.NONE, "Sign in")).isEqualTo(new Advice.Silent(""));
        }

        @Test
        void whenAskedAgain_thenTheAnswerIsTheSame() {
            assertThat(ask(Tier.NONE, "Sign in", "Help", "Log in"))
                    .isEqualTo(new EmbeddingAdviser(new Meanings(MiniLm.load()), Opposites.shipped())
                            .ask(new Question(
                                    "",
                                    "",
                                    new Described("", "Sign in"),
                                    List.of(new Described("", "Help"), new Described("", "Log in")),
                                    Tier.NONE)));
        }
    }

    @Nested
    class GivenARankerWithASuggestion {

        @Test
        void whenAnotherTextIsNearer_thenTheSuggestionIsNotChanged() {
            assertThat(ask(Tier.SUGGESTION, "Sign in", "Help", "Log in")).isInstanceOf(Advice.Silent.class);
        }

        @Test
        void whenTheSuggestionSaysTheOpposite_thenItIsNoneOfThem() {
            assertThat(ask(Tier.SUGGESTION, "Next", "Previous", "Help")).isEqualTo(new Advice.None());
        }
    }
}
