package io.evenkeel.healing.classify;

import io.evenkeel.healing.source.CallStack;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Playwright's error messages and call logs.
 *
 * <p>All errors of an attempt are read: without an action timeout the first one says only {@code Test timeout exceeded}. An
 * assertion on a value among them decides alone, because no repair of a locator can make the test pass. Message forms of Playwright
 * 1.40 to 1.65. Pure and thread-safe.
 */
public final class FailureClassifier {

    private static final int MAX_MESSAGE = 100_000;
    private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern SOURCE_LINE = Pattern.compile("(?m)^\\s*>?\\s*\\d*\\s*\\|.*$|^\\s+at .*$");
    private static final Pattern ACTION = Pattern.compile("(?m)^(?:\\w*Error: )*(\\w+)\\.(\\w+): ");
    private static final Pattern EXPECT = Pattern.compile(
            "(?:\\bexpect(?:\\.soft|\\.poll)?\\([^)]*\\)|(?:Expect|expect\\.) ?\"?)(\\.?not)?\\.?(to\\w+)");
    private static final Pattern WAITING = Pattern.compile("(?m)^\\s*-?\\s*waiting for (.+?)(?: to be \\w+)?\\s*$");
    private static final Pattern LOCATOR_LINE = Pattern.compile("(?m)^Locator:\\s+(.+?)\\s*$");
    private static final Pattern STRICT =
            Pattern.compile("strict mode violation: (.+?) resolved to (\\d+) elements", Pattern.DOTALL);
    private static final Pattern NETWORK = Pattern.compile("net::ERR_|NS_ERROR_|ECONNREFUSED|ECONNRESET|ENOTFOUND|"
            + "(?i:target (?:page, context or browser has been )?closed|browser has been closed|target crashed|page crashed|"
            + "browser closed|browserType\\.launch)");
    private static final Pattern TEST_BUG = Pattern.compile("not a valid selector|Unknown engine|Unexpected token|"
            + "while parsing (?:css|selector)|(?m)^(?:TypeError|ReferenceError|SyntaxError|RangeError): |Cannot find module|"
            + "InvalidSelectorError|is not a function|Malformed selector|Error: Unsupported token");

    /**
     * Classifies one attempt.
     *
     * @param errors in the order of the report; empty gives {@link FailureClass#UNKNOWN}
     */
    public Classification classify(List<ReportedError> errors) {
        List<Classification> all = new ArrayList<>();
        boolean timedOut = false;
        for (ReportedError error : errors) {
            String message = clean(error.message());
            timedOut |= message.contains("Test timeout of");
            all.add(one(message, CallStack.of(error.location(), error.stack())));
        }
        if (timedOut) {
            all.replaceAll(FailureClassifier::closedByTimeout);
        }
        return all.stream()
                .filter(c -> c.failureClass() == FailureClass.ASSERTION
                        || c.failureClass() == FailureClass.ABSENCE_ASSERTION)
                .findFirst()
                .or(() -> all.stream()
                        .filter(c -> c.failureClass() != FailureClass.UNKNOWN)
                        .findFirst())
                .or(() -> all.stream().filter(c -> c.place().known()).findFirst())
                .or(() -> all.stream().findFirst())
                .orElse(new Classification(
                        FailureClass.UNKNOWN, "The report holds no error message.", "", "", CallStack.UNKNOWN));
    }

    /** A test timeout closes the page under a waiting action: the call log still says what it waited for. */
    private static Classification closedByTimeout(Classification c) {
        return c.failureClass() == FailureClass.NETWORK && !c.locator().isEmpty()
                ? c.as(
                        FailureClass.BROKEN_LOCATOR,
                        "The test timed out while " + c.action() + " waited for " + c.locator()
                                + ", which never resolved to an element.")
                : c;
    }

