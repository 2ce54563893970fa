package io.evenkeel.healing.match;

/** What may be done with a heal of a given calibrated confidence. */
public enum Tier {
    /** After verification a draft pull request may be opened. Needs a reference. */
    AUTO,
    /** Shown to a person. */
    SUGGESTION,
    /** Only the explanation is shown. */
    NONE;

    /** Least calibrated confidence of {@link #AUTO}. */
    public static final double AUTO_FLOOR = 0.9;

    /** Least calibrated confidence of {@link #SUGGESTION} that any model may have. */
    public static final double SUGGESTION_FLOOR = 0.5;

    /**
     * Returns the tier of a heal made with a reference.
     *
     * @param suggestionFloor least confidence of a suggestion of the model that spoke
     */
    static Tier of(double confidence, double suggestionFloor) {
        if (confidence >= AUTO_FLOOR) {
            return AUTO;
        }
        return confidence >= suggestionFloor ? SUGGESTION : NONE;
    }

    /** Returns the lower of the two tiers. */
    public Tier atMost(Tier cap) {
        return compareTo(cap) >= 0 ? this : cap;
    }
}
