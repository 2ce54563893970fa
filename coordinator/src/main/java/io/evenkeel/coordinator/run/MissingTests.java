package io.evenkeel.coordinator.run;

import java.util.Arrays;
import java.util.List;

/** Test ids that were discovered and never ran, as one text: ids hold no line break. */
final class MissingTests {

    private MissingTests() {}

    static List<String> parse(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split("\n", -1));
    }

    static String format(List<String> ids) {
        return String.join("\n", ids.stream().map(id -> id.replace('\n', ' ')).toList());
    }
}
