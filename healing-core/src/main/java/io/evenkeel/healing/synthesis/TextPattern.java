package io.evenkeel.healing.synthesis;

import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** How a locator names a text: a string, loosely or exactly, or a regular expression. */
public sealed interface TextPattern {

    /** Returns the result of the function of this variant. */
    <T> T match(Function<Loose, T> loose, Function<Exact, T> exact, Function<Regex, T> regex);

    /** Returns whether the text, white space collapsed, is meant. */
    boolean matches(String text);

    /** Returns the words of the pattern, without the syntax of regular expressions. */
    String words();

    /**
     * Substring, letter case ignored.
     *
     * @param value as written
     */
    record Loose(String value) implements TextPattern {
        @Override
        public <T> T match(Function<Loose, T> loose, Function<Exact, T> exact, Function<Regex, T> regex) {
            return loose.apply(this);
        }

        @Override
        public boolean matches(String text) {
            return text.toLowerCase(Locale.ROOT)
                    .contains(value.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT));
        }

        @Override
        public String words() {
            return value;
        }
    }

    /**
     * The whole text, letter case included.
     *
     * @param value as written
     */
    record Exact(String value) implements TextPattern {
        @Override
        public <T> T match(Function<Loose, T> loose, Function<Exact, T> exact, Function<Regex, T> regex) {
            return exact.apply(this);
        }

        @Override
        public boolean matches(String text) {
            return text.equals(value.strip().replaceAll("\\s+", " "));
        }

        @Override
        public String words() {
            return value;
        }
    }

    /**
     * A JavaScript regular expression.
     *
     * @param source between the slashes
     * @param flags after the second slash
     */
    record Regex(String source, String flags) implements TextPattern {
        @Override
        public <T> T match(Function<Loose, T> loose, Function<Exact, T> exact, Function<Regex, T> regex) {
            return regex.apply(this);
        }

        @Override
        public boolean matches(String text) {
            String bounded = text.length() > 2_000 ? text.substring(0, 2_000) : text;
            try {
                int javaFlags = (flags.contains("i") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0)
                        | (flags.contains("m") ? Pattern.MULTILINE : 0)
                        | (flags.contains("s") ? Pattern.DOTALL : 0);
                return Pattern.compile(source, javaFlags)
                        .matcher(new Deadline(bounded))
                        .find();
            } catch (PatternSyntaxException | StackOverflowError | Deadline.PassedException e) {
                return false;
            }
        }

        @Override
        public String words() {
            return source.replaceAll("\\\\[a-zA-Z]|[\\\\^$.*+?()\\[\\]{}|/]", " ")
                    .strip()
                    .replaceAll("\\s+", " ");
        }
    }
}
