package io.evenkeel.pipeline.summary;

import io.evenkeel.pipeline.summary.FailureLabel.Kind;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which failures do not fail the pipeline.
 *
 * <p>Immutable.
 *
 * @param excused labels that are shown and change no exit code
 */
public record Gate(Set<Kind> excused) {

    public Gate {
        excused = Set.copyOf(excused);
    }

    /** As Playwright says, minus quarantined tests: the default. */
    public static Gate playwright() {
        return new Gate(EnumSet.of(Kind.QUARANTINED));
    }

    /** Only what is new or was never judged fails the pipeline. */
    public static Gate newFailuresOnly() {
        return new Gate(EnumSet.of(Kind.QUARANTINED, Kind.KNOWN_FLAKY, Kind.RED_ON_MAIN));
    }

    /** Every failure fails the pipeline, quarantined or not. */
    public static Gate strict() {
        return new Gate(Set.of());
    }

    /**
     * Reads a gate as users write it.
     *
     * @param text {@code playwright}, {@code new}, {@code strict}, or the labels to excuse with commas between them, for example
     *     {@code quarantined,known flaky}
     * @throws IllegalArgumentException when a word is none of them
     */
    public static Gate parse(String text) {
        switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "playwright":
                return playwright();
            case "new":
                return newFailuresOnly();
            case "strict":
                return strict();
            default:
                Set<Kind> kinds = EnumSet.noneOf(Kind.class);
                for (String word : text.split(",", -1)) {
                    kinds.add(kind(word));
                }
                return new Gate(kinds);
        }
    }

    private static Kind kind(String word) {
        String wanted = word.strip().toLowerCase(Locale.ROOT).replace('-', ' ').replace('_', ' ');
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.word().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The gate (" + word.strip()
                        + ") must be playwright, new, strict, or labels to excuse: "
                        + Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", ")) + "."));
    }

    /** Returns whether this failed test fails the pipeline; a set-up always does. */
    public boolean fails(TestSummary test) {
        return test.failed() && (!test.counts() || !excused.contains(test.kind()));
    }
}
