package io.evenkeel.pipeline.split;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How work is spread and in which order it is done, by name. */
public enum Strategy {
    /** By estimated duration, so that the last machine ends as early as possible. */
    DURATION,
    /** As {@link #DURATION}, but each machine begins with what failed lately: who waits for red hears it sooner. */
    FAILURE_FIRST,
    /** By turns in the order of the listing, whatever the durations: the same share for the same suite, always. */
    ROUND_ROBIN;

    /** Returns the name for people and files, for example {@code failure-first}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the strategy with this name.
     *
     * @throws IllegalArgumentException when there is none; the message names those there are
     */
    public static Strategy of(String word) {
        return Arrays.stream(values())
                .filter(strategy -> strategy.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The strategy (" + word + ") must be one of "
                        + Arrays.stream(values()).map(Strategy::word).collect(Collectors.joining(", ")) + "."));
    }
}
