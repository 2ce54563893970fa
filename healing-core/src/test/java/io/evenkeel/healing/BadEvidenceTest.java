package io.evenkeel.healing;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.classify.FailureClass;
import io.evenkeel.healing.classify.ReportedError;
import io.evenkeel.healing.reference.ReferenceBook;
import io.evenkeel.healing.source.CallSite;
import io.evenkeel.healing.source.SourceFiles;
import io.evenkeel.healing.trace.TraceFile;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a failed attempt left behind, the outcome is one of the known ones and says why. */
class BadEvidenceTest {

    private static final String BUTTON = "[\"BUTTON\",{\"data-testid\":\"save\"},\"Save order\"]";

    private static final String LOGIN =
            "[\"HTML\",{},[\"HEAD\",{},[\"TITLE\",{},\"Log in\"]],[\"BODY\",{},[\"H1\",{},\"Please log in\"],"
                    + "[\"INPUT\",{\"type\":\"password\"}],[\"BUTTON\",{},\"Log in\"]]]";

    private static HealingOutcome diagnose(TraceFile trace, String locator, ReferenceBook references, String source) {
        ReportedError error = new ReportedError(
                "TimeoutError: locator.click: Timeout 1000ms exceeded.\nCall log:\n  - waiting for " + locator + "\n",
                "",
                new CallSite("/home/ci/a.spec.ts", 3, 5));
        Project project = new Project(
                "/home/ci",
                Project.DEFAULT_TEST_ID_ATTRIBUTE,
                SourceFiles.of(Map.of("a.spec.ts", source.getBytes(StandardCharsets.UTF_8))));
        return new Healer().diagnose(new FailureEvidence(List.of(error), trace, "", references, project));
    }

    private static HealingOutcome diagnose(TraceFile trace) {
        return diagnose(trace, TraceZip.LOCATOR, ReferenceBook.EMPTY, "");
    }

    private static String said(HealingOutcome outcome) {
        return String.join("\n", outcome.diagnosis().explanation());
    }

    private static TraceZip trace(int version, String... body) {
        return new TraceZip(version).call().after("main", TraceZip.page(body)).failed();
    }

    @Nested
    class GivenATraceThatCannotBeRead {

        @ParameterizedTest
        @ValueSource(ints = {3, 5, 11, 99})
        void whenItsVersionIsUnknown_thenTheVersionIsNamed(int version) {
            HealingOutcome outcome = diagnose(trace(version, BUTTON).file());

            assertThat(outcome).isInstanceOf(HealingOutcome.Unsupported.class);
            assertThat(said(outcome)).contains("format version " + version).contains("6 to 10");
        }

        @Test
        void whenItIsCutOffAnywhere_thenThereIsAnOutcomeAndNoException() {
            byte[] whole = trace(10, BUTTON).bytes();

            for (int length = 0; length < whole.length; length += 7) {
                HealingOutcome outcome = diagnose(TraceFile.of(Arrays.copyOf(whole, length)));

                assertThat(outcome.diagnosis().explanation()).isNotEmpty();
                assertThat(outcome.word()).isIn("healed", "not found", "unsupported");
            }
        }

        @Test
        void whenItsBytesAreDamagedAnywhere_thenThereIsAnOutcomeAndNoException() {
            byte[] whole = trace(10, BUTTON).bytes();

            for (int at = 0; at < whole.length; at += 3) {
                byte[] damaged = whole.clone();
                damaged[at] ^= 0x55;

                assertThat(diagnose(TraceFile.of(damaged)).diagnosis().explanation())
                        .isNotEmpty();
            }
        }

        @Test
        void whenAPageRefersToARecordThatIsNotThere_thenItIsUnsupported() {
            HealingOutcome outcome = diagnose(
                    new TraceZip(10).call().after("main", "[[4,17]]").failed().file());

            assertThat(outcome).isInstanceOf(HealingOutcome.Unsupported.class);
            assertThat(said(outcome)).contains("cut off");
        }
    }

    @Nested
    class GivenAnExtremePage {

        @Test
        void whenItIsEmpty_thenNothingIsFound() {
            HealingOutcome outcome = diagnose(trace(10, "\"\"").file());

            assertThat(outcome).isInstanceOf(HealingOutcome.NotFound.class);
            assertThat(said(outcome)).contains("no element the locator could mean");
        }

