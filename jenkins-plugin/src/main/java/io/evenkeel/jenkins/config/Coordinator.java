package io.evenkeel.jenkins.config;

/**
 * A coordinator and the token for it.
 *
 * <p>The two belong together: whoever may set the address alone could have somebody else's token sent to a server of his own. Immutable.
 *
 * @param url address of the coordinator, empty to do without
 * @param credentialsId id of the secret text that holds the project token, empty to send none
 */
public record Coordinator(String url, String credentialsId) {

    /** Returns no coordinator. */
    public static Coordinator none() {
        return new Coordinator("", "");
    }
}
