package io.evenkeel.coordinator.page;

import io.evenkeel.coordinator.run.TestInRun;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Which tests of a run to show.
 *
 * <p>Immutable.
 *
 * @param text words that must all occur in file, titles or project, case ignored; a word after {@code !} must not
 * @param verdict only tests with this verdict; empty for all
 */
public record TestFilter(String text, String verdict) {

    public TestFilter {
        text = text.strip();
        text = text.length() > 200 ? text.substring(0, 200) : text;
    }

    /** Returns whether anything is asked for. */
    public boolean active() {
        return !text.isEmpty() || !verdict.isEmpty();
    }

    /** Returns whether the test is asked for. */
    public boolean shows(TestInRun test) {
        if (!verdict.isEmpty() && !verdict.equals(test.result().verdict())) {
            return false;
        }
        if (text.isEmpty()) {
            return true;
        }
        String all = (test.test().file() + " " + test.test().fullTitle() + " "
                        + test.test().project())
                .toLowerCase(Locale.ROOT);
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+", -1))
                .allMatch(word -> word.length() > 1 && word.startsWith("!")
                        ? !all.contains(word.substring(1))
                        : all.contains(word));
    }

    /** Returns the query that asks for another verdict with the same text. */
    public String withVerdict(String other) {
        String query = (other.isEmpty() ? "" : "&show=" + other)
                + (text.isEmpty() ? "" : "&q=" + URLEncoder.encode(text, StandardCharsets.UTF_8));
        return query.isEmpty() ? "?" : "?" + query.substring(1);
    }
}
