package io.evenkeel.healing.classify;

import static org.assertj.core.api.Assertions.assertThat;

import io.evenkeel.healing.FailureCases;
import io.evenkeel.healing.source.CallSite;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureClassifierTest {

    private final FailureClassifier classifier = new FailureClassifier();

    @Nested
    class GivenRealReports {

        @ParameterizedTest
        @CsvSource({
            "role-name-changed, BROKEN_LOCATOR, click",
            "test-id-changed, BROKEN_LOCATOR, click",
            "css-id-changed, BROKEN_LOCATOR, fill",
            "text-changed, BROKEN_LOCATOR, click",
            "strict-mode-violation, AMBIGUOUS_LOCATOR, click",
            "tobevisible-fails, MISSING_IN_ASSERTION, toBeVisible",
            "element-exists-but-is-hidden, HIDDEN, click",
            "real-defect-locator-fine, ASSERTION, toHaveText",
            "pw-1.40.1-role-name-changed, BROKEN_LOCATOR, click",
            "pw-1.40.1-tobevisible-fails, MISSING_IN_ASSERTION, toBeVisible",
            "pw-1.49.1-role-name-changed, BROKEN_LOCATOR, click",
            "pw-1.49.1-tobevisible-fails, MISSING_IN_ASSERTION, toBeVisible",
            "pw-1.58.2-role-name-changed, BROKEN_LOCATOR, click",
            "pw-1.58.2-tobevisible-fails, MISSING_IN_ASSERTION, toBeVisible",
        })
        void whenClassified_thenClassAndActionAreRight(String name, FailureClass expected, String action) {
            Classification found = classifier.classify(FailureCases.errors(name));

            assertThat(found.failureClass()).as(found.reason()).isEqualTo(expected);
            assertThat(found.action()).isEqualTo(action);
        }

        @Test
        void whenTheLocatorIsAChain_thenItIsNamedWhole() {
            Classification found = classifier.classify(FailureCases.errors("text-changed"));

            assertThat(found.locator())
                    .isEqualTo("locator('article').filter({ hasText: 'Pear' }).getByText('Add to cart')");
            assertThat(found.place()).isEqualTo(new CallSite("/home/ci/shop-e2e/broken/broken.spec.ts", 20, 86));
        }
    }

    @Nested
    class GivenSeveralErrors {

        @Test
        void whenTheFirstIsABareTestTimeout_thenTheCallLogOfTheSecondDecides() {
            Classification found = classifier.classify(
                    List.of(
                            error("Test timeout of 4000ms exceeded."),
                            error(
                                    "Error: locator.click: Test timeout of 4000ms exceeded.\nCall log:\n  - waiting for getByText('Pay')\n")));

            assertThat(found.failureClass()).isEqualTo(FailureClass.BROKEN_LOCATOR);
            assertThat(found.locator()).isEqualTo("getByText('Pay')");
        }

        @Test
        void whenTheTimeoutClosedThePage_thenItIsNotANetworkFailure() {
            Classification found = classifier.classify(List.of(
                    error("Test timeout of 4000ms exceeded."),
                    error("Error: locator.click: Target page, context or browser has been closed\nCall log:\n"
                            + "  - waiting for getByText('Pay')\n")));

            assertThat(found.failureClass()).isEqualTo(FailureClass.BROKEN_LOCATOR);
        }

        @Test
        void whenASoftAssertionFailedToo_thenNothingIsHealed() {
            Classification found = classifier.classify(
                    List.of(
                            error("Error: expect(locator).toHaveText(expected) failed\n\nLocator: getByRole('status')\n"
                                    + "Expected: \"3\"\nReceived: \"2\"\n"),
                            error(
                                    "TimeoutError: locator.click: Timeout 1500ms exceeded.\nCall log:\n  - waiting for getByText('Pay')\n")));

            assertThat(found.failureClass()).isEqualTo(FailureClass.ASSERTION);
        }
    }

    @Nested
    class GivenMessagesThatMustNeverHeal {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "ABSENCE_ASSERTION|Error: expect(locator).not.toBeVisible() failed~~Locator: getByText('x')~Call log:~  - waiting for getByText('x')",
                    "ABSENCE_ASSERTION|Error: expect(locator).toBeHidden() failed~~Locator: getByText('x')~Expected: hidden",
                    "ABSENCE_ASSERTION|Error: expect(locator).toHaveCount(expected) failed~~Locator: getByText('x')~Expected: 0~Received: 2",
                    "ASSERTION|Error: expect(locator).toHaveCount(expected) failed~~Locator: getByText('x')~Expected: 3~Received: 0",
                    "ASSERTION|Error: expect(received).toBe(expected) // Object.is equality~~Expected: 2~Received: 1",
                    "ASSERTION|Error: expect(page).toHaveURL(expected) failed~~Expected: \"/a\"~Received: \"/b\"",
                    "NETWORK|Error: page.goto: net::ERR_CONNECTION_REFUSED at http://127.0.0.1:1/~Call log:~  - navigating to",
                    "NETWORK|TimeoutError: page.goto: Timeout 30000ms exceeded.",
                    "NETWORK|Error: locator.click: Target page, context or browser has been closed~Call log:~  - waiting for getByText('x')",
                    "TEST_BUG|TypeError: Cannot read properties of undefined (reading 'click')",
                    "TEST_BUG|Error: locator.click: Unexpected token \"\" while parsing css selector \"[a\".",
                    "INTERCEPTED|TimeoutError: locator.click: Timeout 1500ms exceeded.~Call log:~  - waiting for getByText('x')~    - locator resolved to <b>x</b>~  - <div> intercepts pointer events",
                    "DETACHED|TimeoutError: locator.click: Timeout 1500ms exceeded.~Call log:~  - waiting for getByText('x')~    - locator resolved to <b>x</b>~  - element was detached from the DOM, retrying",
                    "NOT_ACTIONABLE|TimeoutError: locator.click: Timeout 1500ms exceeded.~Call log:~  - waiting for getByText('x')~    - locator resolved to <b>x</b>~  - element is not enabled",
                    "UNKNOWN|Test timeout of 4000ms exceeded.",
                    "WRONG_PAGE|TimeoutError: page.waitForURL: Timeout 1500ms exceeded.~===~waiting for navigation to \"/done\" until \"load\"",
                })
        void whenClassified_thenTheRemedyIsNever(FailureClass expected, String message) {
            Classification found = classifier.classify(List.of(error(message.replace('~', '\n'))));

            assertThat(found.failureClass()).isEqualTo(expected);
            assertThat(found.failureClass().remedy()).isEqualTo(Remedy.NEVER);
        }
    }

    private static ReportedError error(String message) {
        return new ReportedError(message, "", CallSite.UNKNOWN);
    }
}
