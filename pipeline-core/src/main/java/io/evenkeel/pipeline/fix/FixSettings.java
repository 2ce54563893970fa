package io.evenkeel.pipeline.fix;

import java.time.Duration;

/**
 * How a fix branch is made and where it goes.
 *
 * <p>Immutable.
 *
 * @param author name and address in the commits; not taken from the git configuration
 * @param remote name of the remote that is pushed to
 * @param credentials win over those in the remote's address
 * @param timeout how long the remote may be silent
 */
public record FixSettings(Author author, String remote, GitCredentials credentials, Duration timeout) {

    /** Commits by Evenkeel, pushed to {@code origin}, 30 s. */
    public static FixSettings standard(GitCredentials credentials) {
        return new FixSettings(
                new Author("Evenkeel", "evenkeel@localhost"), "origin", credentials, Duration.ofSeconds(30));
    }

    /** Who commits. */
    public record Author(String name, String email) {}
}
