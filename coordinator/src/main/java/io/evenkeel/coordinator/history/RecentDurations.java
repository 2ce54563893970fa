package io.evenkeel.coordinator.history;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Durations in milliseconds as the database stores them: decimal numbers with spaces, oldest first. */
final class RecentDurations {

    private RecentDurations() {}

    static List<Long> parse(String text) {
        return text.isEmpty()
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Long::valueOf).toList();
    }

    static String format(List<Long> millis) {
        return millis.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
