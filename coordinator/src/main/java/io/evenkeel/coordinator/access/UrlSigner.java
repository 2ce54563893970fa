package io.evenkeel.coordinator.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs addresses of artifacts so that whoever holds one may read that artifact for a while. Thread-safe. */
public final class UrlSigner {

    /** How long an address is good for: long enough to load a page and a trace, short enough to be worthless in a log. */
    public static final Duration VALIDITY = Duration.ofMinutes(15);

    private final SecretKeySpec key;

    /**
     * Signs with this key.
     *
     * @param key at least 32 bytes, the same after a restart
     */
    public UrlSigner(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("The key (" + key.length + " bytes) of signed addresses must have 32.");
        }
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /**
     * What a signature covers.
     *
     * @param path the address without query
     * @param name file name the download gets
     * @param expires when it stops being good
     */
    public record Grant(String path, String name, Instant expires) {}

    /** Returns a grant for this path from now on. */
    public Grant grant(String path, String name, Instant now) {
        return new Grant(path, name, Instant.ofEpochSecond(now.getEpochSecond()).plus(VALIDITY));
    }

    /** Returns the signature, 43 characters that need no escaping in an address. */
    public String sign(Grant grant) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(grant));
    }

    /** Returns whether the signature is ours and still good. */
    public boolean isValid(Grant grant, String signature, Instant now) {
        byte[] given;
        try {
            given = Base64.getUrlDecoder().decode(signature);
        } catch (IllegalArgumentException e) {
            return false;
        }
        return MessageDigest.isEqual(mac(grant), given) && now.isBefore(grant.expires());
    }

    private byte[] mac(Grant grant) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            String text = "GET\n" + grant.path() + "\n" + grant.name() + "\n"
                    + grant.expires().getEpochSecond();
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java runtime must offer HmacSHA256.", e);
        }
    }
}
