package io.evenkeel.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What the environment says, read once.
 *
 * <p>Immutable; its text holds no secret.
 *
 * @param env all variables
 */
record Settings(Map<String, String> env) {

    Settings {
        env = Map.copyOf(env);
    }

    /**
     * Returns the coordinator's address, empty to do without.
     *
     * @throws UsageException when {@code EVENKEEL_URL} is no HTTP address
     */
    Optional<URI> url() {
        return value("EVENKEEL_URL").map(text -> {
            if (!text.matches("(?i)https?://[^\\s/]+.*")) {
                throw new UsageException("EVENKEEL_URL (" + text
                        + ") is no web address. Set it to something like https://evenkeel.example.com, or unset it.");
            }
            try {
                return URI.create(text.endsWith("/") ? text : text + "/");
            } catch (IllegalArgumentException e) {
                throw new UsageException("EVENKEEL_URL (" + text + ") is no web address: " + e.getMessage());
            }
        });
    }

    /** Returns the project token. */
    Optional<String> token() {
        return value("EVENKEEL_TOKEN");
    }

    /** Returns the folder for plans, spools and reports of a project. */
    Path workFolder(Path project) {
        return value("EVENKEEL_DIR").map(dir -> project.resolve(dir)).orElseGet(() -> project.resolve(".evenkeel"));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(env.get(name)).filter(value -> !value.isBlank());
    }

    @Override
    public String toString() {
        return "Settings[url=" + value("EVENKEEL_URL").orElse("none") + ", token="
                + (token().isPresent() ? "***" : "none") + "]";
    }
}
