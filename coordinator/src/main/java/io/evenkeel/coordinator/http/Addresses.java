package io.evenkeel.coordinator.http;

import io.evenkeel.coordinator.access.UrlSigner;
import io.javalin.http.Context;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the addresses the coordinator hands out. Thread-safe. */
final class Addresses {

    private final Optional<URI> publicUrl;
    private final UrlSigner signer;
    private final InstantSource clock;

    /**
     * Makes addresses.
     *
     * @param publicUrl where people reach this coordinator; empty to answer with the host each request names
     */
    Addresses(Optional<URI> publicUrl, UrlSigner signer, InstantSource clock) {
        this.publicUrl = publicUrl;
        this.signer = signer;
        this.clock = clock;
    }

    /** Returns the path as people can open it from anywhere. */
    String absolute(Context context, String path) {
        String base = publicUrl.map(URI::toString).orElseGet(() -> context.scheme() + "://" + context.host());
        return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
    }

    /** Returns an address of a stored file that is good for {@link UrlSigner#VALIDITY}. */
    String signed(String sha256, String name) {
        UrlSigner.Grant grant = signer.grant("/api/v1/artifacts/" + sha256, name, clock.instant());
        return grant.path() + "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "&expires="
                + grant.expires().getEpochSecond() + "&signature=" + signer.sign(grant);
    }
}
