package io.evenkeel.pipeline.agent;

import io.evenkeel.pipeline.discover.SuiteTest;
import io.evenkeel.pipeline.playwright.PlaywrightVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Selects tests by anchored titles, for versions of Playwright that know no better.
 *
 * <p>Playwright matches the project, the file and all titles, joined by spaces; from 1.42 on the tags of each level follow its title.
 * A pattern between slashes keeps upper and lower case apart.
 */
final class GrepSelection {

    /** Linux takes no argument or variable of more than 128 KiB; quoting for the preload can double the length. */
    static final int MAX_BYTES = 56 * 1024;

    private static final PlaywrightVersion TAGS = new PlaywrightVersion(1, 42);
    private static final String OPTIONAL_TAGS = "(?: @\\S+)*";

    private GrepSelection() {}

    /**
     * Returns patterns that together select the tests, each short enough for one argument.
     *
     * @param tests at least one
     */
    static List<String> patterns(List<SuiteTest> tests, PlaywrightVersion version) {
        String tags = version.compareTo(TAGS) >= 0 ? OPTIONAL_TAGS : "";
        Set<String> alternatives = tests.stream()
                .map(test -> alternative(test, tags))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> patterns = new ArrayList<>();
        List<String> open = new ArrayList<>();
        int bytes = 0;
        for (String alternative : alternatives) {
            int length = alternative.getBytes(StandardCharsets.UTF_8).length + 1;
            if (!open.isEmpty() && bytes + length > MAX_BYTES) {
                patterns.add(pattern(open));
                open.clear();
                bytes = 0;
            }
            open.add(alternative);
            bytes += length;
        }
        patterns.add(pattern(open));
        return patterns;
    }

    private static String pattern(List<String> alternatives) {
        return "/^(?:" + String.join("|", alternatives) + ")$/";
    }

    private static String alternative(SuiteTest test, String tags) {
        List<String> parts = new ArrayList<>();
        parts.add(test.project());
        parts.add(test.place().file());
        parts.addAll(test.place().titles());
        return parts.stream().map(GrepSelection::escape).collect(Collectors.joining(tags + " ")) + tags;
    }

    /** Escapes for a JavaScript pattern. Line ends become escapes because Playwright looks for the slashes with a dot pattern. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\u2028', '\u2029' -> escaped.append(String.format("\\u%04x", (int) c));
                default -> {
                    if ("\\^$.*+?()[]{}|/".indexOf(c) >= 0) {
                        escaped.append('\\');
                    }
                    escaped.append(c);
                }
            }
        }
        return escaped.toString();
    }
}
