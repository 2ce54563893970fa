package io.evenkeel.coordinator.history;

import io.evenkeel.flaky.history.AttemptStatus;
import io.evenkeel.flaky.history.Verdict;
import java.util.List;

/** Attempt statuses and verdicts as the database stores them: one letter for a status, one digit for a verdict. */
public final class Codes {

    /** No attempt has ended yet. */
    public static final int PENDING = 0;

    public static final int PASSED = 1;
    public static final int FLAKY = 2;
    public static final int FAILED = 3;
    public static final int SKIPPED = 4;

    private static final String[] WORDS = {"pending", "passed", "flaky", "failed", "skipped"};

    private Codes() {}

    /** Returns the letter of a status. */
    public static String letter(AttemptStatus status) {
        return switch (status) {
            case PASSED -> "p";
            case FAILED -> "f";
            case TIMED_OUT -> "t";
            case SKIPPED -> "s";
            case INTERRUPTED -> "i";
        };
    }

    /** Returns the status of a letter. */
    public static AttemptStatus status(int letter) {
        return switch (letter) {
            case 'p' -> AttemptStatus.PASSED;
            case 'f' -> AttemptStatus.FAILED;
            case 't' -> AttemptStatus.TIMED_OUT;
            case 's' -> AttemptStatus.SKIPPED;
            case 'i' -> AttemptStatus.INTERRUPTED;
            default -> throw new IllegalArgumentException("The letter (" + (char) letter + ") of a status is unknown.");
        };
    }

    /** Judges the attempts of one test in one run.
     *
     * @param statuses one letter for each attempt, in order; empty while none has ended
     * @param expected the letter of the status the author expects
     */
    public static int verdict(String statuses, String expected) {
        if (statuses.isEmpty()) {
            return PENDING;
        }
        List<AttemptStatus> all = statuses.chars().mapToObj(Codes::status).toList();
        return Verdict.of(all, status(expected.charAt(0))).match(p -> PASSED, f -> FLAKY, f -> FAILED, s -> SKIPPED);
    }

    /** Returns the word of a verdict; {@code pending} for none yet. */
    public static String word(int verdict) {
        return WORDS[verdict];
    }
}
