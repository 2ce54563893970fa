package io.evenkeel.pipeline.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A token or password that prints as a mask.
 *
 * <p>Only {@link #reveal()} gives the value away, so a search for that name finds every place a secret leaves the program.
 * Immutable.
 */
public final class Secret {

    private static final String MASK = "****";
    private static final Secret NONE = new Secret("");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /** Returns the secret with this value; surrounding white space, as a file or a CI form leaves it, is no part of it. */
    public static Secret of(String value) {
        String stripped = value.strip();
        return stripped.isEmpty() ? NONE : new Secret(stripped);
    }

    /** Returns the absence of a secret. */
    public static Secret none() {
        return NONE;
    }

    /** Returns whether there is no value. */
    public boolean isEmpty() {
        return value.isEmpty();
    }

    /** Returns the value itself; for the wire only. */
    public String reveal() {
        return value;
    }

    /** Returns the text with every occurrence of this secret masked, plain or URL-encoded. */
    public String maskIn(String text) {
        if (isEmpty()) {
            return text;
        }
        return text.replace(value, MASK).replace(URLEncoder.encode(value, StandardCharsets.UTF_8), MASK);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret
                && MessageDigest.isEqual(
                        value.getBytes(StandardCharsets.UTF_8), secret.value.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** Returns the mask, or nothing for no secret. */
    @Override
    public String toString() {
        return isEmpty() ? "" : MASK;
    }
}
