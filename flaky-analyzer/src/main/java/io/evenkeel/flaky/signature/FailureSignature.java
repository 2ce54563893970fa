package io.evenkeel.flaky.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes one failure the same as another: category, first sentence of the error, locator or address, first frame of the user's code.
 *
 * <p>Numbers, ids, times, ports, paths and line numbers do not count. Equal signatures have equal fingerprints on every machine and in
 * every later version of this class that keeps its rules; a change of the rules changes {@link #RULES}.
 *
 * <p>Immutable. Texts are read up to 8,192 characters, in linear time.
 *
 * @param category what kind of failure it is
 * @param headline first sentence of the error with the changing parts as {@code #}, at most 160 characters; may be empty
 * @param subject locator or address it is about, normalised, at most 200 characters; empty when none is named
 * @param frame first frame in the user's code without line, at most 200 characters; empty when unknown
 * @param fingerprint 24 lower-case hexadecimal digits over the four
 */
public record FailureSignature(
        FailureCategory category, String headline, String subject, String frame, String fingerprint) {

    /** Version of the normalisation rules; part of every fingerprint. */
    public static final int RULES = 1;

    private static final int MOST_HEADLINE = 160;
    private static final int MOST_PART = 200;
    private static final int LEAST_SENTENCE = 15;

    /**
     * Reads the first error of an attempt.
     *
     * @param message the error message as Playwright or JUnit reports it, with or without colours; may be empty
     * @param stack the stack, one frame a line starting with {@code at}; may repeat the message; may be empty
     */
    public static FailureSignature of(String message, String stack) {
        ErrorText text = ErrorText.of(message.isBlank() ? stack : message);
        String frame = UserFrame.of(ErrorText.of(frames(stack)));
        if (frame.isEmpty()) {
            frame = UserFrame.of(text);
        }
        return of(
                Categories.of(text),
                cut(Normaliser.mask(sentence(text.first())), MOST_HEADLINE),
                cut(Subject.of(text), MOST_PART),
                cut(frame, MOST_PART));
    }

    static FailureSignature of(FailureCategory category, String headline, String subject, String frame) {
        return new FailureSignature(category, headline, subject, frame, hash(category, headline, subject, frame));
    }

    /** Returns a key that leaves out the place: tests of one cause share it even where they fail in different lines. */
    public String causeKey() {
        return hash(category, headline, subject, "");
    }

    /** Returns one line for people. */
    public String describe() {
        StringBuilder line = new StringBuilder(category.word());
        if (!headline.isEmpty()) {
            line.append(": ").append(headline);
        }
        if (!subject.isEmpty() && !headline.contains(subject)) {
            line.append(" (").append(subject).append(')');
        }
        if (!frame.isEmpty()) {
            line.append(" at ").append(frame);
        }
        return line.toString();
    }

    /** V8 puts the message in front of the frames: skip it where it would fill the limit. */
    private static String frames(String stack) {
        int first = stack.length() > ErrorText.MOST_CHARS ? stack.indexOf("\n    at ") : -1;
        return first > 0 ? stack.substring(first) : stack;
    }

    /** The text up to the first full stop that ends a sentence: what follows is often a thread dump or a value. */
    private static String sentence(String line) {
        int at = line.indexOf(". ", LEAST_SENTENCE);
        return at > 0 && at + 2 < line.length() && Character.isUpperCase(line.charAt(at + 2))
                ? line.substring(0, at)
                : line;
    }

    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end).strip();
    }

    private static String hash(FailureCategory category, String headline, String subject, String frame) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            String all = RULES + "\n" + category + "\n" + headline + "\n" + subject + "\n" + frame;
            byte[] bytes = digest.digest(all.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("The Java runtime must offer SHA-256.", e);
        }
    }
}
