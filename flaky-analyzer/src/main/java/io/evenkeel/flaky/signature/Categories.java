package io.evenkeel.flaky.signature;

import java.util.List;

/**
 * Finds the category of an error text: the first rule that matches, most telling first. Static functions.
 *
 * <p>Only the first error of an attempt should be asked: "Target page has been closed" after a test timeout is a consequence.
 */
final class Categories {

    private static final List<String> TEST_TIMEOUT = List.of(
            "Test timeout of ",
            "hook timeout of ",
            "test timed out after ",
            "Worker teardown timeout of ",
            "timeout of ");
    private static final List<String> ENVIRONMENT = List.of(
            "Executable doesn't exist",
            "worker process exited unexpectedly",
            "Failed to launch",
            "browserType.launch",
            "Host system is missing dependencies",
            "ENOSPC",
            "ENOMEM",
            "EMFILE",
            "No space left on device",
            "OutOfMemoryError");
    private static final List<String> SNAPSHOT = List.of(
            "A snapshot doesn't exist",
            "toHaveScreenshot",
            "toMatchSnapshot",
            "toMatchAriaSnapshot",
            "Screenshot comparison failed");
    private static final List<String> NAVIGATION = List.of(
            "net::ERR_",
            "NS_ERROR_",
            "interrupted by another navigation",
            "Execution context was destroyed",
            "goto: Timeout",
            "reload: Timeout",
            "waitForURL: Timeout",
            "waitForNavigation: Timeout",
            "waitForLoadState: Timeout");
    private static final List<String> CLOSED =
            List.of("has been closed", "Target closed", "Page crashed", "Target crashed", "Browser closed");
    private static final List<String> ACTIONABILITY = List.of(
            "intercepts pointer events",
            "lement is not visible",
            "lement is not stable",
            "lement is not enabled",
            "lement is outside of the viewport",
            "not attached to the DOM");
    private static final List<String> NETWORK = List.of(
            "ECONNREFUSED",
            "ECONNRESET",
            "ENOTFOUND",
            "ETIMEDOUT",
            "EAI_AGAIN",
            "EPIPE",
            "socket hang up",
            "Connection refused",
            "Connection reset",
            "java.net.",
            "UnknownHostException");
    private static final List<String> STATE_MATCHERS = List.of(
            ".toBeVisible",
            ".toBeHidden",
            ".toBeEnabled",
            ".toBeDisabled",
            ".toBeAttached",
            ".toBeChecked",
            ".toBeEditable",
            ".toBeEmpty",
            ".toBeFocused",
            ".toBeInViewport");
    private static final List<String> ASSERTION = List.of(
            "AssertionError", "AssertionFailedError", "ComparisonFailure", "expected:<", "MultipleFailuresError");
    private static final List<String> SCRIPT = List.of(
            "TypeError",
            "ReferenceError",
            "SyntaxError",
            "RangeError",
            "NullPointerException",
            "ClassCastException",
            "IndexOutOfBoundsException",
            "IllegalArgumentException",
            "IllegalStateException");

    private Categories() {}

    static FailureCategory of(ErrorText text) {
        ErrorText first =
                new ErrorText(text.lines().subList(0, Math.min(3, text.lines().size())));
        if (isTestTimeout(first)) {
            return FailureCategory.TEST_TIMEOUT;
        }
        if (first.hasAny(ENVIRONMENT)) {
            return FailureCategory.ENVIRONMENT;
        }
        if (first.has("strict mode violation")) {
            return FailureCategory.AMBIGUOUS_LOCATOR;
        }
        if (first.hasAny(SNAPSHOT)) {
            return FailureCategory.SNAPSHOT;
        }
        if (first.hasAny(NAVIGATION)) {
            return FailureCategory.NAVIGATION;
        }
        if (first.hasAny(CLOSED)) {
            return FailureCategory.CLOSED;
        }
        if (first.has("while waiting for event")) {
            return FailureCategory.EVENT_WAIT;
        }
        if (first.has("expect(") || first.has("expect.poll")) {
            return assertion(text, first);
        }
        return withoutAssertion(text, first);
    }

    private static FailureCategory withoutAssertion(ErrorText text, ErrorText first) {
        boolean actionTimeout = first.has("Timeout ") && first.has("ms exceeded");
        if (text.hasAny(ACTIONABILITY) && (actionTimeout || first.hasAny(ACTIONABILITY))) {
            return FailureCategory.ACTIONABILITY;
        }
        if (first.hasAny(NETWORK)) {
            return FailureCategory.NETWORK;
        }
        if (actionTimeout) {
            return FailureCategory.ACTION_TIMEOUT;
        }
        if (first.has("Timed out waiting") || first.has("TimeoutException")) {
            return FailureCategory.ASSERTION_TIMEOUT;
        }
        if (first.hasAny(ASSERTION)) {
            return FailureCategory.ASSERTION_MISMATCH;
        }
        return first.hasAny(SCRIPT) ? FailureCategory.SCRIPT_ERROR : FailureCategory.UNKNOWN;
    }

    /** Assertions on an element poll: without a value that was received, or on a state, what failed is the wait. */
    private static FailureCategory assertion(ErrorText text, ErrorText first) {
        boolean received = text.lines().stream().anyMatch(line -> line.startsWith("Received"));
        boolean noElement = text.has("element(s) not found");
        return received && !noElement && !first.hasAny(STATE_MATCHERS)
                ? FailureCategory.ASSERTION_MISMATCH
                : polls(text) ? FailureCategory.ASSERTION_TIMEOUT : FailureCategory.ASSERTION_MISMATCH;
    }

    private static boolean polls(ErrorText text) {
        return text.has("Timed out ")
                || text.has("Timeout")
                || text.has("Call log")
                || text.has("element(s) not found");
    }

    private static boolean isTestTimeout(ErrorText first) {
        return first.hasAny(TEST_TIMEOUT) && (first.has("exceeded") || first.has("test timed out after"));
    }
}
