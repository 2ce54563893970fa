package io.evenkeel.pipeline.host;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which share of how many, printed {@code i/n}.
 *
 * <p>Immutable.
 *
 * @param index from 1
 * @param total at least {@code index}
 */
public record ShardIndex(int index, int total) {

    private static final Pattern FORM = Pattern.compile("\\s*(\\d{1,6})\\s*/\\s*(\\d{1,6})\\s*");

    public ShardIndex {
        if (index < 1 || index > total) {
            throw new IllegalArgumentException(
                    "The shard index (" + index + ") must be between 1 and the number of shards (" + total
                            + ").\nMaybe the CI counts from 0; Evenkeel counts from 1.");
        }
    }

    /**
     * Reads {@code i/n}.
     *
     * @throws IllegalArgumentException when the text has another form or the index is out of range
     */
    public static ShardIndex parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("The shard (" + text + ") must look like 2/5.");
        }
        return new ShardIndex(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Reads an index and a total of a CI's environment; empty unless both are numbers. */
    static Optional<ShardIndex> of(Optional<String> index, int first, Optional<String> total) {
        if (index.isEmpty()
                || total.isEmpty()
                || !index.get().matches("\\d{1,6}")
                || !total.get().matches("\\d{1,6}")) {
            return Optional.empty();
        }
        return Optional.of(new ShardIndex(Integer.parseInt(index.get()) - first + 1, Integer.parseInt(total.get())));
    }

    @Override
    public String toString() {
        return index + "/" + total;
    }
}
