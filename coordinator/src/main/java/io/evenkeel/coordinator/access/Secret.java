package io.evenkeel.coordinator.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A text nobody may see in a log: prints as a mask, compares in constant time. Immutable. */
public final class Secret {

    private final String value;

    /**
     * Wraps it.
     *
     * @throws IllegalArgumentException when it is blank
     */
    public Secret(String value) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A secret must not be blank.");
        }
        this.value = value;
    }

    /** Returns the text itself, to be shown once or sent. */
    public String reveal() {
        return value;
    }

    /** Returns the SHA-256 of the text, the only form that is stored. */
    public String sha256() {
        return HexFormat.of().formatHex(digest(value));
    }

    /** Returns whether the other text is the same, in a time that does not depend on where they differ. */
    public boolean matches(String other) {
        return MessageDigest.isEqual(digest(value), digest(other));
    }

    @Override
    public String toString() {
        return "***";
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java runtime must offer SHA-256.", e);
        }
    }
}
