package io.evenkeel.pipeline.ai;

import java.util.regex.Pattern;

/** Takes out of a text what may be a secret or personal before it leaves this machine. Pure. */
final class Redaction {

    private static final int MOST = 160;

    /** Addresses of people, tokens and hashes, long numbers. */
    private static final Pattern PRIVATE =
            Pattern.compile("[\\w.+-]+@[\\w.-]+|\\b(?=\\w*\\d)[A-Za-z0-9_-]{20,}\\b|\\d[\\d -]{5,}\\d");

    private Redaction() {}

    static String clean(String text) {
        String words =
                PRIVATE.matcher(text).replaceAll("…").replaceAll("\\s+", " ").strip();
        return words.length() > MOST ? words.substring(0, MOST) : words;
    }
}
