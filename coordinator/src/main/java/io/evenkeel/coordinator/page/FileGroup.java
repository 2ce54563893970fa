package io.evenkeel.coordinator.page;

import java.util.List;

/**
 * The tests of one file.
 *
 * <p>Immutable.
 *
 * @param file its name
 * @param worst the verdict that matters most in it
 * @param counts what is in it, in words
 * @param lines its tests; empty when they are loaded on demand
 * @param more address that loads them, empty when they are there
 */
public record FileGroup(String file, String worst, String counts, List<Line> lines, String more) {

    public FileGroup {
        lines = List.copyOf(lines);
    }

    /** One test; its state is a verdict, {@code pending} or {@code running}. */
    public record Line(long key, String state, String title, String project, Measure measure) {}

    /** What was measured; the note tells of retries and set-ups. */
    public record Measure(String duration, String note) {}
}
