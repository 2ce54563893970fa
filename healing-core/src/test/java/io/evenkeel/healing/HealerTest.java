package io.evenkeel.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.classify.FailureClass;
import io.evenkeel.healing.match.Tier;
import io.evenkeel.healing.patch.Patch;
import io.evenkeel.healing.patch.PatchOutcome;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.trace.TraceFile;
import io.evenkeel.healing.trace.TraceUnreadableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The last column of {@code src/test/resources/playwright/README.md} holds. */
class HealerTest {

    private final Healer healer = new Healer();

    private HealingOutcome diagnose(String name, TraceFile trace) {
        return diagnose(name, trace, ReferenceBook.EMPTY);
    }

    private HealingOutcome diagnose(String name, TraceFile trace, ReferenceBook references) {
        Map<String, byte[]> sources = Map.of(
                "broken.spec.ts", FailureCases.text(".", "broken.spec.ts").getBytes(StandardCharsets.UTF_8));
        Project project = new Project("", Project.DEFAULT_TEST_ID_ATTRIBUTE, SourceFiles.of(sources));
        return healer.diagnose(new FailureEvidence(
                FailureCases.errors(name), trace, FailureCases.text(name, "error-context.md"), references, project));
    }

    private HealingOutcome diagnose(String name) {
        return diagnose(name, TraceFile.at(FailureCases.FOLDER.resolve(name).resolve("trace.zip")));
    }

    private static Heal healed(HealingOutcome outcome) {
        assertThat(outcome)
                .as(String.join("\n", outcome.diagnosis().explanation()))
                .isInstanceOf(HealingOutcome.Healed.class);
        return ((HealingOutcome.Healed) outcome).heal();
    }

