package io.evenkeel.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.Adviser.Advice;
import io.evenkeel.healing.Adviser.Described;
import io.evenkeel.healing.Adviser.Question;
import io.evenkeel.healing.match.Calibration;
import io.evenkeel.healing.match.Candidate;
import io.evenkeel.healing.match.Ranking;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.reference.Fingerprint;
import io.evenkeel.healing.reference.Nature;
import io.evenkeel.healing.reference.Placement;
import io.evenkeel.healing.reference.Wording;
import io.evenkeel.healing.snapshot.Box;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdvisedTest {

    private final List<Adviser.Question> asked = new ArrayList<>();
    private Advice advice = new Advice.None();

    private static Ranking ranking(double confidence, int size) {
        return new Ranking(
                IntStream.range(0, size).mapToObj(AdvisedTest::candidate).toList(),
                0.1,
                confidence,
                Calibration.IDENTITY.tier(confidence));
    }

    private static Candidate candidate(int index) {
        return new Candidate(index, button("Button " + index), 1.0 / (index + 2), List.of());
    }

    private static Fingerprint button(String name) {
        return new Fingerprint(
                new Nature("button", "button"),
                new Wording(name, name, ""),
                Map.of("id", "b", "value", "typed"),
                new Placement(List.of(), List.of("landmark:main "), "", 0, 0),
                Box.UNKNOWN);
    }

    private Advised of(Ranking ranking) {
        Adviser adviser = question -> {
            asked.add(question);
            return advice;
        };
        return Advised.of(
                ranking,
                new Advised.Sought("getByText('x')", "click", Advised.described(button("Old"))),
                List.of(adviser));
    }

    @Nested
    class GivenARankerThatIsSure {

        @ParameterizedTest
        @ValueSource(doubles = {0.9, 0.99, 0.29, 0})
        void whenNothingIsInDoubt_thenNobodyIsAsked(double confidence) {
            assertThat(of(ranking(confidence, 3)).ranking()).isEqualTo(ranking(confidence, 3));
            assertThat(asked).isEmpty();
        }
    }

    @Nested
    class GivenARankerInDoubt {

        @Test
        void whenItAsks_thenItNamesEightCandidatesByTheirTexts() {
            of(ranking(0.6, 12));

            assertThat(asked.get(0).candidates()).hasSize(8);
            assertThat(asked.get(0).candidates().get(1))
                    .isEqualTo(new Described("button \"Button 1\" id=b in landmark:main ", "Button 1"));
            assertThat(asked.get(0).then().all()).startsWith("button \"Old\"").doesNotContain("typed");
        }

        @Test
        void whenTheAnswerIsNone_thenNothingIsHealed() {
            assertThat(of(ranking(0.8, 3)).ranking().confidence()).isZero();
        }

        @Test
        void whenAnotherIsChosen_thenItIsFirstAndASuggestionAtMost() {
            advice = new Advice.Chosen(2);

            Advised advised = of(ranking(0.89, 3));

            assertThat(advised.ranking().candidates())
                    .extracting(Candidate::index)
                    .containsExactly(2, 0, 1);
            assertThat(advised.ranking().confidence()).isEqualTo(Tier.SUGGESTION_FLOOR);
            assertThat(advised.cap()).isEqualTo(Tier.SUGGESTION);
        }

        @Test
        void whenTheSameIsChosen_thenItsConfidenceStands() {
            advice = new Advice.Chosen(0);

            assertThat(of(ranking(0.7, 3)).ranking()).isEqualTo(ranking(0.7, 3));
            assertThat(of(ranking(0.4, 3)).cap()).isEqualTo(Tier.SUGGESTION);
        }

        @Test
        void whenThereIsNoAdviceOrAWrongNumber_thenTheRankerDecidesAlone() {
            advice = new Advice.Silent("It is down.");
            assertThat(of(ranking(0.7, 3)).ranking()).isEqualTo(ranking(0.7, 3));
            advice = new Advice.Chosen(9);
            assertThat(of(ranking(0.7, 3)).ranking()).isEqualTo(ranking(0.7, 3));
        }
    }

    @Nested
    class GivenSeveralAdvisers {

        private Advised ask(Adviser... advisers) {
            return Advised.of(
                    ranking(0.7, 3),
                    new Advised.Sought("getByText('x')", "click", Advised.described(button("Old"))),
                    List.of(advisers));
        }

        @Test
        void whenTheFirstIsSilent_thenTheNextIsAskedAndBothAreHeard() {
            Advised advised = ask(q -> new Advice.Silent("It is down."), q -> new Advice.Chosen(1));

            assertThat(advised.ranking().candidates().get(0).index()).isEqualTo(1);
            assertThat(advised.said()).hasSize(2).first().isEqualTo("It is down.");
        }

        @Test
        void whenTheFirstSpeaks_thenNobodyElseIsAsked() {
            Advised advised = ask(q -> new Advice.None(), q -> new Advice.Chosen(1));

            assertThat(advised.cap()).isEqualTo(Tier.NONE);
        }
    }

    @Nested
    class GivenTexts {

        private Question question(String meant, String... texts) {
            return new Question(
                    "getByText('x')",
                    "click",
                    new Described("", meant),
                    Arrays.stream(texts).map(t -> new Described("", t)).toList(),
                    Tier.NONE);
        }

        @Test
        void whenACandidateHasHalfOfTheWords_thenWordsTell() {
            assertThat(question("Add to cart", "Help", "Add to basket").wordsTell())
                    .isTrue();
            assertThat(question("addToCart", "add-to-cart").wordsTell()).isTrue();
        }

        @Test
        void whenWordsDiffer_thenTheyDoNot() {
            assertThat(question("Sign in", "Log in", "Help").wordsTell()).isFalse();
            assertThat(question("Sign in").wordsTell()).isFalse();
        }

        @Test
        void whenNothingIsKnownOfWhatIsMeant_thenThereIsNothingToAsk() {
            assertThat(question("", "Log in").wordsTell()).isTrue();
        }

        @Test
        void whenAnElementShowsNoText_thenItIsCalledByItsPlaceholder() {
            Fingerprint field = new Fingerprint(
                    new Nature("input", "textbox"),
                    new Wording("", "", ""),
                    Map.of("placeholder", "Find products", "title", "Search"),
                    new Placement(List.of(), List.of(), "", 0, 0),
                    Box.UNKNOWN);

            assertThat(Advised.described(field).text()).isEqualTo("Find products");
        }
    }
}
