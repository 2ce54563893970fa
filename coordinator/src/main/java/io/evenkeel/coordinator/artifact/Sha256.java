package io.evenkeel.coordinator.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Name of a stored file: 64 lower-case hexadecimal digits.
 *
 * <p>Immutable.
 *
 * @param hex the digits; never a path
 */
public record Sha256(String hex) {

    public Sha256 {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("The hash of an artifact must be 64 lower-case hexadecimal digits.");
        }
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java runtime must offer SHA-256.", e);
        }
    }
}
