package io.evenkeel.flaky.signature;

import java.util.List;
import java.util.Optional;

/**
 * A user's own rule: failures whose text and test match belong together, whatever the fingerprint says.
 *
 * <p>Immutable.
 *
 * @param name what the cluster is called, for example {@code payment sandbox down}
 * @param text pattern over the error text, lines joined by blanks: {@code *} stands for anything, the rest is literal; the pattern may
 *     match anywhere in the text
 * @param test pattern over the title of the test, matched the same way; {@code *} for every test
 * @param category category the failures get
 */
public record SignatureRule(String name, String text, String test, FailureCategory category) {

    private static final int MOST_PATTERN = 500;

    public SignatureRule {
        if (name.isBlank() || text.replace("*", "").isBlank()) {
            throw new IllegalArgumentException(
                    "The rule (" + name
                            + ") must have a name and a text to look for.\nMaybe the text is only stars, which would match every failure.");
        }
        if (text.length() > MOST_PATTERN || test.length() > MOST_PATTERN) {
            throw new IllegalArgumentException(
                    "The patterns of rule (" + name + ") must have at most " + MOST_PATTERN + " characters each.");
        }
    }

    /** Returns whether the failure falls under this rule; time linear in text times parts of the pattern. */
    public boolean matches(String testTitle, String message) {
        return contains(testTitle, test)
                && contains(String.join(" ", ErrorText.of(message).lines()), text);
    }

    /**
     * Returns the signature that the first matching rule gives.
     *
     * @param rules in order of precedence
     * @return empty when none matches; then {@link FailureSignature#of(String, String)} decides
     */
    public static Optional<FailureSignature> apply(List<SignatureRule> rules, String testTitle, String message) {
        return rules.stream()
                .filter(rule -> rule.matches(testTitle, message))
                .findFirst()
                .map(rule -> FailureSignature.of(rule.category(), rule.name(), "", ""));
    }

    /** Looks for the literal parts one after the other; the first fit of each is the best, so nothing is tried twice. */
    private static boolean contains(String text, String pattern) {
        int from = 0;
        for (String part : pattern.split("\\*")) {
            int at = text.indexOf(part, from);
            if (at < 0) {
                return false;
            }
            from = at + part.length();
        }
        return true;
    }
}
