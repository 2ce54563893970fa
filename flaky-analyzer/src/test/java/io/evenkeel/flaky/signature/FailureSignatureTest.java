package io.evenkeel.flaky.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureSignatureTest {

    private static final String STACK = "\n    at Login.submit (/builds/%s/e2e/pages/login.ts:%d:7)\n"
            + "    at /builds/%1$s/e2e/login.spec.ts:9:3";

    @Nested
    class GivenPlaywrightTexts {

        @ParameterizedTest(name = "{1}: {0}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "Test timeout of 30000ms exceeded.|TEST_TIMEOUT",
                    "Test timeout of 30000ms exceeded while setting up \"page\".|TEST_TIMEOUT",
                    "\"beforeAll\" hook timeout of 30000ms exceeded.|TEST_TIMEOUT",
                    "TimeoutError: locator.click: Timeout 1500ms exceeded.|ACTION_TIMEOUT",
                    "Error: locator.click: Error: strict mode violation: getByRole('link') resolved to 3 elements:|AMBIGUOUS_LOCATOR",
                    "Error: A snapshot doesn't exist at /w/a.png, writing actual.|SNAPSHOT",
                    "Error: expect(page).toHaveScreenshot(expected) failed|SNAPSHOT",
                    "Error: page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:3000/login|NAVIGATION",
                    "TimeoutError: page.goto: Timeout 30000ms exceeded.|NAVIGATION",
                    "Error: page.evaluate: Execution context was destroyed, most likely because of a navigation|NAVIGATION",
                    "Error: apiRequestContext.get: connect ECONNREFUSED 127.0.0.1:3000|NETWORK",
                    "Error: page.click: Target page, context or browser has been closed|CLOSED",
                    "Error: browserType.launch: Executable doesn't exist at /ms-playwright/chromium|ENVIRONMENT",
                    "Error: worker process exited unexpectedly (code=7, signal=null)|ENVIRONMENT",
                    "TimeoutError: page.waitForEvent: Timeout 3000ms exceeded while waiting for event \"popup\"|EVENT_WAIT",
                    "TypeError: Cannot read properties of undefined (reading 'name')|SCRIPT_ERROR",
                    "it just does not work|UNKNOWN"
                })
        void whenTheFirstLineIsRead_thenTheCategoryIsKnown(String message, FailureCategory category) {
            assertThat(FailureSignature.of(message, "").category()).isEqualTo(category);
        }

        @Test
        void whenAnElementIsCovered_thenItIsNotAMissingLocator() {
            String message = "TimeoutError: locator.click: Timeout 1500ms exceeded.\nCall log:\n"
                    + "  - waiting for getByText('Three days')\n    - <div id=\"veil\"></div> intercepts pointer events";

            FailureSignature signature = FailureSignature.of(message, "");

            assertThat(signature.category()).isEqualTo(FailureCategory.ACTIONABILITY);
            assertThat(signature.subject()).isEqualTo("getByText('Three days')");
        }

        @Test
        void whenAValueDiffers_thenItIsAMismatchAndAMissingElementIsAWait() {
            String head =
                    "Error: \u001b[2mexpect(\u001b[22mlocator).toHaveText(expected) failed\n\nLocator:  getByRole('status')\n";

            FailureSignature mismatch =
                    FailureSignature.of(head + "Expected: \"3\"\nReceived: \"2\"\nTimeout: 5000ms\n\nCall log:\n", "");
            FailureSignature missing =
                    FailureSignature.of(head + "Expected: \"3\"\nTimeout: 5000ms\nError: element(s) not found\n", "");

            assertThat(mismatch.category()).isEqualTo(FailureCategory.ASSERTION_MISMATCH);
            assertThat(mismatch.headline()).isEqualTo("Error: expect(locator).toHaveText(expected) failed");
            assertThat(missing.category()).isEqualTo(FailureCategory.ASSERTION_TIMEOUT);
        }
    }

    @Nested
    class GivenTheSameFailureOnAnotherMachine {

        @Test
        void whenPortFolderLineAndTimeoutDiffer_thenTheFingerprintIsTheSame() {
            FailureSignature one = FailureSignature.of(
                    "Error: page.goto: net::ERR_CONNECTION_REFUSED at http://localhost:3000/cart/17?x=1",
                    STACK.formatted("a1b2c3d4", 12));
            FailureSignature other = FailureSignature.of(
                    "\u001b[31mError: page.goto: net::ERR_CONNECTION_REFUSED at http://shop.test:41233/cart/9?x=2\u001b[39m",
                    STACK.formatted("other/folder", 512));

            assertThat(other.fingerprint()).isEqualTo(one.fingerprint()).hasSize(24);
            assertThat(one.subject()).isEqualTo("/cart/#");
            assertThat(one.frame()).isEqualTo("Login.submit@pages/login.ts");
        }

        @Test
        void whenAnotherPlaceFails_thenOnlyTheCauseIsShared() {
            FailureSignature one = FailureSignature.of("Error: boom", "    at a (/w/e2e/a.ts:1:2)");
            FailureSignature other = FailureSignature.of("Error: boom", "    at b (/w/e2e/b.ts:1:2)");

            assertThat(other.fingerprint()).isNotEqualTo(one.fingerprint());
            assertThat(other.causeKey()).isEqualTo(one.causeKey());
        }

        @ParameterizedTest(name = "{0} like {1}")
        @CsvSource(
                delimiter = '|',
                value = {
                    "run 12345 failed at 2026-11-21T10:30:00.123Z|run 7 failed at 2025-01-02T03:04:05.999Z",
                    "id 123e4567-e89b-12d3-a456-426614174000|id ffffffff-aaaa-bbbb-cccc-dddddddddddd",
                    "no route to 10.0.0.7:8080|no route to 192.168.1.250:41999",
                    "object @0x7f3a99 gone|object @0x1b gone",
                    "cannot open /home/ann/work/a.txt|cannot open /builds/7/x/y/b.txt",
                    "commit deadbeef01 missing|commit 00c0ffee99aa missing",
                    "expected:<2> but was:<-3>|expected:<71> but was:<15>"
                })
        void whenOnlyChangingPartsDiffer_thenTheHeadlineIsTheSame(String one, String other) {
            assertThat(FailureSignature.of(other, "").headline())
                    .isEqualTo(FailureSignature.of(one, "").headline());
        }
    }

    @Nested
    class GivenJavaStacks {

        @Test
        void whenTheFirstFramesAreOfTheFramework_thenTheUsersFrameIsTaken() {
            FailureSignature signature = FailureSignature.of(
                    "java.lang.AssertionError",
                    "java.lang.AssertionError\n\tat org.junit.Assert.fail(Assert.java:86)\n"
                            + "\tat java.base/java.lang.reflect.Method.invoke(Method.java:1)\n"
                            + "\tat shop.cart.CartTest.addsOne(CartTest.java:31)");

            assertThat(signature.frame()).isEqualTo("shop.cart.CartTest.addsOne");
            assertThat(signature.category()).isEqualTo(FailureCategory.ASSERTION_MISMATCH);
        }
    }

    @Nested
    class GivenHostileTexts {

        @Test
        void whenALineHasTenMegabytes_thenOnlyItsBeginningCounts() {
            String huge = "Error: " + "a1-/".repeat(2_500_000);

            FailureSignature signature = FailureSignature.of(huge, huge + "\n    at f (/w/e2e/a.spec.ts:1:1)");

            assertThat(signature.headline().length()).isLessThanOrEqualTo(160);
            assertThat(signature.frame()).isEqualTo("f@e2e/a.spec.ts");
        }

        @Test
        void whenControlCharactersAndColoursAreMixedIn_thenTheyDoNotCount() {
            FailureSignature plain = FailureSignature.of("Error: boom", "");
            FailureSignature dirty = FailureSignature.of(
                    "\ufeff\u001b[31mErr\u200bor:\u001b[0m bo\u0000om\u001b]8;;http://x\u0007\u202e", "");

            assertThat(dirty.fingerprint()).isEqualTo(plain.fingerprint());
        }

        @Test
        void whenTheTextEndsInsideAnEscape_thenItIsStillRead() {
            for (String end : List.of("\u001b", "\u001b[", "\u001b[31", "\u001b]", "\u009b", "\u009b3")) {
                assertThat(FailureSignature.of("Error: boom" + end, "").headline())
                        .isEqualTo("Error: boom");
            }
        }

        @Test
        void whenThereIsNothing_thenTheSignatureIsUnknown() {
            FailureSignature signature = FailureSignature.of("", "");

            assertThat(signature.category()).isEqualTo(FailureCategory.UNKNOWN);
            assertThat(signature.headline()).isEmpty();
        }
    }

    @Nested
    class GivenUserRules {

        private final SignatureRule rule =
                new SignatureRule("payment sandbox", "HTTP 5*from pay", "*", FailureCategory.NETWORK);

        @Test
        void whenOneMatches_thenItOverridesTheFingerprint() {
            FailureSignature one = SignatureRule.apply(List.of(rule), "buys", "Error: HTTP 503\nanswer from pay.test")
                    .orElseThrow();
            FailureSignature other = SignatureRule.apply(List.of(rule), "refunds", "HTTP 500 from pay")
                    .orElseThrow();

            assertThat(one).isEqualTo(other);
            assertThat(one.headline()).isEqualTo("payment sandbox");
        }

        @Test
        void whenNoneMatches_thenThereIsNoOverride() {
            assertThat(SignatureRule.apply(List.of(rule), "buys", "HTTP 403 from pay"))
                    .isEmpty();
        }

        @Test
        void whenThePatternIsAllStarsOrABomb_thenItIsRefusedOrStillLinear() {
            assertThatThrownBy(() -> new SignatureRule("all", "***", "*", FailureCategory.UNKNOWN))
                    .hasMessageContaining("must have a name and a text");

            SignatureRule bomb = new SignatureRule("bomb", "a*".repeat(200) + "b", "*", FailureCategory.UNKNOWN);
            assertThat(bomb.matches("t", "a".repeat(100_000))).isFalse();
        }
    }
}
