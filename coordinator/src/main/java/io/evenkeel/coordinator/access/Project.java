package io.evenkeel.coordinator.access;

import java.util.List;

/**
 * A project: the unit a token belongs to.
 *
 * <p>Immutable.
 *
 * @param id key in the database
 * @param slug its name in addresses: lower-case letters, digits and {@code -}, at most 64 characters
 * @param name for people
 * @param stableBranches branches whose results say what is broken for everybody
 */
public record Project(long id, String slug, String name, List<String> stableBranches) {

    /** What a new project takes for stable. */
    public static final List<String> DEFAULT_STABLE = List.of("main", "master", "trunk");

    private static final String SLUG = "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?";

    public Project {
        stableBranches = List.copyOf(stableBranches);
    }

    /** Returns whether the text can be a slug. */
    public static boolean isSlug(String text) {
        return text.matches(SLUG);
    }
}
