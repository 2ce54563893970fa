package io.evenkeel.pipeline.fix;

import io.evenkeel.pipeline.secret.Secret;

/**
 * Who pushes.
 *
 * <p>Immutable.
 *
 * @param user name; forges take any name with a token, for example {@code oauth2} or {@code x-access-token}
 * @param password password or token
 */
public record GitCredentials(String user, Secret password) {

    /** Nobody: what stands in the remote's address is used, else the push is made without credentials. */
    public static GitCredentials none() {
        return new GitCredentials("", Secret.none());
    }

    /** Returns whether there is nothing to log in with. */
    public boolean isEmpty() {
        return user.isEmpty() && password.isEmpty();
    }
}
