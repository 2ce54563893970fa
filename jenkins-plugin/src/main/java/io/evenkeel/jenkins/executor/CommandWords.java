package io.evenkeel.jenkins.executor;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a command into words, and writes words for a shell so that it reads the very same ones. Pure.
 *
 * <p>Words are separated by blanks; single or double quotes keep a word together. A backslash is a backslash, for Windows's paths.
 */
public final class CommandWords {

    private CommandWords() {}

    /**
     * Splits a command.
     *
     * @throws IllegalArgumentException when a quote is not closed or the text has several lines
     */
    public static List<String> split(String command) {
        if (command.strip().lines().count() > 1) {
            throw new IllegalArgumentException("The command must be one line: " + command.strip());
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (char c : command.strip().toCharArray()) {
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("The command has a " + quote + " that is not closed: " + command);
        }
        if (inWord) {
            words.add(word.toString());
        }
        return List.copyOf(words);
    }

    /** Returns a word for {@code sh}. */
    static String posix(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    /**
     * Returns a word for a line of a batch file.
     *
     * <p>First quoted as C programs read their arguments, then every character that {@code cmd} would act on is escaped with a caret, the
     * quotes too, so that {@code cmd} never believes to be inside of a quotation.
     */
    static String batch(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        int backslashes = 0;
        for (char c : word.toCharArray()) {
            if (c == '\\') {
                backslashes++;
                continue;
            }
            if (c == '"') {
                quoted.append("\\".repeat(2 * backslashes + 1)).append('"');
            } else {
                quoted.append("\\".repeat(backslashes)).append(c);
            }
            backslashes = 0;
        }
        quoted.append("\\".repeat(2 * backslashes)).append('"');
        return quoted.toString().replaceAll("([()!^\"<>&|])", "^$1").replace("%", "%%");
    }
}
