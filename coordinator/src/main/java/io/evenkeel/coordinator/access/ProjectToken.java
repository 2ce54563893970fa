package io.evenkeel.coordinator.access;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.zip.CRC32;

/**
 * The form of a project token: {@code evk_}, 256 random bits, a check sum.
 *
 * <p>The prefix lets secret scanners find a leaked one, the check sum lets us say "mistyped" without asking the database.
 */
public final class ProjectToken {

    /** What every token begins with. */
    public static final String PREFIX = "evk_";

    private static final int RANDOM_BYTES = 32;
    private static final int SHOWN = 8;
    private static final int CHECK_CHARS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private ProjectToken() {}

    /** Returns a new token. */
    public static Secret create() {
        byte[] bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        String body = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        return new Secret(PREFIX + body + check(body));
    }

    /** Returns whether the text has the form of a token; says nothing about whether it is known. */
    public static boolean looksRight(String text) {
        if (!text.startsWith(PREFIX) || text.length() <= PREFIX.length() + CHECK_CHARS) {
            return false;
        }
        String body = text.substring(PREFIX.length(), text.length() - CHECK_CHARS);
        return text.endsWith(check(body));
    }

    /** Returns the first characters, enough to tell tokens apart and too few to use. */
    public static String shown(Secret token) {
        return token.reveal().substring(0, PREFIX.length() + SHOWN);
    }

    private static String check(String body) {
        CRC32 sum = new CRC32();
        sum.update(body.getBytes(StandardCharsets.US_ASCII));
        byte[] bytes = {
            (byte) (sum.getValue() >>> 24),
            (byte) (sum.getValue() >>> 16),
            (byte) (sum.getValue() >>> 8),
            (byte) sum.getValue()
        };
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