        @Test
        void whenItHas20000Elements_thenTheRightOneIsStillFound() {
            StringBuilder rows = new StringBuilder();
            for (int i = 0; i < 6_600; i++) {
                rows.append("[\"LI\",{},[\"A\",{\"href\":\"/p/")
                        .append(i)
                        .append("\"},\"Part ")
                        .append(i)
                        .append("\"],[\"SPAN\",{},\"in stock\"]],");
            }
            rows.append(BUTTON);

            HealingOutcome outcome = diagnose(trace(10, rows.toString()).file());

            assertThat(outcome.diagnosis().ranking().candidates()).hasSizeGreaterThan(1_000);
            assertThat(outcome.diagnosis()
                            .ranking()
                            .candidates()
                            .get(0)
                            .element()
                            .wording()
                            .name())
                    .isEqualTo("Save order");
        }

        @Test
        void whenItHas50Megabytes_thenItIsRefusedWithTheBound() {
            String text = "x".repeat(500);
            StringBuilder rows = new StringBuilder(60_000_000);
            for (int i = 0; i < 101_000; i++) {
                rows.append("[\"P\",{},\"").append(text).append("\"],");
            }
            rows.append(BUTTON);

            HealingOutcome outcome = diagnose(trace(10, rows.toString()).file());

            assertThat(outcome).isInstanceOf(HealingOutcome.Unsupported.class);
            assertThat(said(outcome)).contains("more than 100000 elements");
        }

        @Test
        void whenItIsNestedWithoutEnd_thenItIsRefusedOrSearchedButNeverOverflows() {
            String deep = "[\"DIV\",{},".repeat(900) + BUTTON + "]".repeat(900);

            assertThat(diagnose(trace(10, deep).file()).diagnosis().explanation())
                    .isNotEmpty();
        }
    }

    @Nested
    class GivenAnotherPageThanExpected {

        private final ReferenceBook references = reference();

        private ReferenceBook reference() {
            try {
                return ReferenceBook.EMPTY.with(new Learner("/home/ci")
                        .learn(new TraceZip(10)
                                .call()
                                .after(
                                        "main",
                                        TraceZip.page(
                                                "[\"NAV\",{\"aria-label\":\"Main\"},[\"A\",{\"href\":\"/\"},\"Home\"]]",
                                                "[\"MAIN\",{},[\"H1\",{},\"Orders\"],[\"BUTTON\",{\"data-testid\":\"save\","
                                                        + "\"__playwright_target__\":\"\"},\"Save\"]]"))
                                .file()));
            } catch (io.evenkeel.healing.trace.TraceUnreadableException e) {
                throw new AssertionError(e);
            }
        }

        @Test
        void whenNothingIsKnownOfTheExpectedPage_thenNoButtonOfTheLoginPageIsTaken() {
            HealingOutcome outcome = diagnose(
                    new TraceZip(10).call().after("main", LOGIN).failed().file(),
                    "getByRole('button', { name: 'Save order' })",
                    ReferenceBook.EMPTY,
                    "");

            assertThat(outcome).as(said(outcome)).isInstanceOf(HealingOutcome.NotFound.class);
            assertThat(outcome.diagnosis().ranking().candidates()).isNotEmpty();
        }

        @Test
        void whenItIsTheLoginPage_thenTheHealIsRefused() {
            HealingOutcome outcome = diagnose(
                    new TraceZip(10).call().after("main", LOGIN).failed().file(), TraceZip.LOCATOR, references, "");

            assertThat(references.references()).hasSize(1);
            assertThat(outcome).isInstanceOf(HealingOutcome.Refused.class);
            assertThat(outcome.diagnosis().classification().failureClass()).isEqualTo(FailureClass.WRONG_PAGE);
        }
    }

    @Nested
    class GivenALocatorThatIsNotRead {

        @Test
        void whenItsMethodIsUnknown_thenItIsNamed() {
            HealingOutcome outcome =
                    diagnose(trace(10, BUTTON).file(), "getByColour('green')", ReferenceBook.EMPTY, "");

            assertThat(outcome).isInstanceOf(HealingOutcome.Unsupported.class);
            assertThat(said(outcome)).contains("getByColour('green')");
        }

        @Test
        void whenItIsBuiltAtRunTime_thenTheHealIsASuggestionWithThePlace() {
            HealingOutcome outcome = diagnose(
                    trace(10, BUTTON).file(),
                    "getByTestId('save-order-17')",
                    ReferenceBook.EMPTY,
                    "test('a', async ({ page }) => {\n  const id = ['save', kind(), 17].join('-');\n    await page.getByTestId(id).click();\n});\n");

            assertThat(outcome).as(said(outcome)).isInstanceOf(HealingOutcome.Healed.class);
            Heal heal = ((HealingOutcome.Healed) outcome).heal();
            assertThat(heal.tier()).isEqualTo(io.evenkeel.healing.match.Tier.SUGGESTION);
            String place = heal.patch().match(p -> "patched", refusal -> String.valueOf(refusal.place()));
            assertThat(place).contains("a.spec.ts");
        }
    }
}
