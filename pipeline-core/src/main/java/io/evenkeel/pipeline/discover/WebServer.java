package io.evenkeel.pipeline.discover;

import java.util.OptionalInt;

/**
 * A server the configuration starts before the tests.
 *
 * <p>Immutable.
 *
 * @param command what starts it
 * @param port local port it is expected on; 0 when the configuration fixes none
 */
public record WebServer(String command, int port) {

    public WebServer {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port (" + port + ") of a web server must be 0 to 65535.");
        }
    }

    /** Returns the port two such servers cannot share; empty when the configuration fixes none. */
    public OptionalInt fixedPort() {
        return port == 0 ? OptionalInt.empty() : OptionalInt.of(port);
    }
}