    private static String clean(String message) {
        String bounded = message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE) : message;
        return SOURCE_LINE.matcher(COLOURS.matcher(bounded).replaceAll("")).replaceAll("");
    }

    private static Classification one(String message, CallStack stack) {
        Matcher strict = STRICT.matcher(message);
        Matcher expect = EXPECT.matcher(message);
        boolean asserts = expect.find();
        Matcher call = ACTION.matcher(message);
        String operation = asserts ? expect.group(2) : call.find() ? call.group(2) : "";
        String locator = locator(message);
        if (strict.find()) {
            return new Classification(
                    FailureClass.AMBIGUOUS_LOCATOR,
                    "The locator resolved to " + strict.group(2) + " elements.",
                    strict.group(1).strip(),
                    operation,
                    stack);
        }
        if (TEST_BUG.matcher(message).find()) {
            return of(FailureClass.TEST_BUG, message, locator, operation, stack);
        }
        if (asserts) {
            boolean negated =
                    expect.group(1) != null || message.contains(".not.to") || message.contains("Expected: not ");
            return assertion(
                    message, negated, new Classification(FailureClass.ASSERTION, "", locator, operation, stack));
        }
        if (NETWORK.matcher(message).find()) {
            String waited = message.contains("locator resolved to") ? "" : locator;
            return of(FailureClass.NETWORK, message, waited, operation, stack);
        }
        return action(message, new Classification(FailureClass.UNKNOWN, "", locator, operation, stack));
    }

    private static Classification assertion(String message, boolean negated, Classification found) {
        String matcher = found.action();
        boolean countZero = matcher.equals("toHaveCount")
                && Pattern.compile("Expected:\\s+0\\s*$", Pattern.MULTILINE)
                        .matcher(message)
                        .find();
        if (negated || matcher.equals("toBeHidden") || countZero) {
            return found.as(
                    FailureClass.ABSENCE_ASSERTION, "The assertion " + matcher + " says that something is absent.");
        }
        boolean resolved = message.contains("locator resolved to") || message.contains("unexpected value");
        boolean missing = message.contains("element(s) not found")
                || (!resolved && !found.locator().isEmpty() && message.contains("waiting for"));
        if (missing && !resolved && !matcher.equals("toHaveCount")) {
            return found.as(
                    FailureClass.MISSING_IN_ASSERTION,
                    "The assertion " + matcher + " found no element for " + found.locator() + ".");
        }
        return found.as(FailureClass.ASSERTION, "The assertion " + matcher + " failed: " + headline(message));
    }

    private static Classification action(String message, Classification found) {
        String action = found.action();
        if (action.equals("goto") || action.equals("reload") || action.equals("waitForLoadState")) {
            return found.as(FailureClass.NETWORK, "The page did not load: " + headline(message));
        }
        if (action.equals("waitForURL")) {
            return found.as(FailureClass.WRONG_PAGE, "The test never reached the page it waited for.");
        }
        if (message.contains("locator resolved to") || message.contains("  attempting ")) {
            return stateOf(message, found);
        }
        if (found.locator().isEmpty()) {
            return found.as(FailureClass.UNKNOWN, "No call log names a locator: " + headline(message));
        }
        if (action.equals("waitFor") || action.equals("waitForSelector")) {
            boolean absence = message.contains(" to be hidden") || message.contains(" to be detached");
            return absence
                    ? found.as(FailureClass.ABSENCE_ASSERTION, "The test waited for something to go away.")
                    : found.as(
                            FailureClass.MISSING_IN_ASSERTION,
                            "The test waited for " + found.locator() + ", which never appeared.");
        }
        return found.as(
                FailureClass.BROKEN_LOCATOR,
                action + " waited for " + found.locator() + ", which never resolved to an element.");
    }

    private static Classification stateOf(String message, Classification found) {
        if (message.contains("intercepts pointer events")) {
            return found.as(
                    FailureClass.INTERCEPTED, "The element was found; another element receives the pointer events.");
        }
        if (message.contains("detached from the DOM")) {
            return found.as(FailureClass.DETACHED, "The element was found and then replaced, again and again.");
        }
        if (message.contains("element is not visible") || message.contains("resolved to hidden")) {
            return found.as(FailureClass.HIDDEN, "The element was found, but it is not visible.");
        }
        return found.as(
                FailureClass.NOT_ACTIONABLE,
                "The element was found, but " + found.action() + " could not be done with it: " + headline(message));
    }

    private static Classification of(
            FailureClass failureClass, String message, String locator, String operation, CallStack stack) {
        return new Classification(failureClass, headline(message), locator, operation, stack);
    }

    private static String locator(String message) {
        Matcher line = LOCATOR_LINE.matcher(message);
        if (line.find()) {
            return line.group(1);
        }
        Matcher waiting = WAITING.matcher(message);
        while (waiting.find()) {
            String what = waiting.group(1);
            if (what.contains("(") && !what.startsWith("element") && !what.startsWith("scheduled")) {
                return what;
            }
        }
        return "";
    }

    private static String headline(String message) {
        String line = message.strip().lines().findFirst().orElse("no message").strip();
        return line.length() > 200 ? line.substring(0, 197) + "..." : line;
    }
}
