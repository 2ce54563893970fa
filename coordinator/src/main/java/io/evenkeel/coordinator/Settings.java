package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Reading;
import io.evenkeel.coordinator.access.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the keeper of a coordinator decides.
 *
 * <p>Immutable.
 *
 * @param host address to listen on; {@code 127.0.0.1} for this machine only
 * @param port 0 for any free one
 * @param data folder of database, artifacts and keys; created when missing
 * @param reading who may read without a token
 * @param outside what the world knows of it
 */
public record Settings(String host, int port, Path data, Reading reading, Outside outside) {

    /**
     * What the world knows.
     *
     * @param publicUrl where people reach it when that is not what requests say; empty for what they say
     * @param adminToken the administrator's token; empty to keep one in the data folder
     */
    public record Outside(Optional<URI> publicUrl, Optional<Secret> adminToken) {}

    public Settings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("The port (" + port + ") must be between 0 and 65535.");
        }
    }

    /** Returns the settings of a coordinator for this machine only, on any free port. */
    public static Settings local(Path data) {
        return new Settings("127.0.0.1", 0, data, Reading.EVERYBODY, new Outside(Optional.empty(), Optional.empty()));
    }
}
