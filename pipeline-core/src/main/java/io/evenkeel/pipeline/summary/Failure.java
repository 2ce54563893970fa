package io.evenkeel.pipeline.summary;

import java.util.List;

/**
 * How the last unexpected attempt of a test failed.
 *
 * <p>Immutable; free of ANSI sequences.
 *
 * @param message the messages of its errors, one below the other, cut to a few KiB
 * @param place {@code file:line} of the first error that has one, else empty
 * @param snippet the source around it, else empty
 * @param attachments files it left behind, as paths on its executor; at most a few
 */
public record Failure(String message, String place, String snippet, List<String> attachments) {

    private static final Failure NONE = new Failure("", "", "");

    public Failure {
        attachments = List.copyOf(attachments);
    }

    /** A failure that left nothing behind. */
    public Failure(String message, String place, String snippet) {
        this(message, place, snippet, List.of());
    }

    /** Nothing went wrong. */
    public static Failure none() {
        return NONE;
    }

    /** Returns the first line of the message that says something, empty when there is none. */
    public String firstLine() {
        return message.lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** Returns the first line, and with a time limit what was waited for: the limit alone tells nobody anything. */
    public String headline() {
        String first = firstLine();
        return message.lines()
                .map(String::strip)
                .filter(l -> l.startsWith("- waiting for ") && first.contains("imeout"))
                .findFirst()
                .map(l -> first + " " + l.substring(2))
                .orElse(first);
    }
}