    @Nested
    class GivenLocatorsThatBroke {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "role-name-changed|getByRole('button', { name: 'Log in' })",
                    "css-id-changed|locator('#login-user')",
                    "text-changed|locator('article').filter({ hasText: 'Pear' }).getByText('Put in basket')",
                    "pw-1.40.1-role-name-changed|getByRole('button', { name: 'Log in' })",
                    "pw-1.49.1-role-name-changed|getByRole('button', { name: 'Log in' })",
                    "pw-1.58.2-role-name-changed|getByRole('button', { name: 'Log in' })",
                    "pw-1.63.0-role-name-changed|getByRole('button', { name: 'Log in' })",
                })
        void whenThereIsNoReference_thenTheRightElementIsSuggested(String name, String locator) {
            Heal heal = healed(diagnose(name));

            assertThat(heal.locator()).isEqualTo(locator);
            assertThat(heal.tier()).isEqualTo(Tier.SUGGESTION);
        }

        @Test
        void whenOnlyOneWordOfATestIdIsLeft_thenTheRightElementIsFirst() {
            HealingOutcome outcome = diagnose("test-id-changed");

            assertThat(outcome.diagnosis()
                            .ranking()
                            .candidates()
                            .get(0)
                            .element()
                            .attribute("@testid"))
                    .isEqualTo("add-to-cart-apple");
        }

        @Test
        void whenTheSourceIsThere_thenTheEditIsOneLiteral() {
            Heal heal = healed(diagnose("text-changed"));

            Patch patch = heal.patch().match(PatchOutcome.Proposed::patch, r -> {
                throw new AssertionError(r.reason());
            });
            assertThat(patch.before()).isEqualTo("Add to cart");
            assertThat(patch.after()).isEqualTo("Put in basket");
            assertThat(patch.definition().site().line()).isEqualTo(20);
        }

        @Test
        void whenOnlyTheErrorContextIsThere_thenRolesAndNamesAreEnough() {
            Heal heal = healed(diagnose("role-name-changed", TraceFile.absent()));

            assertThat(heal.locator()).isEqualTo("getByRole('button', { name: 'Log in' })");
        }
    }

    @Nested
    class GivenReferencesFromPassingRuns {

        private HealingOutcome diagnoseWithReference(String name, String passing) throws TraceUnreadableException {
            Path trace = FailureCases.FOLDER.resolve("passing").resolve(passing).resolve("trace.zip");
            ReferenceBook references = ReferenceBook.EMPTY.with(new Learner("").learn(TraceFile.at(trace)));
            return diagnose(name, TraceFile.at(FailureCases.FOLDER.resolve(name).resolve("trace.zip")), references);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "role-name-changed|getByRole('button', { name: 'Log in' })",
                    "test-id-changed|getByTestId('add-to-cart-apple')",
                    "css-id-changed|locator('#login-user')",
                    "text-changed|locator('article').filter({ hasText: 'Pear' }).getByText('Put in basket')",
                })
        void whenTheElementIsThere_thenItIsRepaired(String name, String locator) throws TraceUnreadableException {
            HealingOutcome outcome = diagnoseWithReference(name, name);

            assertThat(healed(outcome).locator()).isEqualTo(locator);
            assertThat(String.join("\n", outcome.diagnosis().explanation())).contains("Reference: a passing run");
        }

        @ParameterizedTest
        @ValueSource(strings = {"tobevisible-fails", "element-exists-but-is-hidden", "real-defect-locator-fine"})
        void whenAnAssertionIsConcerned_thenNothingIsRepairedByItself(String name) throws TraceUnreadableException {
            HealingOutcome outcome = diagnoseWithReference(name, "role-name-changed");

            Tier tier = outcome.match(
                    h -> h.heal().tier(), a -> Tier.SUGGESTION, n -> Tier.NONE, r -> Tier.NONE, u -> Tier.NONE);
            assertThat(tier).isNotEqualTo(Tier.AUTO);
        }
    }

    @Nested
    class GivenFailuresThatNeedAPerson {

        @Test
        void whenTheLocatorIsAmbiguous_thenEveryChoiceIsOffered() {
            HealingOutcome outcome = diagnose("strict-mode-violation");

            assertThat(outcome).isInstanceOf(HealingOutcome.Ambiguous.class);
            assertThat(((HealingOutcome.Ambiguous) outcome).choices())
                    .hasSize(3)
                    .allSatisfy(choice -> {
                        assertThat(choice.tier()).isEqualTo(Tier.SUGGESTION);
                        assertThat(choice.locator()).doesNotContain("first()").doesNotContain("nth(");
                    });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "tobevisible-fails",
                    "pw-1.40.1-tobevisible-fails",
                    "pw-1.49.1-tobevisible-fails",
                    "pw-1.58.2-tobevisible-fails",
                    "pw-1.63.0-tobevisible-fails"
                })
        void whenAnAssertionFindsNothing_thenItIsASuggestionAtMost(String name) {
            HealingOutcome outcome = diagnose(name);

            assertThat(outcome.diagnosis().classification().failureClass())
                    .isEqualTo(FailureClass.MISSING_IN_ASSERTION);
            Tier tier = outcome.match(
                    h -> h.heal().tier(), a -> Tier.SUGGESTION, n -> Tier.NONE, r -> Tier.NONE, u -> Tier.NONE);
            assertThat(tier).isNotEqualTo(Tier.AUTO);
        }
    }

    @Nested
    class GivenFailuresThatMustNotBeHealed {

        @ParameterizedTest
        @ValueSource(strings = {"element-exists-but-is-hidden", "real-defect-locator-fine"})
        void whenDiagnosed_thenTheyAreRefused(String name) {
            assertThat(diagnose(name)).isInstanceOf(HealingOutcome.Refused.class);
        }
    }

    @Nested
    class GivenBadEvidence {

        @Test
        void whenNothingShowsThePage_thenItSaysWhatToDo() {
            HealingOutcome outcome = healer.diagnose(new FailureEvidence(
                    FailureCases.errors("role-name-changed"),
                    TraceFile.absent(),
                    "",
                    ReferenceBook.EMPTY,
                    new Project("", Project.DEFAULT_TEST_ID_ATTRIBUTE, SourceFiles.none())));

            assertThat(outcome).isInstanceOf(HealingOutcome.Unsupported.class);
            assertThat(outcome.diagnosis().explanation())
                    .anySatisfy(line -> assertThat(line).contains("retain-on-failure"));
        }

        @Test
        void whenTheTraceIsNoZip_thenTheErrorContextIsUsed() {
            Heal heal = healed(diagnose("role-name-changed", TraceFile.of("no zip".getBytes(StandardCharsets.UTF_8))));

            assertThat(heal.locator()).isEqualTo("getByRole('button', { name: 'Log in' })");
        }
    }
}
