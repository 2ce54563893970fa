package io.evenkeel.pipeline.client;

/**
 * What became of a proposed repair.
 *
 * @param state {@code open}, {@code accepted} or {@code rejected}
 * @param by who decided; empty if nobody has, or if it is not known
 * @param reason for people
 * @param pullRequest its address; empty if there is none
 */
public record HealDecided(String state, String by, String reason, String pullRequest) {

    /** The edit it is about. */
    public record Change(String file, String original, String healed) {}
}
