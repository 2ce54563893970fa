package io.evenkeel.flaky.rate;

/**
 * One kind of evidence about a test and how often it was seen.
 *
 * <p>Immutable.
 *
 * @param level what kind
 * @param count how often, at least 1
 * @param commitOrdinal where it was seen last (E) or first (A), as position on the stable branch; -1 when that is not kept
 */
public record Evidence(EvidenceLevel level, long count, long commitOrdinal) {

    public Evidence {
        if (count < 1) {
            throw new IllegalArgumentException(
                    "The count (" + count + ") of evidence (" + level + ") must be at least 1.");
        }
    }

    /** Returns one line for people, for example {@code E1: a retry passed in the same run (3 times)}. */
    public String describe() {
        return level + ": " + level.meaning() + " (" + count + (count == 1 ? " time)" : " times)");
    }
}
