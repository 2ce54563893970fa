package io.evenkeel.github;

import java.io.FileNotFoundException;
import java.io.IOException;
import org.kohsuke.github.HttpException;

/** Says in one line why GitHub did not do what was asked, and what to do. */
final class Refusal {

    private Refusal() {}

    /** Returns the status code of an answer, 0 when there was none. */
    static int code(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException http) {
                return http.getResponseCode();
            }
            if (cause instanceof FileNotFoundException) {
                return 404;
            }
        }
        return 0;
    }

    /** Returns whether the token lacks a right; GitHub answers 404 where it will not even say that something is there. */
    static boolean isLackOfRights(IOException e) {
        int code = code(e);
        return (code == 403 && !isLimit(e)) || code == 404;
    }

    private static boolean isLimit(IOException e) {
        String said = String.valueOf(e.getMessage());
        return said.contains("rate limit") || said.contains("Abuse");
    }

    /** Returns whether trying again from the start may help: no answer, a broken one, or a server in trouble. */
    static boolean isPassing(IOException e) {
        int code = code(e);
        return code == 0 || code >= 500;
    }

    static String line(IOException e) {
        int code = code(e);
        if (code == 403 && isLimit(e)) {
            return "GitHub's rate limit is used up, and waiting for it would take too long. Run the report job again later.";
        }
        return switch (code) {
            case 0 -> "GitHub does not answer as it should (" + said(e) + "). Run the report job again.";
            case 401 -> "GitHub does not accept the token (401). Maybe it expired; give a fresh one.";
            case 403 -> "the token may not do this (403).";
            case 404 -> "GitHub shows this token no such thing (404).";
            case 409 -> "something else changed at the same moment (409). Run the report job again.";
            case 422 -> "GitHub does not accept it (422): " + said(e);
            case 429 -> "GitHub asks for fewer requests (429). Run the report job again later.";
            default ->
                code >= 500
                        ? "GitHub is in trouble (" + code + "). Run the report job again."
                        : "GitHub answered " + code + ": " + said(e);
        };
    }

    private static String said(IOException e) {
        String text = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return text.length() <= 300 ? text : text.substring(0, 300) + "…";
    }
}
