package io.evenkeel.coordinator;

import io.evenkeel.coordinator.access.Reading;
import io.evenkeel.coordinator.access.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a coordinator that serves. One thread. */
final class ServeOptions {

    @Option(
            names = "--port",
            defaultValue = "${env:EVENKEEL_PORT:-8080}",
            description = "TCP port; 0 takes any free one and prints it. Default: ${DEFAULT-VALUE} (EVENKEEL_PORT).")
    private int port;

    @Option(
            names = "--host",
            defaultValue = "${env:EVENKEEL_HOST:-127.0.0.1}",
            description = {
                "Address to listen on; 0.0.0.0 lets other machines in: put TLS in front of it.",
                "Default: ${DEFAULT-VALUE} (EVENKEEL_HOST)."
            })
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything runs
    private String host;

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private DataOption data;

    @Option(
            names = "--private",
            defaultValue = "${env:EVENKEEL_PRIVATE:-false}",
            fallbackValue = "true",
            arity = "0..1",
            description = {
                "Reading needs a project token too and shows that project only; a browser asks for it as a password.",
                "Default: ${DEFAULT-VALUE} (EVENKEEL_PRIVATE)."
            })
    private boolean privateReading;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            defaultValue = "${env:EVENKEEL_PUBLIC_URL:-}",
            description = {
                "Where people reach this coordinator when a proxy stands in front of it; used in the addresses it gives out.",
                "Default: what each request says (EVENKEEL_PUBLIC_URL)."
            })
    @SuppressWarnings("NullAway.Init")
    private String publicUrl;

    Path data() {
        return data.data();
    }

    Settings settings() {
        @Nullable String admin = System.getenv("EVENKEEL_ADMIN_TOKEN");
        Optional<Secret> adminToken =
                admin == null || admin.isBlank() ? Optional.empty() : Optional.of(strong(admin.strip()));
        return new Settings(
                host,
                port,
                data.data(),
                privateReading ? Reading.TOKEN_HOLDERS : Reading.EVERYBODY,
                new Settings.Outside(url(), adminToken));
    }

    private Optional<URI> url() {
        if (publicUrl.isBlank()) {
            return Optional.empty();
        }
        if (!publicUrl.matches("https?://[^/?#@\\s]+(/[^?#\\s]*)?")) {
            throw new IllegalArgumentException("The public address (" + publicUrl
                    + ") must look like https://evenkeel.example.org, without user, query or fragment.");
        }
        return Optional.of(URI.create(publicUrl));
    }

    private static Secret strong(String token) {
        if (token.length() < 32) {
            throw new IllegalArgumentException("EVENKEEL_ADMIN_TOKEN has " + token.length()
                    + " characters and must have at least 32. Leave it empty: a good one is kept in the data folder.");
        }
        return new Secret(token);
    }
}
